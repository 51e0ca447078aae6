// Secret bytes that are overwritten in memory when they go: passphrases, keys, what was decrypted. Moved, never copied.
// What comes from Qt's text fields or goes to OpenSSL has copies elsewhere for a while; this bounds how long ours last.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace seal {

class WipedBytes {
public:
    WipedBytes() = default;
    explicit WipedBytes(std::size_t size) : m_bytes(size) {} // zeros
    explicit WipedBytes(std::string_view bytes) : m_bytes(bytes.begin(), bytes.end()) {}
    ~WipedBytes() { wipe(); }
    WipedBytes(WipedBytes &&other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    WipedBytes &operator=(WipedBytes &&other) noexcept;
    WipedBytes(const WipedBytes &) = delete;
    WipedBytes &operator=(const WipedBytes &) = delete;

    [[nodiscard]] std::string_view view() const { return {m_bytes.data(), m_bytes.size()}; }
    [[nodiscard]] std::span<char> bytes() { return m_bytes; }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    void wipe(); // empty then

private:
    std::vector<char> m_bytes; // its moves leave no copy behind, as those of a short std::string do
};

// Overwrites a text of somebody else's, which keeps its size.
void wipeBytes(std::span<char> bytes);

} // namespace seal
