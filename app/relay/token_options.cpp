#include "relay/token_options.h"

#include <CLI/CLI.hpp>

namespace app {

using wire::Code;
using wire::Result;

void TokenOptions::declareCreate(CLI::App &token)
{
    m_create = token.add_subcommand("create", "print a token for somebody");
    m_create->add_option("--keys,--jwt-secret-file", m_creating.keyFile, "the secret, or the keys of `keys rotate`")
        ->required();
    auto &claims = m_creating.claims;
    m_create->add_option("--sub", claims.subject, "whose it is: names belong to their owner")->required();
    m_create->add_option("--expires", m_life, "after how long: 12h, 30d (the default)");
    m_create->add_option("--tunnels", m_tunnels, "names it may open: shop,alice-* (without: any)")->delimiter(',');
    m_create->add_option("--max-tunnels", claims.maxTunnels, "so many at once");
    m_create->add_option("--max-body-bytes", claims.maxBodyBytes, "of one request");
    m_create->add_option("--rate", claims.rate, "requests a second");
    m_create->add_option("--audience", claims.audience, "what the relay has under audiences")->delimiter(',');
    m_create->add_option("--issuer", claims.issuer, "what the relay has under issuer");
}

void TokenOptions::declareInspect(CLI::App &token)
{
    m_inspect = token.add_subcommand("inspect", "read a token from the standard input and say what it is worth");
    auto *keys = m_inspect->add_option("--keys,--jwt-secret-file", m_inspecting.keyFile, "check the signature, too");
    m_inspect->add_option("--jwks", m_inspecting.jwksFile, "the same with a set of public keys")->excludes(keys);
    m_inspect->add_option("--audience", m_inspecting.rules.audiences, "what it should be for")->delimiter(',');
    m_inspect->add_option("--issuer", m_inspecting.rules.issuer, "whom it should be from");
}

void TokenOptions::declareRevoke(CLI::App &token)
{
    m_revoke = token.add_subcommand("revoke", "refuse a token from now on; it is read from the standard input");
    m_revoke->add_option("--revocation-file", m_revoking.revocationFile, "the relay's list")->required();
    auto *id = m_revoke->add_option("--jti", m_revoking.tokenId, "instead: the token of this id");
    m_revoke->add_option("--sub", m_revoking.subject, "instead: every token issued to this owner so far")->excludes(id);
}

void TokenOptions::declareRotate(CLI::App &keys)
{
    m_rotate = keys.add_subcommand("rotate", "make a new key; the former one verifies until its tokens have ended");
    m_rotate->add_option("--keys", m_rotating.keyFile, "the file of the keys that sign; made when missing")->required();
    m_rotate->add_option("--public", m_rotating.publicFile, "where the public keys go: the relay's jwks_file");
    m_rotate->add_option("--algorithm", m_algorithm, "EdDSA (the default), ES256, RS256, PS256, HS256, …");
    m_rotate->add_option("--keep", m_keep, "how long the former key verifies: 30d");
}

void TokenOptions::declare(CLI::App &app)
{
    auto *token = app.add_subcommand("token", "make, read and revoke the JWTs of tunnel clients");
    token->require_subcommand(1);
    declareCreate(*token);
    declareInspect(*token);
    declareRevoke(*token);
    auto *keys = app.add_subcommand("keys", "the keys that sign them");
    keys->require_subcommand(1);
    declareRotate(*keys);
}

Result<TokenCommand> TokenOptions::createCommand()
{
    if (!m_tunnels.empty())
        m_creating.claims.tunnels = m_tunnels;
    if (m_life.empty())
        return m_creating;
    const auto life = parseLife(m_life);
    if (!life)
        return std::unexpected(life.error());
    m_creating.life = *life;
    return m_creating;
}

Result<TokenCommand> TokenOptions::rotateCommand()
{
    if (!m_algorithm.empty()) {
        m_rotating.algorithm = edge::jwtAlgorithmOf(m_algorithm);
        if (!m_rotating.algorithm)
            return wire::fail(Code::InvalidRequest,
                              "--algorithm takes EdDSA, Ed448, ES256, ES384, ES512, RS256, RS384, "
                              "RS512, PS256, PS384, PS512, HS256, HS384 or HS512");
    }
    if (!m_keep.empty()) {
        const auto keep = parseLife(m_keep);
        if (!keep)
            return std::unexpected(keep.error());
        m_rotating.keep = *keep;
    }
    return m_rotating;
}

Result<std::optional<TokenCommand>> TokenOptions::command()
{
    if (m_create->parsed())
        return createCommand();
    if (m_rotate->parsed())
        return rotateCommand();
    if (m_inspect->parsed())
        return m_inspecting;
    if (m_revoke->parsed())
        return m_revoking;
    return std::nullopt;
}

} // namespace app
