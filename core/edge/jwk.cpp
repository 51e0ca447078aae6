#include "edge/jwk.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace edge {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

constexpr std::array<const char *, 8> kPrivateMembers{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};

struct NumberFree {
    void operator()(BIGNUM *number) const noexcept { BN_clear_free(number); }
};
struct BuilderFree {
    void operator()(OSSL_PARAM_BLD *builder) const noexcept { OSSL_PARAM_BLD_free(builder); }
};
struct ParametersFree {
    void operator()(OSSL_PARAM *parameters) const noexcept { OSSL_PARAM_free(parameters); }
};
struct ContextFree {
    void operator()(EVP_PKEY_CTX *context) const noexcept { EVP_PKEY_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, NumberFree>;
using Context = std::unique_ptr<EVP_PKEY_CTX, ContextFree>;

std::unexpected<wire::Error> refuse(std::string why)
{
    return wire::fail(Code::InvalidRequest, std::move(why));
}

struct Curve {
    const char *name; // `crv`
    const char *group; // OpenSSL's name of it
    JwtKeyKind kind;
};
constexpr std::array<Curve, 3> kCurves{{{"P-256", "prime256v1", JwtKeyKind::P256},
                                        {"P-384", "secp384r1", JwtKeyKind::P384},
                                        {"P-521", "secp521r1", JwtKeyKind::P521}}};

std::optional<std::string_view> textMember(const json &jwk, const char *name)
{
    const auto found = jwk.find(name);
    return found != jwk.end() && found->is_string()
               ? std::optional<std::string_view>(found->get_ref<const std::string &>())
               : std::nullopt;
}

// base64url, not empty.
std::optional<std::string> bytesMember(const json &jwk, const char *name)
{
    const auto text = textMember(jwk, name);
    auto bytes = text ? wire::decodeBase64Url(*text) : std::unexpected(wire::Error{});
    return bytes && !bytes->empty() ? std::optional(*std::move(bytes)) : std::nullopt;
}

// Gathers the numbers of a key and makes it.
class KeyMaker {
public:
    bool number(const json &jwk, const char *member, const char *parameter)
    {
        const auto bytes = bytesMember(jwk, member);
        if (!bytes || bytes->size() > static_cast<std::size_t>(wire::kMaxRsaBits) / 8)
            return false;
        m_numbers.emplace_back(BN_secure_new());
        auto *number = m_numbers.back().get();
        return BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes->data()), static_cast<int>(bytes->size()),
                         number) != nullptr &&
               OSSL_PARAM_BLD_push_BN(m_builder.get(), parameter, number) == 1;
    }
    void group(const char *name)
    {
        OSSL_PARAM_BLD_push_utf8_string(m_builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, name, 0);
    }
    void point(std::string octets)
    {
        m_point = std::move(octets);
        OSSL_PARAM_BLD_push_octet_string(m_builder.get(), OSSL_PKEY_PARAM_PUB_KEY, m_point.data(), m_point.size());
    }
    EvpKey make(const char *type, int selection)
    {
        const std::unique_ptr<OSSL_PARAM, ParametersFree> parameters(OSSL_PARAM_BLD_to_param(m_builder.get()));
        const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
        EVP_PKEY *key = nullptr;
        if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
            EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get());
        return EvpKey(key);
    }

private:
    std::unique_ptr<OSSL_PARAM_BLD, BuilderFree> m_builder{OSSL_PARAM_BLD_new()};
    std::vector<Number> m_numbers; // borrowed by the builder
    std::string m_point;
};

