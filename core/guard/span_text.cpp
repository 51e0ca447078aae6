#include "guard/span_text.h"

#include "wire/limits.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

using namespace std::chrono;

struct Unit {
    char letter;
    seconds length;
};

constexpr std::array kUnits{Unit{'d', days{1}}, Unit{'h', hours{1}}, Unit{'m', minutes{1}}, Unit{'s', seconds{1}}};

std::optional<int> number(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole =
        !digits.empty() && digits.front() != '-' && error == std::errc{} && end == digits.data() + digits.size();
    return whole ? std::optional(value) : std::nullopt;
}

// "Z", "+01:00"
std::optional<minutes> offsetOf(std::string_view text)
{
    if (text == "Z" || text == "z")
        return minutes{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto hour = number(text.substr(1, 2));
    const auto minute = number(text.substr(4, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    const minutes ahead = hours{*hour} + minutes{*minute};
    return text[0] == '-' ? -ahead : ahead;
}

// "12:00:00"; a leap second is the next minute's first.
std::optional<seconds> clockOf(std::string_view text)
{
    if (text.size() != 8 || text[2] != ':' || text[5] != ':')
        return std::nullopt;
    const auto hour = number(text.substr(0, 2));
    const auto minute = number(text.substr(3, 2));
    const auto second = number(text.substr(6, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return hours{*hour} + minutes{*minute} + seconds{*second};
}

// "2026-12-01"
std::optional<sys_days> dateOf(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto y = number(text.substr(0, 4));
    const auto m = number(text.substr(5, 2));
    const auto d = number(text.substr(8, 2));
    if (!y || !m || !d)
        return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional(sys_days{date}) : std::nullopt;
}

} // namespace

Result<seconds> parseDuration(std::string_view text)
{
    const auto digits = text.substr(0, text.empty() ? 0 : text.size() - 1);
    const auto count = number(digits);
    for (const auto &[letter, length] : kUnits) {
        if (count && *count > 0 && text.back() == letter && *count <= wire::kMaxExpiry / length)
            return *count * length;
    }
    return fail(Code::InvalidRequest, fmt::format("\"{}\" is not a span of time: write 90s, 30m, 2h or 7d, at most {}",
                                                  text, durationText(wire::kMaxExpiry)));
}

std::string durationText(seconds duration)
{
    for (const auto &[letter, length] : kUnits) {
        if (duration % length == seconds{0})
            return fmt::format("{}{}", duration / length, letter);
    }
    return fmt::format("{}s", duration.count());
}

Result<sys_seconds> parseTime(std::string_view text)
{
    constexpr std::size_t kDateBytes = 10;
    constexpr std::size_t kTimeBytes = 19;
    const auto date = dateOf(text.substr(0, kDateBytes));
    const bool whole = text.size() > kTimeBytes && (text[kDateBytes] == 'T' || text[kDateBytes] == ' ');
    const auto clock = whole ? clockOf(text.substr(kDateBytes + 1, kTimeBytes - kDateBytes - 1)) : std::nullopt;
    const auto offset = whole ? offsetOf(text.substr(kTimeBytes)) : std::nullopt;
    if (!date || !clock || !offset)
        return fail(
            Code::InvalidRequest,
            fmt::format("\"{}\" is not a point in time: write 2026-12-01T12:00:00Z, or +01:00 in place of the Z",
                        text));
    return *date + *clock - *offset;
}

std::string timeText(sys_seconds time)
{
    const auto date = floor<days>(time);
    const year_month_day day{date};
    const hh_mm_ss clock{time - date};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

} // namespace guard
