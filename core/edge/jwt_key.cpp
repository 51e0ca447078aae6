#include "edge/jwt_key.h"

#include "wire/limits.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <array>

namespace edge {

namespace {

using wire::Code;
using wire::Result;

struct ContextFree {
    void operator()(EVP_MD_CTX *context) const noexcept { EVP_MD_CTX_free(context); }
};
struct SignatureFree {
    void operator()(ECDSA_SIG *signature) const noexcept { ECDSA_SIG_free(signature); }
};
struct NumberFree {
    void operator()(BIGNUM *number) const noexcept { BN_free(number); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;
using Signature = std::unique_ptr<ECDSA_SIG, SignatureFree>;
using Number = std::unique_ptr<BIGNUM, NumberFree>;

const unsigned char *bytesOf(std::string_view text) noexcept
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

Number numberOf(std::string_view bytes)
{
    return Number(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

// OpenSSL wants ASN.1; r and s of another size than the curve's are no signature. Empty when it is none.
std::string derOf(std::string_view raw, std::size_t half)
{
    if (raw.size() != 2 * half)
        return {};
    const Signature signature(ECDSA_SIG_new());
    if (!signature || ECDSA_SIG_set0(signature.get(), numberOf(raw.substr(0, half)).release(),
                                     numberOf(raw.substr(half)).release()) != 1)
        return {};
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    std::string text;
    if (size > 0)
        text.assign(der, der + size);
    OPENSSL_free(der);
    return text;
}

std::string rawOf(std::string_view der, std::size_t half)
{
    const auto *at = bytesOf(der);
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    std::string raw(2 * half, '\0');
    auto *out = reinterpret_cast<unsigned char *>(raw.data());
    const auto size = static_cast<int>(half);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + half, size) != size)
        return {};
    return raw;
}

// PSS as RFC 7518 3.5 has it: MGF1 with the same hash, a salt of its size.
bool setPadding(EVP_PKEY_CTX *context, JwtAlgorithm algorithm)
{
    if (!isPss(algorithm))
        return true;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, digestOf(algorithm)) == 1;
}

Result<> checkRsa(const EVP_PKEY &key)
{
    BIGNUM *exponent = nullptr;
    EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_E, &exponent);
    const Number owned(exponent);
    const int bits = EVP_PKEY_get_bits(&key);
    if (bits < wire::kMinRsaBits || bits > wire::kMaxRsaBits)
        return wire::fail(Code::InvalidRequest, fmt::format("an RSA key has {} to {} bits, not {}", wire::kMinRsaBits,
                                                            wire::kMaxRsaBits, bits));
    const bool sound =
        exponent && BN_is_odd(exponent) && !BN_is_one(exponent) && BN_num_bits(exponent) <= wire::kMaxRsaExponentBits;
    if (!sound)
        return wire::fail(Code::InvalidRequest, "the exponent of the RSA key is none that is used");
    return {};
}

} // namespace

void EvpKeyFree::operator()(EVP_PKEY *key) const noexcept
{
    EVP_PKEY_free(key);
}

Result<JwtKey> JwtKey::fromSecret(std::string secret, JwtKeyUse use)
{
    if (secret.size() >= wire::kMinJwtSecretBytes && secret.size() <= wire::kMaxJwtSecretBytes)
        return JwtKey(JwtKeyKind::Secret, std::move(secret), nullptr, std::move(use));
    const auto size = secret.size();
    OPENSSL_cleanse(secret.data(), secret.size());
    return wire::fail(Code::InvalidRequest,
                      fmt::format("a JWT secret has {} to {} bytes, not {}; `openssl rand -hex 32` makes a good one",
                                  wire::kMinJwtSecretBytes, wire::kMaxJwtSecretBytes, size));
}

Result<JwtKey> JwtKey::fromEvp(JwtKeyKind kind, EvpKey key, JwtKeyUse use)
{
    if (kind == JwtKeyKind::Rsa) {
        if (auto checked = checkRsa(*key); !checked)
            return std::unexpected(std::move(checked.error()));
    }
    return JwtKey(kind, {}, std::move(key), std::move(use));
}

JwtKey::~JwtKey()
{
    OPENSSL_cleanse(m_secret.data(), m_secret.size());
}

bool JwtKey::suits(JwtAlgorithm algorithm) const noexcept
{
    if (!edge::suits(m_kind, algorithm) || (m_use.algorithm && *m_use.algorithm != algorithm))
        return false;
    return m_kind != JwtKeyKind::Secret ||
           m_secret.size() >= static_cast<std::size_t>(EVP_MD_get_size(digestOf(algorithm)));
}

std::string JwtKey::hmac(JwtAlgorithm algorithm, std::string_view text) const
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(digestOf(algorithm), m_secret.data(), static_cast<int>(m_secret.size()), bytesOf(text), text.size(),
         code.data(), &size);
    return {code.begin(), code.begin() + size};
}

bool JwtKey::verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const
{
    if (!suits(algorithm))
        return false;
    if (m_kind == JwtKeyKind::Secret) {
        const auto right = hmac(algorithm, text);
        return signature.size() == right.size() && CRYPTO_memcmp(signature.data(), right.data(), right.size()) == 0;
    }
    const auto half = coordinateBytes(m_kind);
    const auto der = half == 0 ? std::string(signature) : derOf(signature, half);
    const Context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr; // the context's
    return !der.empty() && context &&
           EVP_DigestVerifyInit(context.get(), &parameters, digestOf(algorithm), nullptr, m_key.get()) == 1 &&
           setPadding(parameters, algorithm) &&
           EVP_DigestVerify(context.get(), bytesOf(der), der.size(), bytesOf(text), text.size()) == 1;
}

Result<std::string> JwtKey::sign(JwtAlgorithm algorithm, std::string_view text) const
{
    const auto failure = wire::fail(Code::InvalidRequest, "this key cannot sign such a token");
    if (!suits(algorithm))
        return failure;
    if (m_kind == JwtKeyKind::Secret)
        return hmac(algorithm, text);
    const Context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *parameters = nullptr;
    std::size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), &parameters, digestOf(algorithm), nullptr, m_key.get()) != 1 ||
        !setPadding(parameters, algorithm) ||
        EVP_DigestSign(context.get(), nullptr, &size, bytesOf(text), text.size()) != 1)
        return failure;
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytesOf(text),
                       text.size()) != 1)
        return failure;
    signature.resize(size);
    const auto half = coordinateBytes(m_kind);
    return half == 0 ? signature : rawOf(signature, half);
}

} // namespace edge
