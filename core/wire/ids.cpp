#include "wire/ids.h"

#include "wire/limits.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/random.h>
#include <unistd.h>
#endif

namespace wire {

namespace {

constexpr std::string_view kRequestPrefix = "req_";
constexpr std::string_view kIdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kUuidShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

// Bytes of the operating system's generator, fetched for 16 UUIDs at a time. One per thread.
class RandomBytes {
public:
    std::uint8_t next()
    {
        if (m_used == m_bytes.size())
            refill();
        return m_bytes[m_used++];
    }

private:
    void refill()
    {
        fill();
        m_used = 0;
    }

    void fill()
    {
#if defined(__unix__) || defined(__APPLE__)
        if (getentropy(m_bytes.data(), m_bytes.size()) == 0)
            return;
#endif
        std::random_device device;
        std::ranges::generate(m_bytes, [&device] { return static_cast<std::uint8_t>(device() & 0xff); });
    }

    std::array<std::uint8_t, 256> m_bytes{}; // as much as getentropy gives in one call
    std::size_t m_used = m_bytes.size();
};

RandomBytes &randomBytes()
{
    thread_local RandomBytes bytes;
    return bytes;
}

// RFC 9562 5.4: version 4 in the first digit of the third group, variant 10 in the first of the fourth.
void appendUuid(std::string &out)
{
    auto &random = randomBytes();
    std::array<std::uint8_t, 16> bytes{};
    std::ranges::generate(bytes, [&random] { return random.next(); });
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        out += kHexDigits[bytes[i] >> 4];
        out += kHexDigits[bytes[i] & 0x0f];
    }
}

bool isLowerAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

std::string drawTunnelId()
{
    constexpr auto kEvenBytes =
        256 / kIdAlphabet.size() * kIdAlphabet.size(); // above it some letters would be likelier
    std::string id;
    while (id.size() < kDrawnIdLength) {
        const std::size_t byte = randomBytes().next();
        if (byte < kEvenBytes)
            id += kIdAlphabet[byte % kIdAlphabet.size()];
    }
    return id;
}

std::string drawRequestId()
{
    std::string id;
    id.reserve(kRequestPrefix.size() + kUuidShape.size());
    id = kRequestPrefix;
    appendUuid(id);
    return id;
}

std::string drawSessionId()
{
    std::string id;
    id.reserve(kUuidShape.size());
    appendUuid(id);
    return id;
}

bool isRequestId(std::string_view text) noexcept
{
    if (!text.starts_with(kRequestPrefix))
        return false;
    text.remove_prefix(kRequestPrefix.size());
    return std::ranges::equal(text, kUuidShape,
                              [](char c, char shape) { return shape == '-' ? c == '-' : isHexDigit(c); });
}

Result<> checkTunnelName(std::string_view name)
{
    if (name.size() < kMinNameLength || name.size() > kMaxNameLength)
        return fail(Code::InvalidRequest, "a tunnel name has " + std::to_string(kMinNameLength) + " to " +
                                              std::to_string(kMaxNameLength) + " characters");
    if (!std::ranges::all_of(name, [](char c) { return isLowerAlphanumeric(c) || c == '-'; }))
        return fail(Code::InvalidRequest, "a tunnel name has only lower-case letters a-z, digits and hyphens");
    if (name.front() == '-' || name.back() == '-')
        return fail(Code::InvalidRequest, "a tunnel name begins and ends with a letter or digit");
    return {};
}

} // namespace wire
