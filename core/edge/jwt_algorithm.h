// The signature algorithms of JSON Web Tokens (RFC 7518 3.1, RFC 8037 3.1, RFC 9864) and which kind of key each is for: a
// key never verifies another kind's signatures, whatever a token says (RFC 8725 3.1). Pure; any thread.
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace edge {

enum class JwtAlgorithm : std::uint8_t {
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA, // either curve
    Ed25519,
    Ed448,
};

enum class JwtKeyKind : std::uint8_t { Secret, Rsa, P256, P384, P521, Ed25519, Ed448 };

// Nothing for an unknown name, and for `none`.
[[nodiscard]] std::optional<JwtAlgorithm> jwtAlgorithmOf(std::string_view name) noexcept;
[[nodiscard]] std::string_view jwtAlgorithmName(JwtAlgorithm algorithm) noexcept;
[[nodiscard]] bool suits(JwtKeyKind kind, JwtAlgorithm algorithm) noexcept;
// The kind of key to make for it; Ed25519 for EdDSA.
[[nodiscard]] JwtKeyKind keyKindOf(JwtAlgorithm algorithm) noexcept;

[[nodiscard]] const EVP_MD *digestOf(JwtAlgorithm algorithm) noexcept; // null for EdDSA, which hashes by itself
[[nodiscard]] bool isPss(JwtAlgorithm algorithm) noexcept;
// Of one coordinate of the curve, hence half a raw signature (RFC 7518 3.4); 0 for other kinds.
[[nodiscard]] std::size_t coordinateBytes(JwtKeyKind kind) noexcept;

} // namespace edge
