#include "relay/token_command.h"

#include "edge/revocations.h"
#include "relay/client_access.h"
#include "relay/signing_keys.h"
#include "relay/text_file.h"
#include "wire/ids.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

// No secret is in it, and the relay, which reads it, may run as somebody else.
Result<> writeOpenFile(const std::string &file, const std::string &text)
{
    using std::filesystem::perms;
    auto written = relay::writePrivateFile(file, text);
    std::error_code ignored;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write | perms::group_read | perms::others_read,
                                 ignored);
    return written;
}

// --- create ----------------------------------------------------------------------------------------------------------

Result<TokenAnswer> run(const TokenCreate &command, std::istream &, edge::JwtTime now)
{
    auto keys = SigningKeys::load(command.keyFile);
    if (!keys)
        return std::unexpected(std::move(keys.error()));
    auto claims = command.claims;
    claims.issued = now;
    claims.expires = now + command.life;
    claims.id = wire::drawSessionId();
    auto token = keys->sign(claims);
    if (!token)
        return std::unexpected(std::move(token.error()));
    return TokenAnswer{*token + "\n"};
}

// --- inspect ---------------------------------------------------------------------------------------------------------

std::string line(std::string_view name, std::string_view text)
{
    return text.empty() ? std::string() : fmt::format("{:<12}{}\n", name, text);
}

template <class T>
std::string textOf(const std::optional<T> &value)
{
    return value ? fmt::format("{}", *value) : std::string();
}

std::string timeText(const std::optional<edge::JwtTime> &time)
{
    return time ? edge::jwtTimeText(*time) : std::string();
}

std::string tunnelsText(const edge::JwtClaims &claims)
{
    if (!claims.tunnels)
        return {};
    return claims.tunnels->empty() ? "none" : fmt::format("{}", fmt::join(*claims.tunnels, ", "));
}

std::string describe(const edge::JwtClaims &claims)
{
    return line("owner", claims.subject) + line("id", claims.id) + line("issuer", claims.issuer) +
           line("audience", fmt::format("{}", fmt::join(claims.audience, ", "))) +
           line("issued", timeText(claims.issued)) + line("valid from", timeText(claims.notBefore)) +
           line("expires", claims.expires ? timeText(claims.expires) : "never") + line("tunnels", tunnelsText(claims)) +
           line("at once", textOf(claims.maxTunnels)) + line("body bytes", textOf(claims.maxBodyBytes)) +
           line("requests/s", textOf(claims.rate));
}

Result<edge::JwtKeys> loadKeys(const TokenInspect &command)
{
    if (!command.jwksFile.empty())
        return relay::loadJwks(command.jwksFile);
    const auto keys = SigningKeys::load(command.keyFile);
    return keys ? keys->verifiers() : std::unexpected(keys.error());
}

Result<TokenAnswer> run(const TokenInspect &command, std::istream &input, edge::JwtTime now)
{
    const auto token = readToken(input);
    const auto claims = edge::readUnverifiedJwt(token);
    if (!claims)
        return std::unexpected(claims.error());
    auto rules = command.rules;
    if (rules.audiences.empty())
        rules.audiences = claims->audience;
    auto verdict = edge::checkJwtTimes(*claims, now);
    const bool checked = !command.keyFile.empty() || !command.jwksFile.empty();
    if (checked) {
        const auto keys = loadKeys(command);
        if (!keys)
            return std::unexpected(keys.error());
        if (const auto verified = edge::verifyJwt(token, *keys, rules, now); !verified)
            verdict = std::unexpected(verified.error());
    }
    std::string text = "accepted";
    if (!verdict)
        text = "refused: " + verdict.error().message;
    else if (!checked)
        text = "in time; who signed it is checked with --keys or --jwks only";
    return TokenAnswer{describe(*claims) + line("verdict", text), verdict.has_value()};
}

// --- revoke ----------------------------------------------------------------------------------------------------------

Result<edge::Revocations> loadRevocations(const std::string &file)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return edge::Revocations();
    const auto text = relay::readTextFile(file, wire::kMaxRevocationFileBytes);
    return text ? edge::Revocations::parse(*text, file) : std::unexpected(text.error());
}

// What was revoked, for people.
Result<std::string> addTo(edge::Revocations &list, const TokenRevoke &command, std::istream &input, edge::JwtTime now)
{
    const auto full = wire::fail(Code::InvalidRequest, "the list is full, or this is no text of up to 256 bytes");
    if (!command.subject.empty()) // whoever gets a token in this second is meant, too
        return list.addSubject(command.subject, now + std::chrono::seconds(1))
                   ? Result<std::string>("every token issued to it so far")
                   : full;
    auto id = command.tokenId;
    edge::JwtTime ends{};
    if (id.empty()) {
        const auto claims = edge::readUnverifiedJwt(readToken(input));
        if (!claims)
            return std::unexpected(claims.error());
        if (claims->id.empty())
            return wire::fail(Code::InvalidRequest, "the token has no id (jti); revoke what its owner has: --sub");
        id = claims->id;
        ends = claims->expires.value_or(ends);
    }
    return list.addToken(id, ends) ? Result<std::string>("the token " + id) : full;
}

Result<TokenAnswer> run(const TokenRevoke &command, std::istream &input, edge::JwtTime now)
{
    auto list = loadRevocations(command.revocationFile);
    if (!list)
        return std::unexpected(std::move(list.error()));
    list->forgetEnded(now);
    const auto what = addTo(*list, command, input, now);
    if (!what)
        return std::unexpected(what.error());
    if (auto written = writeOpenFile(command.revocationFile, list->text()); !written)
        return std::unexpected(std::move(written.error()));
    return TokenAnswer{fmt::format("revoked: {}\n", *what)};
}

// --- keys rotate -----------------------------------------------------------------------------------------------------

Result<TokenAnswer> run(const KeysRotate &command, std::istream &, edge::JwtTime now)
{
    auto keys = SigningKeys::loadIfThere(command.keyFile);
    if (!keys)
        return std::unexpected(std::move(keys.error()));
    const auto id = keys->rotate(command.algorithm, command.keep, now);
    if (!id)
        return std::unexpected(id.error());
    if (keys->hasPublic() && command.publicFile.empty())
        return wire::fail(Code::InvalidRequest,
                          "such a key needs --public FILE: the set that the relay reads (jwks_file)");
    // First what verifies, then what signs: no token is out before its key is known.
    auto written = keys->hasPublic() ? writeOpenFile(command.publicFile, keys->publicText()) : Result<>();
    if (written)
        written = keys->save();
    if (!written)
        return std::unexpected(std::move(written.error()));
    return TokenAnswer{fmt::format("new key: {}\n", *id)};
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
    return std::visit([&](const auto &wanted) { return run(wanted, input, now); }, command);
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
                          fmt::format("a time is written like 12h or 30d, up to {} days, not \"{}\"",
                                      std::chrono::floor<std::chrono::days>(wire::kMaxJwtLife).count(), text));
    }
    return count * unit;
}

} // namespace app
