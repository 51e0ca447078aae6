#include "edge/jwt_keys.h"

#include "wire/json_reader.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace edge {

namespace {

using wire::Code;
using wire::Result;

bool couldBe(const JwtKey &key, const JwtHeader &header) noexcept
{
    const auto &id = key.use().id;
    return key.suits(header.algorithm) && (id.empty() || header.keyId.empty() || id == header.keyId);
}

bool ended(const JwtKey &key, JwtTime now) noexcept
{
    return key.use().ends && now >= *key.use().ends;
}

} // namespace

Result<JwtKeys> JwtKeys::parse(std::string_view jwks, JwkMaterial material)
{
    const auto document = jwks.size() <= wire::kMaxJwksBytes ? wire::parseJsonObject(jwks)
                                                             : wire::fail(Code::InvalidRequest, "too large");
    const auto list = document ? document->find("keys") : nlohmann::json::const_iterator();
    if (!document || list == document->end() || !list->is_array() || list->size() > wire::kMaxJwks)
        return wire::fail(Code::InvalidRequest,
                          fmt::format("is no JSON Web Key Set of up to {} keys (RFC 7517)", wire::kMaxJwks));
    JwtKeys keys;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto key = readJwk((*list)[i], material);
        if (key)
            keys.add(std::move(*key));
        else
            keys.m_skipped.push_back(fmt::format("key {}: {}", i + 1, key.error().message));
    }
    if (keys.empty() && !keys.m_skipped.empty())
        return wire::fail(Code::InvalidRequest, "holds no key that can be used; " + keys.m_skipped.front());
    if (keys.empty())
        return wire::fail(Code::InvalidRequest, "holds no key");
    return keys;
}

void JwtKeys::add(const JwtKeys &more)
{
    m_keys.insert(m_keys.end(), more.m_keys.begin(), more.m_keys.end());
}

bool JwtKeys::knows(const JwtHeader &header) const noexcept
{
    return std::ranges::any_of(m_keys, [&](const auto &key) { return couldBe(*key, header); });
}

Result<std::shared_ptr<const JwtKey>> JwtKeys::choose(const JwtHeader &header, JwtTime now) const
{
    std::shared_ptr<const JwtKey> chosen;
    bool exact = false; // a key of this very id, or without one for a token without one, goes before the others
    std::size_t rivals = 0;
    for (const auto &key : m_keys) {
        if (!couldBe(*key, header) || ended(*key, now))
            continue;
        const bool named = key->use().id == header.keyId;
        if (named == exact)
            ++rivals;
        if (!chosen || (named && !exact)) {
            chosen = key;
            rivals = 1;
            exact = named;
        }
    }
    if (!chosen)
        return wire::fail(Code::Unauthorized, "this relay does not know the key that signed the token");
    if (rivals > 1)
        return wire::fail(Code::Unauthorized, "the token does not say which of this relay's keys signed it (kid)");
    return chosen;
}

} // namespace edge
