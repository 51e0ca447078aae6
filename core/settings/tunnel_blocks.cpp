#include "settings/tunnel_blocks.h"

#include <algorithm>
#include <span>
#include <utility>

namespace settings {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Each with its line end; the last one may have none.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(kBlanks) == std::string_view::npos;
}

bool isComment(std::string_view line)
{
    return !isBlank(line) && line[line.find_first_not_of(kBlanks)] == '#';
}

std::string joined(std::span<const std::string_view> lines)
{
    std::string out;
    for (const std::string_view line : lines)
        out += line;
    if (!out.empty() && !out.ends_with('\n'))
        out += '\n';
    return out;
}

bool endsBlank(std::string_view text)
{
    const auto lines = linesOf(text);
    return lines.empty() || isBlank(lines.back());
}

void trimEnd(std::string &text)
{
    while (!text.empty() && endsBlank(text))
        text.resize(text.size() - linesOf(text).back().size());
}

// The index of the first of the comment lines that stand directly above line `first` (both from 0), not above `floor`.
std::size_t leadStart(const std::vector<std::string_view> &lines, std::size_t first, std::size_t floor)
{
    std::size_t start = first;
    while (start > floor && isComment(lines[start - 1]))
        --start;
    return start;
}

// What stays of a removed block's tail: comments set off by a blank line.
std::string looseComments(std::string_view tail)
{
    const auto lines = linesOf(tail);
    const auto blank = std::ranges::find_if(lines, isBlank);
    const auto loose = std::find_if_not(blank, lines.end(), isBlank);
    return loose == lines.end() ? std::string() : joined({loose, lines.end()});
}

} // namespace

TunnelBlocks::TunnelBlocks(std::string_view text, const TunnelsText &read)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf"; // only allowed at the very start, so it cannot move
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const auto lines = linesOf(text);
    const std::span all(lines);
    std::size_t done = 0;
    std::size_t floor = read.lastTopLine;
    for (const LineSpan &span : read.spans) {
        const std::size_t first = span.first - 1;
        std::size_t start = leadStart(lines, first, floor);
        start = start == 0 ? first : start;
        above(m_blocks.size()) += joined(all.subspan(done, start - done));
        m_blocks.push_back(
            {joined(all.subspan(start, first - start)), joined(all.subspan(first, span.last - first)), {}});
        done = floor = span.last;
    }
    above(m_blocks.size()) += joined(all.subspan(done));
}

std::string &TunnelBlocks::above(std::size_t index)
{
    return index == 0 ? m_top : m_blocks[index - 1].tail;
}

bool TunnelBlocks::blankAbove(std::size_t index) const
{
    return endsBlank(index == 0 ? m_top : m_blocks[index - 1].text());
}

void TunnelBlocks::insert(std::size_t index, std::string body)
{
    Block block{blankAbove(index) ? "" : "\n", std::move(body), index < m_blocks.size() ? "\n" : ""};
    m_blocks.insert(m_blocks.begin() + static_cast<std::ptrdiff_t>(index), std::move(block));
}

void TunnelBlocks::replace(std::size_t index, std::string body)
{
    m_blocks[index].body = std::move(body);
}

void TunnelBlocks::remove(std::size_t index)
{
    const std::string loose = looseComments(m_blocks[index].tail);
    m_blocks.erase(m_blocks.begin() + static_cast<std::ptrdiff_t>(index));
    if (!loose.empty() && !blankAbove(index))
        above(index) += '\n';
    above(index) += loose;
    if (loose.empty() && index == m_blocks.size())
        trimEnd(above(index));
}

std::string TunnelBlocks::text() const
{
    std::string out = m_top;
    for (const Block &block : m_blocks)
        out += block.text();
    return out;
}

} // namespace settings
