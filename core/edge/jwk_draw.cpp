#include "edge/jwk_draw.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <string>

namespace edge {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

struct NumberFree {
    void operator()(BIGNUM *number) const noexcept { BN_clear_free(number); }
};
using Number = std::unique_ptr<BIGNUM, NumberFree>;

void putNumber(json &jwk, const char *member, const EVP_PKEY &key, const char *parameter, std::size_t size = 0)
{
    BIGNUM *got = nullptr;
    EVP_PKEY_get_bn_param(&key, parameter, &got);
    const Number number(got);
    if (!number)
        return;
    std::string bytes(size == 0 ? static_cast<std::size_t>(BN_num_bytes(got)) : size, '\0');
    BN_bn2binpad(got, reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    jwk[member] = wire::encodeBase64Url(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

json rsaJwk(const EVP_PKEY &key)
{
    json jwk{{"kty", "RSA"}};
    putNumber(jwk, "n", key, OSSL_PKEY_PARAM_RSA_N);
    putNumber(jwk, "e", key, OSSL_PKEY_PARAM_RSA_E);
    putNumber(jwk, "d", key, OSSL_PKEY_PARAM_RSA_D);
    putNumber(jwk, "p", key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    putNumber(jwk, "q", key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    putNumber(jwk, "dp", key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    putNumber(jwk, "dq", key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    putNumber(jwk, "qi", key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    return jwk;
}

// The curve under its names in `crv` and in OpenSSL: those of FIPS 186 are known to both.
const char *curveName(JwtKeyKind kind) noexcept
{
    switch (kind) {
    case JwtKeyKind::P256: return "P-256";
    case JwtKeyKind::P384: return "P-384";
    case JwtKeyKind::P521: return "P-521";
    case JwtKeyKind::Ed25519: return "Ed25519";
    case JwtKeyKind::Ed448: return "Ed448";
    default: return "";
    }
}

json ecJwk(const EVP_PKEY &key, JwtKeyKind kind)
{
    const auto size = coordinateBytes(kind);
    json jwk{{"kty", "EC"}, {"crv", curveName(kind)}};
    putNumber(jwk, "x", key, OSSL_PKEY_PARAM_EC_PUB_X, size);
    putNumber(jwk, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y, size);
    putNumber(jwk, "d", key, OSSL_PKEY_PARAM_PRIV_KEY, size);
    return jwk;
}

json okpJwk(const EVP_PKEY &key, JwtKeyKind kind)
{
    std::array<unsigned char, 57> bytes{}; // of Ed448; Ed25519 has 32
    std::size_t size = bytes.size();
    json jwk{{"kty", "OKP"}, {"crv", curveName(kind)}};
    EVP_PKEY_get_raw_public_key(&key, bytes.data(), &size);
    jwk["x"] = wire::encodeBase64Url({reinterpret_cast<const char *>(bytes.data()), size});
    size = bytes.size();
    EVP_PKEY_get_raw_private_key(&key, bytes.data(), &size);
    jwk["d"] = wire::encodeBase64Url({reinterpret_cast<const char *>(bytes.data()), size});
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return jwk;
}

Result<json> drawSecret(JwtAlgorithm algorithm)
{
    std::string secret(static_cast<std::size_t>(EVP_MD_get_size(digestOf(algorithm))), '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(secret.data()), static_cast<int>(secret.size())) != 1)
        return wire::fail(Code::InternalError, "the system gives no random bytes");
    json jwk{{"kty", "oct"}, {"k", wire::encodeBase64Url(secret)}};
    OPENSSL_cleanse(secret.data(), secret.size());
    return jwk;
}

Result<json> drawPair(JwtKeyKind kind)
{
    EvpKey key;
    if (kind == JwtKeyKind::Rsa)
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{wire::kDrawnRsaBits}));
    else if (coordinateBytes(kind) != 0)
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curveName(kind)));
    else
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, curveName(kind)));
    if (!key)
        return wire::fail(Code::InternalError, "OpenSSL makes no such key");
    if (kind == JwtKeyKind::Rsa)
        return rsaJwk(*key);
    return coordinateBytes(kind) != 0 ? ecJwk(*key, kind) : okpJwk(*key, kind);
}

} // namespace

Result<json> drawJwk(JwtAlgorithm algorithm, const std::string &id)
{
    const auto kind = keyKindOf(algorithm);
    auto jwk = kind == JwtKeyKind::Secret ? drawSecret(algorithm) : drawPair(kind);
    if (!jwk)
        return jwk;
    (*jwk)["kid"] = id;
    (*jwk)["use"] = "sig";
    (*jwk)["alg"] = jwtAlgorithmName(algorithm);
    return jwk;
}

} // namespace edge
