// MessagePack maps described by tables: one line per key, and one reader and one writer helper for all of them. Inner
// part of the v2 codec (msgpack_codec.cpp, msgpack_control.cpp).
#pragma once

#include "wire/http_head.h"
#include "wire/limits.h"
#include "wire/msgpack.h"
#include "wire/text.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace wire {

enum class Presence { Required, Optional }; // an optional value may also be nil

template <class T>
struct Field {
    std::string_view key;
    Presence presence;
    void (*read)(MsgpackReader &in, T &out);
};

// Reads a map into `out`. Each known key at most once, the required ones exactly once; unknown keys are passed over.
// `depth`: this map and the maps and arrays around it.
template <class T, std::size_t N>
void readMap(MsgpackReader &in, const std::array<Field<T>, N> &fields, T &out, unsigned depth)
{
    std::array<bool, N> seen{};
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.string();
        std::size_t i = 0;
        while (i < N && fields[i].key != key)
            ++i;
        if (i == N)
            in.skip(kMaxNesting - depth);
        else if (std::exchange(seen[i], true))
            in.fail("a key twice");
        else if (fields[i].presence == Presence::Required || !in.takeNil())
            fields[i].read(in, out);
    }
    for (std::size_t i = 0; i < N; ++i)
        if (fields[i].presence == Presence::Required && !seen[i])
            in.fail("a key is missing");
}

// A string for programs: names, ids, addresses, versions.
[[nodiscard]] inline std::string readWord(MsgpackReader &in)
{
    const auto text = in.string();
    if (!isFieldValue(text) || !isUtf8(text))
        in.fail("a control character, or no UTF-8");
    return std::string(text);
}

// A sentence for people.
[[nodiscard]] inline std::string readSentence(MsgpackReader &in)
{
    const auto text = in.string();
    if (!isUtf8(text))
        in.fail("a text that is no UTF-8");
    return std::string(cutText(text, kMaxErrorTextBytes));
}

[[nodiscard]] inline unsigned readSmallNumber(MsgpackReader &in)
{
    const auto value = in.number();
    if (value > UINT16_MAX)
        in.fail("a number too large");
    return static_cast<unsigned>(value);
}

inline void writePair(MsgpackWriter &to, std::string_view key, std::string_view text)
{
    to.string(key);
    to.string(text);
}

inline void writePair(MsgpackWriter &to, std::string_view key, std::uint64_t number)
{
    to.string(key);
    to.number(number);
}

// For optional keys, which are absent when empty.
inline void writeOptional(MsgpackWriter &to, std::string_view key, std::string_view text)
{
    if (!text.empty())
        writePair(to, key, text);
}

} // namespace wire
