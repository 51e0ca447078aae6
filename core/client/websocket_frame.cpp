#include "client/websocket_frame.h"

#include <QtEndian>

#include <array>
#include <cstring>
#include <utility>

namespace client {

namespace {

constexpr std::uint8_t kFinal = 0x80;
constexpr std::uint8_t kContinuation = 0x0;
constexpr std::uint8_t kText = 0x1;
constexpr std::uint8_t kBinary = 0x2;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;
constexpr std::size_t kLongestHeader = 14;

char *put(char *to, std::uint8_t byte)
{
    *to = static_cast<char>(byte);
    return to + 1;
}

template <class Int>
char *putBigEndian(char *to, Int value)
{
    qToBigEndian(value, to);
    return to + sizeof value;
}

char *putLength(char *to, std::size_t length)
{
    if (length < kLength16)
        return put(to, static_cast<std::uint8_t>(kMasked | length));
    if (length <= UINT16_MAX)
        return putBigEndian(put(to, kMasked | kLength16), static_cast<std::uint16_t>(length));
    return putBigEndian(put(to, kMasked | kLength64), std::uint64_t{length});
}

// Eight bytes at a time: the key repeats every four.
void copyMasked(char *to, std::string_view from, std::uint32_t key)
{
    std::array<char, 8> pattern{};
    putBigEndian(putBigEndian(pattern.data(), key), key);
    std::uint64_t mask = 0;
    std::memcpy(&mask, pattern.data(), sizeof mask);
    std::size_t at = 0;
    for (; at + sizeof mask <= from.size(); at += sizeof mask) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, from.data() + at, sizeof bytes);
        bytes ^= mask;
        std::memcpy(to + at, &bytes, sizeof bytes);
    }
    for (; at < from.size(); ++at)
        to[at] = static_cast<char>(from[at] ^ pattern[at % pattern.size()]);
}

QByteArray maskedFrame(std::uint8_t first, std::string_view payload, std::uint32_t key)
{
    QByteArray frame(qsizetype(kLongestHeader + payload.size()), Qt::Uninitialized);
    char *const begin = frame.data();
    char *end = putBigEndian(putLength(put(begin, first), payload.size()), key);
    copyMasked(end, payload, key);
    frame.truncate(end - begin + qsizetype(payload.size()));
    return frame;
}

} // namespace

QByteArray maskedBinaryFrame(std::string_view payload, std::uint32_t key)
{
    return maskedFrame(kFinal | kBinary, payload, key);
}

QByteArray maskedTextFrames(std::string_view text, std::size_t maxFrame, const std::function<std::uint32_t()> &drawKey)
{
    const std::size_t part = maxFrame - kLongestHeader;
    QByteArray frames;
    std::uint8_t opcode = kText;
    for (; text.size() > part; text.remove_prefix(part))
        frames += maskedFrame(std::exchange(opcode, kContinuation), text.substr(0, part), drawKey());
    return frames + maskedFrame(kFinal | opcode, text, drawKey());
}

} // namespace client
