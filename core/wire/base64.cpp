#include "wire/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wire {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNotInAlphabet = 0xff;

constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNotInAlphabet);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    return values;
}();

std::uint32_t byteAt(std::string_view bytes, std::size_t i)
{
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
}

// Four characters as 24 bits, or anything above 24 bits when one is not of the alphabet.
std::uint32_t decodeGroup(std::string_view group)
{
    std::uint32_t bits = 0;
    for (const char c : group) {
        const std::uint32_t value = kValues[static_cast<unsigned char>(c)];
        if (value == kNotInAlphabet)
            return UINT32_MAX;
        bits = bits << 6 | value;
    }
    return bits;
}

std::size_t paddingOf(std::string_view text)
{
    return text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
}

// The last group, its padding replaced by 'A' (six zero bits): what the padding covers must then be zero.
bool appendLastGroup(std::string &out, std::string_view group, std::size_t padding)
{
    std::string padded(group);
    padded.replace(group.size() - padding, padding, padding, 'A');
    const auto bits = decodeGroup(padded);
    const auto keptBytes = 3 - padding;
    if (bits == UINT32_MAX || (bits & ((1U << 8 * padding) - 1)) != 0)
        return false;
    for (std::size_t i = 0; i < keptBytes; ++i)
        out += static_cast<char>(bits >> (16 - 8 * i) & 0xff);
    return true;
}

// Between the two alphabets, which differ in two characters.
std::string translated(std::string text, char from62, char from63, char to62, char to63)
{
    for (char &c : text)
        c = c == from62 ? to62 : c == from63 ? to63 : c;
    return text;
}

} // namespace

std::string encodeBase64(std::string_view bytes)
{
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    auto *to = out.data();
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto bits = byteAt(bytes, i) << 16 | byteAt(bytes, i + 1) << 8 | byteAt(bytes, i + 2);
        const auto characters = std::min<std::size_t>(bytes.size() - i, 3) + 1;
        for (std::size_t c = 0; c < characters; ++c)
            to[c] = kAlphabet[bits >> (18 - 6 * c) & 0x3f];
        to += 4;
    }
    return out;
}

Result<std::string> decodeBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return fail(Code::ProtocolError, "base64: the length is not a multiple of four");
    if (text.empty())
        return std::string();
    std::string out;
    out.reserve(text.size() / 4 * 3);
    const auto lastGroup = text.size() - 4;
    for (std::size_t i = 0; i < lastGroup; i += 4) {
        const auto bits = decodeGroup(text.substr(i, 4));
        if (bits == UINT32_MAX)
            return fail(Code::ProtocolError, "base64: a character outside the alphabet");
        const std::array bytes{static_cast<char>(bits >> 16 & 0xff), static_cast<char>(bits >> 8 & 0xff),
                               static_cast<char>(bits & 0xff)};
        out.append(bytes.data(), bytes.size());
    }
    if (!appendLastGroup(out, text.substr(lastGroup), paddingOf(text)))
        return fail(Code::ProtocolError, "base64: a bad last group");
    return out;
}

std::string encodeBase64Url(std::string_view bytes)
{
    auto text = translated(encodeBase64(bytes), '+', '/', '-', '_');
    text.resize(text.size() - paddingOf(text));
    return text;
}

Result<std::string> decodeBase64Url(std::string_view text)
{
    if (text.find_first_of("+/=") != std::string_view::npos)
        return fail(Code::ProtocolError, "base64url: a character outside the alphabet");
    auto padded = translated(std::string(text), '-', '_', '+', '/');
    padded.append((4 - text.size() % 4) % 4, '='); // one character over is refused as three of padding
    return decodeBase64(padded);
}

} // namespace wire
