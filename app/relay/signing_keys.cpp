#include "relay/signing_keys.h"

#include "edge/jwk_draw.h"
#include "relay/text_file.h"
#include "wire/base64.h"
#include "wire/ids.h"
#include "wire/json_reader.h"
#include "wire/limits.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>

namespace app {

namespace {

using nlohmann::json;
using wire::Code;
using wire::Result;

constexpr const char *kTokensUntil = "tokens_until";

std::optional<edge::JwtTime> timeOf(const json &key, const char *member)
{
    return key.contains(member) ? edge::numericDate(key[member]) : std::nullopt;
}

void putTime(json &key, const char *member, edge::JwtTime time)
{
    key[member] = time.time_since_epoch().count();
}

edge::JwtAlgorithm algorithmOf(const json &key)
{
    return edge::jwtAlgorithmOf(key.value("alg", "")).value_or(edge::JwtAlgorithm::HS256);
}

// When a key that signs no more has verified the last of its tokens.
edge::JwtTime endOf(const json &key, std::optional<std::chrono::seconds> keep, edge::JwtTime now)
{
    const auto last = timeOf(key, kTokensUntil);
    if (keep || !last)
        return now + keep.value_or(wire::kDefaultJwtLife) + wire::kJwtLeeway;
    return std::max(*last, now) + wire::kJwtLeeway;
}

} // namespace

wire::Error SigningKeys::wrong(std::string_view why) const
{
    return {Code::InvalidRequest, fmt::format("{}: {}", m_file.string(), why)};
}

Result<> SigningKeys::parse(std::string &text)
{
    if (text.starts_with('{')) {
        auto document = wire::parseJsonObject(text);
        if (!document || !document->contains("keys") || !(*document)["keys"].is_array() ||
            (*document)["keys"].empty() || (*document)["keys"].size() > wire::kMaxJwks)
            return std::unexpected(wrong("is no JSON Web Key Set with a key"));
        m_keys = std::move((*document)["keys"]);
        for (const auto &key : m_keys) {
            if (const auto read = edge::readJwk(key, edge::JwkMaterial::Signing); !read)
                return std::unexpected(wrong("holds a key that cannot sign: " + read.error().message));
        }
        return {};
    }
    if (text.ends_with('\n'))
        text.pop_back();
    if (text.ends_with('\r'))
        text.pop_back();
    if (const auto key = edge::JwtKey::fromSecret(text); !key)
        return std::unexpected(wrong(key.error().message));
    m_bare = true;
    m_keys.push_back({{"kty", "oct"}, {"k", wire::encodeBase64Url(text)}});
    return {};
}

Result<SigningKeys> SigningKeys::load(std::filesystem::path file)
{
    SigningKeys keys(std::move(file));
    auto text = relay::readTextFile(keys.m_file, wire::kMaxJwksBytes);
    if (!text)
        return std::unexpected(std::move(text.error()));
    auto parsed = keys.parse(*text);
    OPENSSL_cleanse(text->data(), text->size());
    if (!parsed)
        return std::unexpected(std::move(parsed.error()));
    return keys;
}

Result<SigningKeys> SigningKeys::loadIfThere(std::filesystem::path file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? load(std::move(file)) : SigningKeys(std::move(file));
}

Result<std::string> SigningKeys::sign(const edge::JwtClaims &claims)
{
    auto &newest = m_keys.back();
    const auto key = edge::readJwk(newest, edge::JwkMaterial::Signing);
    if (!key)
        return std::unexpected(key.error());
    auto token = edge::signJwt(claims, *key, algorithmOf(newest));
    const auto last = timeOf(newest, kTokensUntil);
    if (!token || m_bare || !claims.expires || (last && *last >= *claims.expires))
        return token;
    putTime(newest, kTokensUntil, *claims.expires);
    if (auto saved = save(); !saved)
        return std::unexpected(std::move(saved.error()));
    return token;
}

Result<edge::JwtKeys> SigningKeys::verifiers() const
{
    edge::JwtKeys keys;
    for (const auto &one : m_keys) {
        const auto open = edge::publicJwk(one);
        auto key = open.is_null() ? edge::readJwk(one, edge::JwkMaterial::Secret)
                                  : edge::readJwk(open, edge::JwkMaterial::Public);
        if (!key)
            return std::unexpected(wrong(key.error().message));
        keys.add(std::move(*key));
    }
    return keys;
}

Result<std::string> SigningKeys::rotate(std::optional<edge::JwtAlgorithm> algorithm,
                                        std::optional<std::chrono::seconds> keep, edge::JwtTime now)
{
    const auto former = empty() ? edge::JwtAlgorithm::EdDSA : algorithmOf(m_keys.back());
    auto id = wire::drawSessionId();
    auto key = edge::drawJwk(algorithm.value_or(former), id);
    if (!key)
        return std::unexpected(std::move(key.error()));
    json kept = json::array();
    for (auto &old : m_keys) {
        if (!old.contains("exp"))
            putTime(old, "exp", endOf(old, keep, now));
        if (timeOf(old, "exp") > now)
            kept.push_back(old);
    }
    kept.push_back(std::move(*key));
    if (kept.size() > wire::kMaxJwks)
        return std::unexpected(wrong("holds as many keys as a set may; older ones have not ended yet"));
    m_keys = std::move(kept);
    m_bare = false;
    return id;
}

Result<> SigningKeys::save() const
{
    auto text = json{{"keys", m_keys}}.dump(2) + "\n";
    auto written = relay::writePrivateFile(m_file, text);
    OPENSSL_cleanse(text.data(), text.size());
    return written;
}

std::string SigningKeys::publicText() const
{
    json open = json::array();
    for (const auto &key : m_keys) {
        if (auto one = edge::publicJwk(key); !one.is_null()) {
            one.erase(kTokensUntil);
            open.push_back(std::move(one));
        }
    }
    return json{{"keys", std::move(open)}}.dump(2) + "\n";
}

bool SigningKeys::hasPublic() const
{
    return std::ranges::any_of(m_keys, [](const json &key) { return !edge::publicJwk(key).is_null(); });
}

} // namespace app
