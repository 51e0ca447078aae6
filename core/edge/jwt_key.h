// One key that signs or verifies tokens: a secret (HMAC), or an OpenSSL key of its public or private part. It knows what
// it is for; an algorithm of another kind never reaches OpenSSL. Owns its memory and wipes secrets; any thread.
#pragma once

#include "edge/jwt_algorithm.h"
#include "edge/jwt_claims.h"
#include "wire/result.h"

#include <openssl/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace edge {

struct EvpKeyFree {
    void operator()(EVP_PKEY *key) const noexcept;
};
using EvpKey = std::unique_ptr<EVP_PKEY, EvpKeyFree>;

// What a JWK says about its key (RFC 7517 4).
struct JwtKeyUse {
    std::string id{}; // `kid`; empty: none
    std::optional<JwtAlgorithm> algorithm{}; // `alg`: this one only
    std::optional<JwtTime> ends{}; // `exp`: verifies nothing from then on
};

class JwtKey {
public:
    // A secret of kMinJwtSecretBytes to kMaxJwtSecretBytes; InvalidRequest for another.
    [[nodiscard]] static wire::Result<JwtKey> fromSecret(std::string secret, JwtKeyUse use = {});
    // InvalidRequest for an RSA key that is too small, too large, or whose exponent is.
    [[nodiscard]] static wire::Result<JwtKey> fromEvp(JwtKeyKind kind, EvpKey key, JwtKeyUse use);
    ~JwtKey(); // wipes the secret
    JwtKey(JwtKey &&) noexcept = default;
    JwtKey &operator=(JwtKey &&) = delete; // the secret assigned to would stay in memory
    JwtKey(const JwtKey &) = delete;
    JwtKey &operator=(const JwtKey &) = delete;

    [[nodiscard]] JwtKeyKind kind() const noexcept { return m_kind; }
    [[nodiscard]] const JwtKeyUse &use() const noexcept { return m_use; }
    // A secret is as long as the hash, at least (RFC 7518 3.2).
    [[nodiscard]] bool suits(JwtAlgorithm algorithm) const noexcept;

    // Signatures are those of RFC 7518 3: of ECDSA r and s, each of the curve's size. False for what does not suit.
    [[nodiscard]] bool verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const;
    // InvalidRequest when the key does not suit or has no private part.
    [[nodiscard]] wire::Result<std::string> sign(JwtAlgorithm algorithm, std::string_view text) const;

private:
    JwtKey(JwtKeyKind kind, std::string secret, EvpKey key, JwtKeyUse use)
        : m_kind(kind), m_secret(std::move(secret)), m_key(std::move(key)), m_use(std::move(use))
    {
    }

    [[nodiscard]] std::string hmac(JwtAlgorithm algorithm, std::string_view text) const;

    JwtKeyKind m_kind;
    std::string m_secret;
    EvpKey m_key;
    JwtKeyUse m_use;
};

} // namespace edge
