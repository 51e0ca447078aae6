#include "wire/msgpack.h"

#include "wire/limits.h"

#include <array>
#include <cassert>

namespace wire {

namespace {

// First bytes of the format. The short forms hold their length or value in their low bits.
enum Tag : unsigned {
    FixMap = 0x80,
    FixArray = 0x90,
    FixString = 0xa0,
    Nil = 0xc0,
    NeverUsed = 0xc1,
    False = 0xc2,
    True = 0xc3,
    Bin8 = 0xc4,
    Ext8 = 0xc7,
    Float32 = 0xca,
    Uint8 = 0xcc,
    Uint64 = 0xcf,
    Int8 = 0xd0,
    Int64 = 0xd3,
    FixExt1 = 0xd4,
    FixExt16 = 0xd8,
    String8 = 0xd9,
    String32 = 0xdb,
    Array16 = 0xdc,
    Array32 = 0xdd,
    Map16 = 0xde,
    Map32 = 0xdf,
    NegativeFixInt = 0xe0,
};

constexpr bool between(unsigned tag, unsigned first, unsigned last)
{
    return tag >= first && tag <= last;
}

// 1, 2, 4, 8 … for a tag and its followers, which the format lays out in that order.
constexpr std::size_t widthFrom(unsigned first, unsigned tag)
{
    return std::size_t{1} << (tag - first);
}

} // namespace

template <class Int>
void MsgpackWriter::tagged(unsigned tag, Int value)
{
    std::array<char, 1 + sizeof(Int)> bytes{static_cast<char>(tag)};
    for (std::size_t i = 0; i < sizeof(Int); ++i)
        bytes[1 + i] = static_cast<char>(value >> (8 * (sizeof(Int) - 1 - i)) & 0xff);
    m_out.append(bytes.data(), bytes.size());
}

void MsgpackWriter::map(std::size_t pairs)
{
    if (pairs < 16)
        m_out += static_cast<char>(FixMap | pairs);
    else if (pairs <= UINT16_MAX)
        tagged(Map16, static_cast<std::uint16_t>(pairs));
    else
        tagged(Map32, static_cast<std::uint32_t>(pairs));
}

void MsgpackWriter::array(std::size_t items)
{
    if (items < 16)
        m_out += static_cast<char>(FixArray | items);
    else if (items <= UINT16_MAX)
        tagged(Array16, static_cast<std::uint16_t>(items));
    else
        tagged(Array32, static_cast<std::uint32_t>(items));
}

void MsgpackWriter::string(std::string_view text)
{
    assert(text.size() <= UINT32_MAX);
    if (text.size() < 32)
        m_out += static_cast<char>(FixString | text.size());
    else if (text.size() <= UINT8_MAX)
        tagged(String8, static_cast<std::uint8_t>(text.size()));
    else if (text.size() <= UINT16_MAX)
        tagged(String8 + 1, static_cast<std::uint16_t>(text.size()));
    else
        tagged(String32, static_cast<std::uint32_t>(text.size()));
    m_out.append(text);
}

void MsgpackWriter::number(std::uint64_t value)
{
    if (value < 0x80)
        m_out += static_cast<char>(value);
    else if (value <= UINT8_MAX)
        tagged(Uint8, static_cast<std::uint8_t>(value));
    else if (value <= UINT16_MAX)
        tagged(Uint8 + 1, static_cast<std::uint16_t>(value));
    else if (value <= UINT32_MAX)
        tagged(Uint8 + 2, static_cast<std::uint32_t>(value));
    else
        tagged(Uint64, value);
}

void MsgpackWriter::boolean(bool value)
{
    m_out += static_cast<char>(value ? True : False);
}

void MsgpackReader::fail(const char *problem) noexcept
{
    if (m_problem == nullptr)
        m_problem = problem;
    m_rest = {};
}

Result<> MsgpackReader::finish(std::string_view what) const
{
    const char *problem = m_problem == nullptr && !m_rest.empty() ? "trailing bytes" : m_problem;
    if (problem == nullptr)
        return {};
    return wire::fail(Code::ProtocolError, std::string(what) + ": " + problem);
}

unsigned MsgpackReader::tag() noexcept
{
    return static_cast<unsigned>(bigEndian(1));
}

std::uint64_t MsgpackReader::bigEndian(std::size_t width) noexcept
{
    std::uint64_t value = 0;
    for (const char c : bytes(width))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

std::string_view MsgpackReader::bytes(std::uint64_t count) noexcept
{
    if (count > m_rest.size()) {
        fail("truncated");
        return {};
    }
    const auto taken = m_rest.substr(0, count);
    m_rest.remove_prefix(count);
    return taken;
}

// A count of values that the remaining bytes could hold.
std::size_t MsgpackReader::bounded(std::uint64_t count, std::size_t bytesEach) noexcept
{
    if (count > m_rest.size() / bytesEach) {
        fail("truncated");
        return 0;
    }
    return count;
}

std::size_t MsgpackReader::map() noexcept
{
    const auto first = tag();
    if (between(first, FixMap, FixArray - 1))
        return bounded(first - FixMap, 2);
    if (between(first, Map16, Map32))
        return bounded(bigEndian(2 * widthFrom(Map16, first)), 2);
    fail("expected a map");
    return 0;
}

std::size_t MsgpackReader::array() noexcept
{
    const auto first = tag();
    if (between(first, FixArray, FixString - 1))
        return bounded(first - FixArray, 1);
    if (between(first, Array16, Array32))
        return bounded(bigEndian(2 * widthFrom(Array16, first)), 1);
    fail("expected an array");
    return 0;
}

std::string_view MsgpackReader::string() noexcept
{
    const auto first = tag();
    if (between(first, FixString, Nil - 1))
        return bytes(first - FixString);
    if (between(first, String8, String32))
        return bytes(bigEndian(widthFrom(String8, first)));
    fail("expected a string");
    return {};
}

std::uint64_t MsgpackReader::number() noexcept
{
    const auto first = tag();
    if (first < FixMap)
        return first;
    if (between(first, Uint8, Uint64))
        return bigEndian(widthFrom(Uint8, first));
    fail("expected a number that is not negative");
    return 0;
}

bool MsgpackReader::boolean() noexcept
{
    const auto first = tag();
    if (first != False && first != True)
        fail("expected a boolean");
    return first == True;
}

bool MsgpackReader::takeNil() noexcept
{
    if (m_rest.empty() || static_cast<unsigned char>(m_rest.front()) != Nil)
        return false;
    m_rest.remove_prefix(1);
    return true;
}

// Iterative, so that hostile nesting costs no stack.
void MsgpackReader::skip(unsigned maxDepth) noexcept
{
    std::array<std::size_t, kMaxNesting + 1> left{1};
    assert(maxDepth < left.size());
    std::size_t depth = 0;
    while (ok() && (depth > 0 || left[0] > 0)) {
        if (left[depth] == 0) {
            --depth;
            continue;
        }
        --left[depth];
        const auto inside = skipOne();
        if (inside == 0)
            continue;
        if (depth == maxDepth)
            return fail("nested too deeply");
        left[++depth] = inside;
    }
}

// One value, or the head of a map or array: then the number of values inside, which come next.
std::size_t MsgpackReader::skipOne() noexcept
{
    const auto first = tag();
    if (first < FixMap || first >= NegativeFixInt || !ok())
        return 0;
    if (first < FixArray)
        return bounded(first - FixMap, 2) * 2;
    if (first < FixString)
        return bounded(first - FixArray, 1);
    if (first >= Nil)
        return skipTagged(first);
    static_cast<void>(bytes(first - FixString));
    return 0;
}

std::size_t MsgpackReader::skipTagged(unsigned tag) noexcept
{
    if (tag == NeverUsed)
        fail("not MessagePack");
    else if (between(tag, Bin8, Ext8 - 1))
        static_cast<void>(bytes(bigEndian(widthFrom(Bin8, tag))));
    else if (between(tag, Ext8, Float32 - 1))
        static_cast<void>(bytes(bigEndian(widthFrom(Ext8, tag)) + 1));
    else if (between(tag, Float32, Uint8 - 1))
        static_cast<void>(bytes(4 * widthFrom(Float32, tag)));
    else if (between(tag, Uint8, Uint64))
        static_cast<void>(bytes(widthFrom(Uint8, tag)));
    else if (between(tag, Int8, Int64))
        static_cast<void>(bytes(widthFrom(Int8, tag)));
    else if (between(tag, FixExt1, FixExt16))
        static_cast<void>(bytes(widthFrom(FixExt1, tag) + 1));
    else if (between(tag, String8, String32))
        static_cast<void>(bytes(bigEndian(widthFrom(String8, tag))));
    else if (between(tag, Array16, Array32))
        return bounded(bigEndian(2 * widthFrom(Array16, tag)), 1);
    else if (between(tag, Map16, Map32))
        return bounded(bigEndian(2 * widthFrom(Map16, tag)), 2) * 2;
    return 0;
}

} // namespace wire
