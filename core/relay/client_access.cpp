#include "relay/client_access.h"

#include "relay/text_file.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

namespace relay {

using wire::Code;

wire::Result<edge::JwtKey> loadJwtKey(const std::filesystem::path &file)
{
    // Two bytes more than a secret may have: its line break.
    auto secret = readTextFile(file, wire::kMaxJwtSecretBytes + 2);
    if (!secret)
        return std::unexpected(std::move(secret.error()));
    if (secret->ends_with('\n'))
        secret->pop_back();
    if (secret->ends_with('\r'))
        secret->pop_back();
    auto key = edge::JwtKey::fromSecret(*secret);
    OPENSSL_cleanse(secret->data(), secret->size());
    if (!key)
        return wire::fail(key.error().code, fmt::format("{}: {}", file.string(), key.error().message));
    return key;
}

wire::Result<ClientAccess> ClientAccess::load(const AuthConfig &config)
{
    ClientAccess access;
    if (!config.tokenFile.empty()) {
        auto tokens = TokenSet::load(config.tokenFile);
        if (!tokens)
            return std::unexpected(std::move(tokens.error()));
        access.m_tokens = std::move(*tokens);
    }
    if (!config.jwtSecretFile.empty()) {
        auto key = loadJwtKey(config.jwtSecretFile);
        if (!key)
            return std::unexpected(std::move(key.error()));
        access.m_key.emplace(std::move(*key));
    }
    return access;
}

wire::Result<std::string> ClientAccess::admit(std::string_view token, edge::JwtTime now) const
{
    if (open() || !m_tokens.open()) {
        if (auto owner = m_tokens.accept(token))
            return *std::move(owner);
    }
    if (token.empty())
        return wire::fail(Code::Unauthorized, "this relay asks for a token");
    if (!m_key || !edge::looksLikeJwt(token))
        return wire::fail(Code::Unauthorized, "this relay does not know the token");
    auto claims = m_key->verify(token, now);
    if (!claims)
        return std::unexpected(std::move(claims.error()));
    return "jwt:" + claims->subject;
}

} // namespace relay
