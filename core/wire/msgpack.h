// MessagePack (github.com/msgpack/msgpack/blob/master/spec.md) as two cursors, without a document tree: what is read
// points into the input, what is written is appended. Used by the v2 codec only. No state shared: any thread.
#pragma once

#include "wire/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wire {

// Appends values in their shortest form. Sizes are at most 2^32-1.
class MsgpackWriter {
public:
    explicit MsgpackWriter(std::string &out) noexcept : m_out(out) {}

    void map(std::size_t pairs);   // that many keys and values follow
    void array(std::size_t items); // that many values follow
    void string(std::string_view text);
    void number(std::uint64_t value);
    void boolean(bool value);

private:
    template <class Int>
    void tagged(unsigned tag, Int value);

    std::string &m_out;
};

// Reads untrusted bytes. The first failure sticks: from then on every read gives zero or empty, so that a decoder
// reads straight on and asks once, with finish(). Nothing is allocated, and no declared size is believed that the
// remaining bytes cannot hold.
class MsgpackReader {
public:
    explicit MsgpackReader(std::string_view bytes) noexcept : m_rest(bytes) {}

    [[nodiscard]] std::size_t map() noexcept;   // number of pairs
    [[nodiscard]] std::size_t array() noexcept; // number of items
    [[nodiscard]] std::string_view string() noexcept;
    [[nodiscard]] std::uint64_t number() noexcept;
    [[nodiscard]] bool boolean() noexcept;
    [[nodiscard]] bool takeNil() noexcept; // true when the next value was nil; otherwise nothing is taken
    // Passes over one value of any type that nests at most `maxDepth` maps and arrays.
    void skip(unsigned maxDepth) noexcept;

    // For what the caller finds wrong with a value. `problem` must be a literal.
    void fail(const char *problem) noexcept;
    [[nodiscard]] bool ok() const noexcept { return m_problem == nullptr; }
    // The verdict at the end: the failure, or bytes left over, as "what: problem".
    [[nodiscard]] Result<> finish(std::string_view what) const;

private:
    [[nodiscard]] unsigned tag() noexcept;
    [[nodiscard]] std::uint64_t bigEndian(std::size_t width) noexcept;
    [[nodiscard]] std::string_view bytes(std::uint64_t count) noexcept;
    [[nodiscard]] std::size_t bounded(std::uint64_t count, std::size_t bytesEach) noexcept;
    [[nodiscard]] std::size_t skipOne() noexcept;
    [[nodiscard]] std::size_t skipTagged(unsigned tag) noexcept;

    std::string_view m_rest;
    const char *m_problem = nullptr;
};

} // namespace wire
