// The tokens that may open tunnels, kept as SHA-256 digests only and compared in constant time: the relay's memory
// and core dumps hold no token. Immutable after loading; any thread.
#pragma once

#include "wire/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace relay {

// Stands for a token's owner wherever one has to be told from another.
class TokenDigest {
public:
    [[nodiscard]] static TokenDigest of(std::string_view token);
    friend bool operator==(const TokenDigest &a, const TokenDigest &b) noexcept; // constant time

private:
    std::array<std::uint8_t, 32> m_bytes{};
};

class TokenSet {
public:
    TokenSet() = default; // open: accepts everybody

    // One token a line; blank lines and lines that begin with # are skipped. A file without a token is an error, not
    // an open relay. Errors are InvalidRequest with a sentence that never quotes a line.
    [[nodiscard]] static wire::Result<TokenSet> parse(std::string_view text, std::string_view sourceName);
    [[nodiscard]] static wire::Result<TokenSet> load(const std::filesystem::path &file);

    [[nodiscard]] bool open() const noexcept { return m_digests.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_digests.size(); }
    // The owner when the token is accepted; an open set accepts any, the empty one too.
    [[nodiscard]] std::optional<TokenDigest> accept(std::string_view token) const;

private:
    std::vector<TokenDigest> m_digests;
};

// The token of `Authorization: Bearer TOKEN` (RFC 6750 2.1; the scheme in any case); empty for anything else.
[[nodiscard]] std::string_view bearerToken(std::string_view authorization) noexcept;

} // namespace relay
