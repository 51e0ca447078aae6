// The keys that a relay verifies tokens with, and which of them a token means (RFC 7515 4.1.4). Copies share the keys.
// Pure; any thread; the clock is an argument.
#pragma once

#include "edge/jwk.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace edge {

// What the header of a token says, whoever signed it.
struct JwtHeader {
    JwtAlgorithm algorithm = JwtAlgorithm::HS256;
    std::string keyId; // `kid`, empty when absent
};

class JwtKeys {
public:
    JwtKeys() = default; // none: no token is known
    explicit JwtKeys(JwtKey key) { add(std::move(key)); }

    // A JSON Web Key Set (RFC 7517 5). Keys that cannot be used are left out and told by skipped(): one that the issuer
    // keeps for other ends must not take the others along. InvalidRequest when it is no set, or none of it can be used.
    [[nodiscard]] static wire::Result<JwtKeys> parse(std::string_view jwks, JwkMaterial material);

    void add(JwtKey key) { m_keys.push_back(std::make_shared<const JwtKey>(std::move(key))); }
    void add(const JwtKeys &more);

    [[nodiscard]] bool empty() const noexcept { return m_keys.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_keys.size(); }
    // "key 2: its type (kty) …"
    [[nodiscard]] const std::vector<std::string> &skipped() const noexcept { return m_skipped; }

    // Whether a key of this id could have signed it. Without an id any key of the algorithm's kind.
    [[nodiscard]] bool knows(const JwtHeader &header) const noexcept;
    // The one key that the token means: by its id, or, when token or keys have none, the only one that suits. A key whose
    // time is over is none. Errors are Unauthorized.
    [[nodiscard]] wire::Result<std::shared_ptr<const JwtKey>> choose(const JwtHeader &header, JwtTime now) const;

private:
    std::vector<std::shared_ptr<const JwtKey>> m_keys;
    std::vector<std::string> m_skipped;
};

} // namespace edge
