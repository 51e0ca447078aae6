#include "wire/frame.h"

#include <array>
#include <cassert>

namespace wire {

namespace {

constexpr std::size_t kWindowBytes = 4;
constexpr auto kLastKind = static_cast<std::uint8_t>(FrameKind::Window);

std::uint32_t bigEndian(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (const char c : bytes)
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

void putBigEndian(char *to, std::size_t width, std::uint32_t value)
{
    for (std::size_t i = width; i > 0; --i, value >>= 8)
        to[i - 1] = static_cast<char>(value & 0xff);
}

bool suits(std::uint32_t stream, FrameKind kind)
{
    return (stream == 0) == (kind == FrameKind::Control);
}

bool allowsLength(FrameKind kind, std::size_t length)
{
    return kind == FrameKind::Window ? length == kWindowBytes : length <= maxPayload(kind);
}

} // namespace

std::size_t maxPayload(FrameKind kind) noexcept
{
    switch (kind) {
    case FrameKind::Control:
    case FrameKind::Reset: return kMaxControlBytes;
    case FrameKind::RequestHead:
    case FrameKind::ResponseHead: return kMaxHeadFrameBytes;
    case FrameKind::Data: return kMaxDataBytes;
    case FrameKind::End: return kMaxTrailerBytes;
    case FrameKind::Window: return kWindowBytes;
    }
    return 0;
}

Result<std::optional<Frame>> FrameReader::next()
{
    if (m_rest.empty())
        return std::nullopt;
    if (m_rest.size() < kFrameHeaderBytes)
        return fail(Code::ProtocolError, "frame: truncated header");
    const auto kindByte = static_cast<std::uint8_t>(m_rest[4]);
    if (kindByte > kLastKind)
        return fail(Code::ProtocolError, "frame: unknown kind");
    const auto kind = static_cast<FrameKind>(kindByte);
    const auto stream = bigEndian(m_rest.substr(0, 4));
    const std::size_t length = bigEndian(m_rest.substr(5, 3));
    if (!suits(stream, kind))
        return fail(Code::ProtocolError, "frame: the stream id does not suit the kind");
    if (!allowsLength(kind, length))
        return fail(Code::ProtocolError, "frame: payload length not allowed for its kind");
    if (m_rest.size() - kFrameHeaderBytes < length)
        return fail(Code::ProtocolError, "frame: truncated payload");
    const Frame frame{stream, kind, m_rest.substr(kFrameHeaderBytes, length)};
    m_rest.remove_prefix(kFrameHeaderBytes + length);
    return frame;
}

std::size_t beginFrame(std::string &out, std::uint32_t stream, FrameKind kind)
{
    assert(suits(stream, kind));
    const auto position = out.size();
    std::array<char, kFrameHeaderBytes> header{};
    putBigEndian(header.data(), 4, stream);
    header[4] = static_cast<char>(kind);
    out.append(header.data(), header.size());
    return position;
}

void finishFrame(std::string &out, std::size_t headerPosition)
{
    assert(headerPosition + kFrameHeaderBytes <= out.size());
    const auto length = out.size() - headerPosition - kFrameHeaderBytes;
    assert(allowsLength(static_cast<FrameKind>(out[headerPosition + 4]), length));
    putBigEndian(out.data() + headerPosition + 5, 3, static_cast<std::uint32_t>(length));
}

void appendFrame(std::string &out, std::uint32_t stream, FrameKind kind, std::string_view payload)
{
    const auto position = beginFrame(out, stream, kind);
    out.append(payload);
    finishFrame(out, position);
}

void appendWindow(std::string &out, std::uint32_t stream, std::uint32_t credit)
{
    std::array<char, kWindowBytes> payload{};
    putBigEndian(payload.data(), payload.size(), credit);
    appendFrame(out, stream, FrameKind::Window, {payload.data(), payload.size()});
}

Result<std::uint32_t> decodeWindow(std::string_view payload)
{
    if (payload.size() != kWindowBytes)
        return fail(Code::ProtocolError, "window: not 4 bytes");
    const auto credit = bigEndian(payload);
    if (credit == 0)
        return fail(Code::ProtocolError, "window: zero credit");
    return credit;
}

} // namespace wire
