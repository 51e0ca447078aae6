// The tokens that may open tunnels, kept as SHA-256 digests only and compared in constant time. Immutable after
// loading; any thread.
#pragma once

#include "wire/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relay {

class TokenSet {
public:
    TokenSet() = default; // open: accepts everybody

    // One token a line; blank lines and lines that begin with # are skipped. A file without a token is an error, not
    // an open relay. Errors are InvalidRequest with a sentence that never quotes a line.
    [[nodiscard]] static wire::Result<TokenSet> parse(std::string_view text, std::string_view sourceName);
    [[nodiscard]] static wire::Result<TokenSet> load(const std::filesystem::path &file);

    [[nodiscard]] bool open() const noexcept { return m_digests.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_digests.size(); }
    // When the token is accepted, its owner: the token's digest as 32 raw bytes. An open set accepts any token, and no
    // token at all with an empty owner.
    [[nodiscard]] std::optional<std::string> accept(std::string_view token) const;
    // Whether such an owner's token is among them.
    [[nodiscard]] bool knowsOwner(std::string_view owner) const noexcept;

private:
    using Digest = std::array<std::uint8_t, 32>;

    static Digest digestOf(std::string_view token);

    std::vector<Digest> m_digests;
};

// The token of `Authorization: Bearer TOKEN` (RFC 6750 2.1; the scheme in any case); empty for anything else.
[[nodiscard]] std::string_view bearerToken(std::string_view authorization) noexcept;

} // namespace relay
