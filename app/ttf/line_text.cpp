#include "ttf/line_text.h"

#include <QChar>
#include <fmt/core.h>

#include <algorithm>
#include <ctime>

namespace ttf {

namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kEllipsisCells = 2; // by the rule of cells()

bool isAsciiText(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c < u'\x7f'; });
}

bool needsEscape(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t cellsOf(char lead)
{
    return isContinuation(lead) ? 0 : static_cast<unsigned char>(lead) < 0x80U ? 1 : 2;
}

// Bytes of the longest prefix, or suffix, of whole characters within `width` cells.
std::size_t prefixBytes(std::string_view text, std::size_t width)
{
    std::size_t used = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        used += cellsOf(text[i]);
        if (used > width)
            return i;
    }
    return text.size();
}

std::size_t suffixBytes(std::string_view text, std::size_t width)
{
    std::size_t used = 0;
    std::size_t start = text.size(); // of the last whole character taken
    for (std::size_t i = text.size(); i-- > 0;) {
        used += cellsOf(text[i]);
        if (used > width)
            break;
        if (!isContinuation(text[i]))
            start = i;
    }
    return text.size() - start;
}

} // namespace

std::string printable(const QString &text)
{
    if (isAsciiText(text))
        return text.toStdString();
    std::string out;
    for (const char32_t c : text.toStdU32String()) {
        if (!needsEscape(c))
            out += QString::fromUcs4(&c, 1).toStdString();
        else
            out += c < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                             : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
    return out;
}

std::size_t cells(std::string_view text) noexcept
{
    std::size_t sum = 0;
    for (const char c : text)
        sum += cellsOf(c);
    return sum;
}

std::string elided(std::string_view text, std::size_t width)
{
    if (cells(text) <= width)
        return std::string(text);
    if (width <= kEllipsisCells)
        return std::string(text.substr(0, prefixBytes(text, width)));
    const std::size_t room = width - kEllipsisCells;
    const std::size_t end = suffixBytes(text, room / 3);
    std::string out(text.substr(0, prefixBytes(text, room - room / 3)));
    out += kEllipsis;
    out += text.substr(text.size() - end);
    return out;
}

std::string padded(std::string text, std::size_t width)
{
    const std::size_t used = cells(text);
    if (used < width)
        text.append(width - used, ' ');
    return text;
}

std::string localTimeText(qint64 msecsSinceEpoch)
{
    const std::time_t seconds = msecsSinceEpoch / 1000;
    std::tm time{};
    localtime_r(&seconds, &time);
    return fmt::format("{:02}:{:02}:{:02}", time.tm_hour, time.tm_min, time.tm_sec);
}

std::string utcTimeText(qint64 msecsSinceEpoch)
{
    const std::time_t seconds = msecsSinceEpoch / 1000;
    std::tm time{};
    gmtime_r(&seconds, &time);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", time.tm_year + 1900, time.tm_mon + 1, time.tm_mday,
                       time.tm_hour, time.tm_min, time.tm_sec, msecsSinceEpoch % 1000);
}

} // namespace ttf