Result<JwtKey> readRsa(const json &jwk, bool withPrivate, JwtKeyUse use)
{
    constexpr std::array<std::pair<const char *, const char *>, 6> privateNumbers{
        {{"d", OSSL_PKEY_PARAM_RSA_D},
         {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
         {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
         {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
         {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
         {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}}};
    KeyMaker maker;
    bool whole = maker.number(jwk, "n", OSSL_PKEY_PARAM_RSA_N) && maker.number(jwk, "e", OSSL_PKEY_PARAM_RSA_E);
    for (const auto &[member, parameter] : privateNumbers)
        whole = whole && (!withPrivate || maker.number(jwk, member, parameter));
    auto key = whole ? maker.make("RSA", withPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY) : nullptr;
    return key ? JwtKey::fromEvp(JwtKeyKind::Rsa, std::move(key), std::move(use))
               : refuse("its numbers are no RSA key of up to 8192 bits");
}

Result<JwtKey> readEc(const json &jwk, bool withPrivate, JwtKeyUse use)
{
    const auto name = textMember(jwk, "crv");
    const auto *curve = std::ranges::find_if(kCurves, [&](const Curve &one) { return name == one.name; });
    if (curve == kCurves.end())
        return refuse("its curve (crv) is none of P-256, P-384 and P-521");
    const auto size = coordinateBytes(curve->kind);
    const auto x = bytesMember(jwk, "x");
    const auto y = bytesMember(jwk, "y");
    KeyMaker maker;
    maker.group(curve->group);
    bool whole = x && y && x->size() == size && y->size() == size;
    if (whole)
        maker.point("\x04" + *x + *y);
    whole = whole && (!withPrivate || maker.number(jwk, "d", OSSL_PKEY_PARAM_PRIV_KEY));
    auto key = whole ? maker.make("EC", withPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY) : nullptr;
    return key ? JwtKey::fromEvp(curve->kind, std::move(key), std::move(use))
               : refuse("its numbers are no point of the curve");
}

Result<JwtKey> readOkp(const json &jwk, bool withPrivate, JwtKeyUse use)
{
    const auto curve = textMember(jwk, "crv");
    const bool small = curve == "Ed25519";
    if (!small && curve != "Ed448")
        return refuse("its curve (crv) is none of Ed25519 and Ed448");
    const auto bytes = bytesMember(jwk, withPrivate ? "d" : "x");
    const int type = small ? EVP_PKEY_ED25519 : EVP_PKEY_ED448;
    EvpKey key;
    if (bytes) {
        const auto make = withPrivate ? EVP_PKEY_new_raw_private_key : EVP_PKEY_new_raw_public_key;
        key.reset(make(type, nullptr, reinterpret_cast<const unsigned char *>(bytes->data()), bytes->size()));
    }
    const auto kind = small ? JwtKeyKind::Ed25519 : JwtKeyKind::Ed448;
    return key ? JwtKey::fromEvp(kind, std::move(key), std::move(use)) : refuse("its bytes are no point of the curve");
}

Result<JwtKey> readOct(const json &jwk, JwtKeyUse use)
{
    auto secret = bytesMember(jwk, "k");
    return JwtKey::fromSecret(secret ? *std::move(secret) : std::string(), std::move(use));
}

bool listHas(const json &list, std::string_view word)
{
    return list.is_array() &&
           std::ranges::any_of(list, [word](const json &one) { return one.is_string() && one == word; });
}

Result<JwtKeyUse> readUse(const json &jwk, JwkMaterial material)
{
    const bool signs = material == JwkMaterial::Signing;
    JwtKeyUse use;
    if (const auto id = jwk.find("kid"); id != jwk.end()) {
        const auto text = textMember(jwk, "kid");
        if (!text || text->empty() || text->size() > wire::kMaxJwtTextBytes)
            return refuse("its kid is no text of 1 to 256 bytes");
        use.id = *text;
    }
    if (jwk.contains("use") && textMember(jwk, "use") != "sig")
        return refuse("it is for something else than signatures (use)");
    if (jwk.contains("key_ops") && !listHas(jwk["key_ops"], signs ? "sign" : "verify"))
        return refuse("it is for something else than signatures (key_ops)");
    if (jwk.contains("alg")) {
        use.algorithm = jwtAlgorithmOf(textMember(jwk, "alg").value_or(""));
        if (!use.algorithm)
            return refuse("its algorithm (alg) is none that is known here");
    }
    if (const auto end = jwk.find("exp"); end != jwk.end()) {
        use.ends = numericDate(*end);
        if (!use.ends)
            return refuse("its exp is no time");
    }
    return use;
}

Result<JwtKey> readByType(const json &jwk, JwkMaterial material, JwtKeyUse use)
{
    const auto type = textMember(jwk, "kty");
    if (type == "oct")
        return readOct(jwk, std::move(use));
    if (material == JwkMaterial::Secret)
        return refuse("it is no secret (kty oct)");
    const bool withPrivate = material == JwkMaterial::Signing;
    if (type == "RSA")
        return readRsa(jwk, withPrivate, std::move(use));
    if (type == "EC")
        return readEc(jwk, withPrivate, std::move(use));
    if (type == "OKP")
        return readOkp(jwk, withPrivate, std::move(use));
    return refuse("its type (kty) is none of RSA, EC, OKP and oct");
}

} // namespace

Result<JwtKey> readJwk(const json &jwk, JwkMaterial material)
{
    if (!jwk.is_object())
        return refuse("it is no JSON object");
    const bool hasPrivate =
        std::ranges::any_of(kPrivateMembers, [&](const char *member) { return jwk.contains(member); });
    if (material == JwkMaterial::Public && hasPrivate)
        return refuse("its private part or secret stands in a public set; make a new key");
    auto use = readUse(jwk, material);
    if (!use)
        return std::unexpected(std::move(use.error()));
    const auto algorithm = use->algorithm;
    auto key = readByType(jwk, material, std::move(*use));
    if (key && algorithm && !key->suits(*algorithm))
        return refuse("its algorithm (alg) is one of other keys");
    return key;
}

json publicJwk(const json &jwk)
{
    if (!jwk.is_object() || textMember(jwk, "kty") == "oct")
        return nullptr;
    json open = jwk;
    for (const auto *member : kPrivateMembers)
        open.erase(member);
    return open;
}

} // namespace edge
