#include "relay/token_command.h"

#include "relay/client_access.h"

#include <fmt/format.h>

#include <charconv>
#include <istream>

namespace app {

namespace {

using wire::Code;
using wire::Result;

constexpr std::string_view kSpace = " \t\r";

// One line, without the space around it; of a longer one so much that it is refused.
std::string readToken(std::istream &input)
{
    std::string line;
    for (char c = 0; line.size() <= wire::kMaxTokenBytes && input.get(c) && c != '\n';)
        line.push_back(c);
    line.erase(0, line.find_first_not_of(kSpace));
    line.erase(line.find_last_not_of(kSpace) + 1);
    return line;
}

Result<TokenAnswer> create(const TokenCreate &command, edge::JwtTime now)
{
    const auto key = relay::loadJwtKey(command.secretFile);
    if (!key)
        return std::unexpected(key.error());
    auto token = key->sign({.subject = command.subject, .expires = now + command.life, .notBefore = {}, .issued = now});
    if (!token)
        return std::unexpected(std::move(token.error()));
    return TokenAnswer{*token + "\n"};
}

std::string timeLine(std::string_view name, const std::optional<edge::JwtTime> &time, std::string_view otherwise)
{
    if (!time && otherwise.empty())
        return {};
    return fmt::format("{:<12}{}\n", name, time ? edge::jwtTimeText(*time) : std::string(otherwise));
}

std::string describe(const edge::JwtClaims &claims)
{
    return fmt::format("{:<12}{}\n", "owner", claims.subject) + timeLine("issued", claims.issued, "") +
           timeLine("valid from", claims.notBefore, "") + timeLine("expires", claims.expires, "never");
}

Result<TokenAnswer> inspect(const TokenInspect &command, std::istream &input, edge::JwtTime now)
{
    const auto token = readToken(input);
    const auto claims = edge::readUnverifiedJwt(token);
    if (!claims)
        return std::unexpected(claims.error());
    auto verdict = edge::checkJwtTimes(*claims, now);
    if (!command.secretFile.empty()) {
        const auto key = relay::loadJwtKey(command.secretFile);
        if (!key)
            return std::unexpected(key.error());
        if (const auto verified = key->verify(token, now); !verified)
            verdict = std::unexpected(verified.error());
    }
    std::string text = "accepted";
    if (!verdict)
        text = "refused: " + verdict.error().message;
    else if (command.secretFile.empty())
        text = "in time; who signed it is checked with --jwt-secret-file only";
    return TokenAnswer{describe(*claims) + fmt::format("{:<12}{}\n", "verdict", text), verdict.has_value()};
}

std::chrono::seconds unitOf(char letter) noexcept
{
    switch (letter) {
    case 's': return std::chrono::seconds(1);
    case 'm': return std::chrono::minutes(1);
    case 'h': return std::chrono::hours(1);
    case 'd': return std::chrono::days(1);
    default: return {};
    }
}

} // namespace

Result<TokenAnswer> runTokenCommand(const TokenCommand &command, std::istream &input, edge::JwtTime now)
{
    if (const auto *wanted = std::get_if<TokenCreate>(&command))
        return create(*wanted, now);
    return inspect(std::get<TokenInspect>(command), input, now);
}

Result<std::chrono::seconds> parseLife(std::string_view text)
{
    const auto unit = text.empty() ? std::chrono::seconds{} : unitOf(text.back());
    const auto *end = text.data() + text.size() - (text.empty() ? 0 : 1);
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    const bool whole = error == std::errc{} && stop == end && unit.count() > 0;
    if (!whole || count < 1 || count > wire::kMaxJwtLife / unit) {
        return wire::fail(Code::InvalidRequest,
                          fmt::format("--expires takes a time like 12h or 30d, up to {} days, not \"{}\"",
                                      std::chrono::floor<std::chrono::days>(wire::kMaxJwtLife).count(), text));
    }
    return count * unit;
}

} // namespace app
