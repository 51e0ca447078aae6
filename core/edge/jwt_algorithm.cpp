#include "edge/jwt_algorithm.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace edge {

namespace {

struct Entry {
    std::string_view name;
    JwtKeyKind kind;
    const EVP_MD *(*digest)();
};

// In the order of the enumeration.
constexpr std::array<Entry, 15> kTable{{{"HS256", JwtKeyKind::Secret, EVP_sha256},
                                        {"HS384", JwtKeyKind::Secret, EVP_sha384},
                                        {"HS512", JwtKeyKind::Secret, EVP_sha512},
                                        {"RS256", JwtKeyKind::Rsa, EVP_sha256},
                                        {"RS384", JwtKeyKind::Rsa, EVP_sha384},
                                        {"RS512", JwtKeyKind::Rsa, EVP_sha512},
                                        {"PS256", JwtKeyKind::Rsa, EVP_sha256},
                                        {"PS384", JwtKeyKind::Rsa, EVP_sha384},
                                        {"PS512", JwtKeyKind::Rsa, EVP_sha512},
                                        {"ES256", JwtKeyKind::P256, EVP_sha256},
                                        {"ES384", JwtKeyKind::P384, EVP_sha384},
                                        {"ES512", JwtKeyKind::P521, EVP_sha512},
                                        {"EdDSA", JwtKeyKind::Ed25519, nullptr},
                                        {"Ed25519", JwtKeyKind::Ed25519, nullptr},
                                        {"Ed448", JwtKeyKind::Ed448, nullptr}}};

const Entry &entryOf(JwtAlgorithm algorithm) noexcept
{
    return kTable[static_cast<std::size_t>(algorithm)];
}

} // namespace

std::optional<JwtAlgorithm> jwtAlgorithmOf(std::string_view name) noexcept
{
    const auto found = std::ranges::find(kTable, name, &Entry::name);
    return found == kTable.end() ? std::nullopt
                                 : std::optional(static_cast<JwtAlgorithm>(std::distance(kTable.begin(), found)));
}

std::string_view jwtAlgorithmName(JwtAlgorithm algorithm) noexcept
{
    return entryOf(algorithm).name;
}

bool suits(JwtKeyKind kind, JwtAlgorithm algorithm) noexcept
{
    if (algorithm == JwtAlgorithm::EdDSA)
        return kind == JwtKeyKind::Ed25519 || kind == JwtKeyKind::Ed448;
    return entryOf(algorithm).kind == kind;
}

JwtKeyKind keyKindOf(JwtAlgorithm algorithm) noexcept
{
    return entryOf(algorithm).kind;
}

const EVP_MD *digestOf(JwtAlgorithm algorithm) noexcept
{
    const auto digest = entryOf(algorithm).digest;
    return digest ? digest() : nullptr;
}

bool isPss(JwtAlgorithm algorithm) noexcept
{
    return entryOf(algorithm).name.starts_with("PS");
}

std::size_t coordinateBytes(JwtKeyKind kind) noexcept
{
    switch (kind) {
    case JwtKeyKind::P256: return 32;
    case JwtKeyKind::P384: return 48;
    case JwtKeyKind::P521: return 66;
    default: return 0;
    }
}

} // namespace edge
