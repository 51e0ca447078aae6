#include "edge/revocations.h"

#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace edge {

namespace {

constexpr JwtTime kNever{};

bool isLineText(std::string_view text, std::size_t most) noexcept
{
    return !text.empty() && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

struct Line {
    std::string_view kind;
    JwtTime time;
    std::string_view text;
};

std::optional<Line> parseLine(std::string_view line)
{
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const auto digits = line.substr(first + 1, second - first - 1);
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc{} || stop != digits.data() + digits.size() || count < 0 || count > wire::kMaxJwtTime)
        return std::nullopt;
    return Line{line.substr(0, first), JwtTime(std::chrono::seconds(count)), line.substr(second + 1)};
}

} // namespace

wire::Result<Revocations> Revocations::parse(std::string_view text, std::string_view sourceName)
{
    Revocations list;
    for (unsigned number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#')
            continue;
        const auto parsed = parseLine(line);
        const bool known = parsed && (parsed->kind == "jti"   ? list.addToken(parsed->text, parsed->time)
                                      : parsed->kind == "sub" ? list.addSubject(parsed->text, parsed->time)
                                                              : false);
        if (!known)
            return wire::fail(wire::Code::InvalidRequest,
                              fmt::format("{}:{}: is no `jti ENDS ID` or `sub BEFORE SUBJECT`, times in seconds since "
                                          "1970, or one more than {}",
                                          sourceName, number, wire::kMaxRevocations));
    }
    return list;
}

std::string Revocations::text() const
{
    std::string text = "# Tokens that tunnel-relay refuses: `jti ENDS ID`, `sub ISSUED-BEFORE SUBJECT`.\n";
    for (const auto &[id, ends] : m_tokens)
        fmt::format_to(std::back_inserter(text), "jti {} {}\n", ends.time_since_epoch().count(), id);
    for (const auto &[subject, before] : m_subjects)
        fmt::format_to(std::back_inserter(text), "sub {} {}\n", before.time_since_epoch().count(), subject);
    return text;
}

wire::Result<> Revocations::check(const JwtClaims &claims) const
{
    const auto subject = m_subjects.find(claims.subject);
    const bool bySubject = subject != m_subjects.end() && (!claims.issued || *claims.issued < subject->second);
    if (bySubject || (!claims.id.empty() && m_tokens.contains(claims.id)))
        return wire::fail(wire::Code::Unauthorized, "the token was revoked; ask for a new one");
    return {};
}

bool Revocations::addToken(std::string_view id, JwtTime ends)
{
    if (!isLineText(id, wire::kMaxJwtTextBytes) || (size() >= wire::kMaxRevocations && !m_tokens.contains(id)))
        return false;
    m_tokens.insert_or_assign(std::string(id), ends);
    return true;
}

bool Revocations::addSubject(std::string_view subject, JwtTime issuedBefore)
{
    if (!isLineText(subject, wire::kMaxJwtSubjectBytes) ||
        (size() >= wire::kMaxRevocations && !m_subjects.contains(subject)))
        return false;
    auto &before = m_subjects[std::string(subject)];
    before = std::max(before, issuedBefore);
    return true;
}

void Revocations::forgetEnded(JwtTime now)
{
    std::erase_if(m_tokens, [now](const auto &entry) {
        return entry.second != kNever && now >= entry.second + wire::kJwtLeeway;
    });
}

} // namespace edge
