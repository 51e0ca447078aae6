#include "relay/client_access.h"

#include "relay/audit_log.h"
#include "relay/log.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <array>

namespace relay {

using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kJwtOwner = "jwt:"; // before the subject: no digest of a file's token begins so by chance

Result<edge::JwtKeys> parseSecrets(std::string &text)
{
    if (text.starts_with('{'))
        return edge::JwtKeys::parse(text, edge::JwkMaterial::Secret);
    if (text.ends_with('\n'))
        text.pop_back();
    if (text.ends_with('\r'))
        text.pop_back();
    auto key = edge::JwtKey::fromSecret(text);
    if (!key)
        return std::unexpected(std::move(key.error()));
    return edge::JwtKeys(std::move(*key));
}

std::unexpected<wire::Error> ofFile(const std::filesystem::path &file, const wire::Error &error)
{
    return wire::fail(error.code, fmt::format("{}: {}", file.string(), error.message));
}

} // namespace

Result<edge::JwtKeys> loadJwtSecrets(const std::filesystem::path &file)
{
    auto text = readTextFile(file, wire::kMaxJwksBytes);
    if (!text)
        return std::unexpected(std::move(text.error()));
    auto keys = parseSecrets(*text);
    OPENSSL_cleanse(text->data(), text->size());
    return keys ? std::move(keys) : ofFile(file, keys.error());
}

Result<edge::JwtKeys> loadJwks(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, wire::kMaxJwksBytes);
    if (!text)
        return std::unexpected(text.error());
    auto keys = edge::JwtKeys::parse(*text, edge::JwkMaterial::Public);
    return keys ? std::move(keys) : ofFile(file, keys.error());
}

Result<ClientAccess> ClientAccess::load(const AuthConfig &config)
{
    ClientAccess access;
    access.m_open = !config.hasKeys();
    access.m_reload = config.reload;
    access.m_rules = {config.issuer, config.audiences};
    access.m_tokenFile = FileWatch(config.tokenFile);
    access.m_secretFile = FileWatch(config.jwtSecretFile);
    access.m_keyFile = FileWatch(config.jwksFile);
    access.m_revocationFile = FileWatch(config.revocationFile);
    for (const auto read : {&ClientAccess::readTokens, &ClientAccess::readSecrets, &ClientAccess::readKeySet}) {
        if (auto done = (access.*read)(); !done)
            return std::unexpected(std::move(done.error()));
    }
    std::error_code ignored; // a list that is not there yet is empty
    if (std::filesystem::exists(config.revocationFile, ignored)) {
        if (auto done = access.readRevocations(); !done)
            return std::unexpected(std::move(done.error()));
    }
    return access;
}

Result<> ClientAccess::readTokens()
{
    if (m_tokenFile.file().empty())
        return {};
    auto tokens = TokenSet::load(m_tokenFile.file());
    if (!tokens)
        return std::unexpected(std::move(tokens.error()));
    m_tokens = std::move(*tokens);
    return {};
}

Result<> ClientAccess::readSecrets()
{
    if (m_secretFile.file().empty())
        return {};
    auto keys = loadJwtSecrets(m_secretFile.file());
    if (!keys)
        return std::unexpected(std::move(keys.error()));
    warnOf(m_secretFile.file(), *keys);
    m_secrets = std::move(*keys);
    gatherKeys();
    return {};
}

Result<> ClientAccess::readKeySet()
{
    if (m_keyFile.file().empty())
        return {};
    auto keys = loadJwks(m_keyFile.file());
    if (!keys)
        return std::unexpected(std::move(keys.error()));
    warnOf(m_keyFile.file(), *keys);
    m_fileKeys = std::move(*keys);
    gatherKeys();
    return {};
}

Result<> ClientAccess::readRevocations()
{
    const auto &file = m_revocationFile.file();
    const auto text = readTextFile(file, wire::kMaxRevocationFileBytes);
    if (!text)
        return std::unexpected(text.error());
    auto list = edge::Revocations::parse(*text, file.string());
    if (!list)
        return std::unexpected(std::move(list.error()));
    m_revocations = std::move(*list);
    return {};
}

void ClientAccess::warnOf(const std::filesystem::path &file, const edge::JwtKeys &keys)
{
    for (const auto &skipped : keys.skipped())
        m_warnings.push_back(fmt::format("{}: {}", file.string(), skipped));
}

void ClientAccess::gatherKeys()
{
    m_keys = m_secrets;
    m_keys.add(m_fileKeys);
    m_keys.add(m_fetchedKeys);
}

void ClientAccess::setFetchedKeys(edge::JwtKeys keys)
{
    m_fetchedKeys = std::move(keys);
    gatherKeys();
}

void ClientAccess::reload(Log &log, AuditLog &audit)
{
    if (!m_reload)
        return;
    using Read = Result<> (ClientAccess::*)();
    const std::array<std::pair<FileWatch *, Read>, 4> files{{{&m_tokenFile, &ClientAccess::readTokens},
                                                             {&m_secretFile, &ClientAccess::readSecrets},
                                                             {&m_keyFile, &ClientAccess::readKeySet},
                                                             {&m_revocationFile, &ClientAccess::readRevocations}}};
    for (const auto &[watch, read] : files) {
        if (!watch->changed())
            continue;
        m_warnings.clear();
        const auto done = (this->*read)();
        audit.record({.event = done ? AuditEvent::KeysRead : AuditEvent::KeysKept,
                      .reason = done ? std::string_view() : std::string_view(done.error().message),
                      .file = watch->file().native()});
        if (done)
            log.info("auth_file_read", {{"file", watch->file().string()}});
        else
            log.error("auth_file_kept", {{"file", watch->file().string()}, {"reason", done.error().message}});
        for (const auto &warning : m_warnings)
            log.warn("jwks_key_skipped", {{"reason", warning}});
    }
}

Result<Grant> ClientAccess::admit(std::string_view token, edge::JwtTime now) const
{
    if (m_open || !m_tokens.open()) {
        if (auto owner = m_tokens.accept(token))
            return Grant{*std::move(owner), nullptr};
    }
    if (token.empty())
        return wire::fail(Code::Unauthorized, "this relay asks for a token");
    if (!edge::looksLikeJwt(token))
        return wire::fail(Code::Unauthorized, "this relay does not know the token");
    auto claims = edge::verifyJwt(token, m_keys, m_rules, now);
    if (!claims)
        return std::unexpected(std::move(claims.error()));
    if (auto checked = m_revocations.check(*claims); !checked)
        return std::unexpected(std::move(checked.error()));
    auto identity = std::string(kJwtOwner) + claims->subject;
    return Grant{std::move(identity), std::make_shared<const edge::JwtClaims>(std::move(*claims))};
}

Result<> ClientAccess::check(const Grant &grant, edge::JwtTime now) const
{
    if (grant.claims) {
        auto checked = checkJwtTimes(*grant.claims, now);
        return checked ? m_revocations.check(*grant.claims) : checked;
    }
    if (grant.identity.empty() || m_tokens.open() || m_tokens.knowsOwner(grant.identity))
        return {};
    return wire::fail(Code::Unauthorized, "this relay does not know the token any more");
}

bool ClientAccess::missesKeyOf(std::string_view token) const
{
    const auto header = edge::readJwtHeader(token);
    return header && !m_keys.knows(*header);
}

} // namespace relay
