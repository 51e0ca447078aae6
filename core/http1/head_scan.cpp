#include "http1/head_scan.h"

#include "wire/limits.h"

namespace http1 {

namespace {

constexpr unsigned kMaxLeadingEmptyLines = 2; // old clients send one after a POST body

} // namespace

wire::Result<bool> HeadScan::takeLine(std::string_view line)
{
    if (line.empty() || line.back() != '\r')
        return wire::fail(wire::Code::InvalidRequest, "a line of the request head ends in a bare LF");
    line.remove_suffix(1);
    if (line.find('\r') != std::string_view::npos)
        return wire::fail(wire::Code::InvalidRequest, "a bare CR in the request head");
    if (line.empty()) {
        if (m_inHead)
            return true;
        if (++m_leadingLines > kMaxLeadingEmptyLines)
            return wire::fail(wire::Code::InvalidRequest, "empty lines instead of a request");
        return false;
    }
    if (m_inHead && (line.front() == ' ' || line.front() == '\t'))
        return wire::fail(wire::Code::InvalidRequest, "a folded header line (obs-fold)");
    if (!m_inHead)
        m_begin = m_lineStart;
    m_inHead = true;
    return false;
}

wire::Result<std::optional<HeadScan::Found>> HeadScan::scan(std::string_view bytes)
{
    std::size_t newline = bytes.find('\n', m_scanned);
    while (newline != std::string_view::npos) {
        const auto line = bytes.substr(m_lineStart, newline - m_lineStart);
        if (line.find('\0') != std::string_view::npos)
            return wire::fail(wire::Code::InvalidRequest, "a NUL in the request head");
        auto end = takeLine(line);
        if (!end)
            return std::unexpected(std::move(end.error()));
        m_lineStart = newline + 1;
        if (m_lineStart > wire::kMaxHeadBytes)
            return wire::fail(wire::Code::HeadersTooLarge, "the request head is too large");
        if (*end)
            return Found{m_begin, m_lineStart};
        newline = bytes.find('\n', m_lineStart);
    }
    const auto rest = bytes.substr(m_scanned < m_lineStart ? m_lineStart : m_scanned);
    if (rest.find('\0') != std::string_view::npos)
        return wire::fail(wire::Code::InvalidRequest, "a NUL in the request head");
    m_scanned = bytes.size();
    if (m_scanned > wire::kMaxHeadBytes)
        return wire::fail(wire::Code::HeadersTooLarge, "the request head is too large");
    return std::nullopt;
}

} // namespace http1
