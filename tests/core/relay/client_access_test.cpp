#include "core/edge/jwt_samples.h"
#include "relay/audit_log.h"
#include "relay/client_access.h"
#include "relay/log.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>

#include <filesystem>
#include <sstream>
#include <string>

namespace {

using namespace std::chrono_literals;
using edge::JwtTime;
using relay::ClientAccess;
using testing::HasSubstr;
using testing::Not;

const std::string kSecret = "a secret of the tests, long enough for HS256";
constexpr JwtTime kNow{1'800'000'000s};

std::string tokenFor(const std::string &subject, JwtTime expires = kNow + 1h, const std::string &secret = kSecret)
{
    edge::JwtClaims claims{.subject = subject, .expires = expires};
    claims.issued = kNow;
    claims.id = "id of " + subject;
    return edge::signJwt(claims, edge::JwtKey::fromSecret(secret).value(), edge::JwtAlgorithm::HS256).value();
}

std::string jwksWith(const std::string &id)
{
    return nlohmann::json{{"keys", {edge::publicJwk(samples::drawnJwk(edge::JwtAlgorithm::EdDSA, id))}}}.dump();
}

std::string tokenOfKey(const std::string &id)
{
    const auto key = samples::signingKey(samples::drawnJwk(edge::JwtAlgorithm::EdDSA, id));
    return edge::signJwt({"alice"}, key, edge::JwtAlgorithm::EdDSA).value();
}

class ClientAccessTest : public testing::Test {
protected:
    ClientAccess load(std::string_view tokens, std::string_view secret)
    {
        relay::AuthConfig config;
        if (!tokens.empty())
            config.tokenFile = m_folder.write("tokens", tokens);
        if (!secret.empty())
            config.jwtSecretFile = m_folder.write("secret", secret);
        return load(config);
    }
    static ClientAccess load(const relay::AuthConfig &config)
    {
        auto access = ClientAccess::load(config);
        if (!access)
            throw std::runtime_error(access.error().message);
        return *std::move(access);
    }
    static relay::AuthConfig withJwks(const std::filesystem::path &file)
    {
        relay::AuthConfig config;
        config.jwksFile = file;
        return config;
    }
    // The owner, or why not.
    static std::string verdict(const ClientAccess &access, std::string_view token, JwtTime now = kNow)
    {
        const auto grant = access.admit(token, now);
        if (grant)
            return grant->identity;
        EXPECT_EQ(grant.error().code, wire::Code::Unauthorized);
        return grant.error().message;
    }
    void reload(ClientAccess &access) { access.reload(m_log, m_audit); }

    support::TemporaryFolder m_folder;
    std::ostringstream m_lines;
    relay::AuditLog m_audit; // off
    relay::Log m_log{relay::LogConfig{.level = relay::LogLevel::Info},
                     std::make_shared<spdlog::sinks::ostream_sink_mt>(m_lines)};
};

TEST_F(ClientAccessTest, WithoutFilesEverybodyMay)
{
    const auto access = load("", "");
    EXPECT_TRUE(access.open());
    EXPECT_TRUE(ClientAccess().open());
    EXPECT_EQ(verdict(access, ""), "");
    EXPECT_EQ(verdict(access, "any-token").size(), 32U);
    EXPECT_NE(verdict(access, "any-token"), verdict(access, "other-token"));
}

TEST_F(ClientAccessTest, ASecretAloneClosesTheRelay)
{
    const auto access = load("", kSecret);
    EXPECT_FALSE(access.open());
    EXPECT_EQ(verdict(access, ""), "this relay asks for a token");
    EXPECT_EQ(verdict(access, "any-token"), "this relay does not know the token");
    EXPECT_EQ(verdict(access, tokenFor("alice")), "jwt:alice");
}

TEST_F(ClientAccessTest, ARenewedTokenIsTheSameOwner)
{
    const auto access = load("", kSecret);
    const auto renewed = tokenFor("alice", kNow + 48h);
    ASSERT_NE(renewed, tokenFor("alice"));
    EXPECT_EQ(verdict(access, renewed), verdict(access, tokenFor("alice")));
    EXPECT_NE(verdict(access, renewed), verdict(access, tokenFor("bob")));
}

TEST_F(ClientAccessTest, EitherKindIsAccepted)
{
    const auto access = load("plain-token\ndotted.token.three\n", kSecret);
    EXPECT_EQ(verdict(access, "plain-token").size(), 32U);
    EXPECT_EQ(verdict(access, "dotted.token.three").size(), 32U);
    EXPECT_EQ(verdict(access, tokenFor("alice")), "jwt:alice");
    EXPECT_EQ(verdict(access, ""), "this relay asks for a token");
    EXPECT_EQ(verdict(access, "wrong"), "this relay does not know the token");
}

TEST_F(ClientAccessTest, ItSaysWhatIsWrongWithAToken)
{
    const auto access = load("", kSecret);
    EXPECT_THAT(verdict(access, tokenFor("alice"), kNow + 2h), HasSubstr("expired on 2027-01-15 09:00 UTC"));
    EXPECT_THAT(verdict(access, tokenFor("alice"), kNow - 1h), HasSubstr("not valid yet"));
    EXPECT_THAT(verdict(access, tokenFor("alice", kNow + 1h, kSecret + "x")), HasSubstr("does not know the token"));
    EXPECT_THAT(verdict(access, "a.b.c"), HasSubstr("well-formed"));
}

TEST_F(ClientAccessTest, WithoutASecretAJwtIsNoToken)
{
    EXPECT_THAT(verdict(load("plain-token", ""), tokenFor("alice")), HasSubstr("does not know the key"));
}

TEST_F(ClientAccessTest, OneLineBreakIsNoPartOfTheSecret)
{
    for (const std::string end : {"", "\n", "\r\n"})
        EXPECT_EQ(verdict(load("", kSecret + end), tokenFor("alice")), "jwt:alice");
    EXPECT_THAT(verdict(load("", kSecret + "\n\n"), tokenFor("alice")), HasSubstr("does not know"));
    EXPECT_EQ(verdict(load("", kSecret + " "), tokenFor("alice", kNow + 1h, kSecret + " ")), "jwt:alice");
}

TEST_F(ClientAccessTest, AFileThatIsWrongIsNamedAndNotQuoted)
{
    for (const std::string &text : {std::string("short-secret"), std::string(31, 's') + "\n",
                                    std::string(wire::kMaxJwtSecretBytes + 1, 's'), std::string(100'000, 's')}) {
        const auto key = relay::loadJwtSecrets(m_folder.write("secret", text));
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(key.error().message, HasSubstr((m_folder.path() / "secret").string()));
        EXPECT_THAT(key.error().message, Not(HasSubstr("short-secret")));
    }
    EXPECT_THAT(relay::loadJwtSecrets(m_folder.path() / "missing").error().message, HasSubstr("cannot be opened"));
    EXPECT_TRUE(relay::loadJwtSecrets(m_folder.write("longest", std::string(wire::kMaxJwtSecretBytes, 's') + "\r\n")));
    relay::AuthConfig config;
    for (auto *file : {&config.tokenFile, &config.jwtSecretFile, &config.jwksFile}) {
        *file = m_folder.path() / "missing";
        EXPECT_FALSE(ClientAccess::load(config));
        file->clear();
    }
}

TEST_F(ClientAccessTest, AGrantHoldsWhatTheTokenSays)
{
    const auto access = load("plain-token", kSecret);
    const auto grant = access.admit(tokenFor("alice"), kNow).value();
    ASSERT_TRUE(grant.claims);
    EXPECT_EQ(grant.claims->id, "id of alice");
    EXPECT_FALSE(access.admit("plain-token", kNow)->claims);
    EXPECT_EQ(relay::maxBodyBytes(grant.claims.get(), 100), 100U);
    edge::JwtClaims claims{.subject = "a"};
    claims.maxBodyBytes = 50;
    EXPECT_EQ(relay::maxBodyBytes(&claims, 100), 50U);
    EXPECT_EQ(relay::maxBodyBytes(&claims, 10), 10U);
    EXPECT_EQ(relay::maxBodyBytes(nullptr, 10), 10U);
}

TEST_F(ClientAccessTest, KeysOfASetAndTheirRules)
{
    auto config = withJwks(m_folder.write("jwks", jwksWith("a")));
    const auto access = load(config);
    EXPECT_FALSE(access.open());
    EXPECT_EQ(verdict(access, tokenOfKey("a")), "jwt:alice");
    EXPECT_THAT(verdict(access, tokenOfKey("b")), HasSubstr("does not know the key"));
    EXPECT_THAT(verdict(access, tokenFor("alice")), HasSubstr("does not know the key"));
    EXPECT_FALSE(access.missesKeyOf(tokenOfKey("a")));
    EXPECT_TRUE(access.missesKeyOf(tokenOfKey("b")));
    EXPECT_FALSE(access.missesKeyOf("no-jwt"));
    config.audiences = {"relay"};
    EXPECT_THAT(verdict(load(config), tokenOfKey("a")), HasSubstr("(aud)"));
    config = withJwks(config.jwksFile);
    config.issuer = "https://id.example.com";
    EXPECT_THAT(verdict(load(config), tokenOfKey("a")), HasSubstr("(iss)"));
}

TEST_F(ClientAccessTest, KeysFromElsewhereJoinThoseOfTheFiles)
{
    auto access = load(withJwks(m_folder.write("jwks", jwksWith("a"))));
    access.setFetchedKeys(edge::JwtKeys::parse(jwksWith("b"), edge::JwkMaterial::Public).value());
    EXPECT_EQ(verdict(access, tokenOfKey("a")), "jwt:alice");
    EXPECT_EQ(verdict(access, tokenOfKey("b")), "jwt:alice");
    access.setFetchedKeys(edge::JwtKeys::parse(jwksWith("c"), edge::JwkMaterial::Public).value());
    EXPECT_THAT(verdict(access, tokenOfKey("b")), HasSubstr("does not know the key"));
}

TEST_F(ClientAccessTest, SecretsMayBeASet)
{
    const auto secret = samples::drawnJwk(edge::JwtAlgorithm::HS256, "s");
    const auto set = nlohmann::json{{"keys", {secret, samples::drawnJwk(edge::JwtAlgorithm::EdDSA, "a")}}}.dump();
    const auto access = load("", set);
    const auto token = edge::signJwt({"bob"}, samples::signingKey(secret), edge::JwtAlgorithm::HS384).value();
    EXPECT_EQ(verdict(access, token), "jwt:bob");
    EXPECT_THAT(verdict(access, tokenOfKey("a")), HasSubstr("does not know the key"));
    ASSERT_EQ(access.warnings().size(), 1U);
    EXPECT_THAT(access.warnings()[0], HasSubstr("secret: key 2: it is no secret"));
}

TEST_F(ClientAccessTest, ChangedFilesAreReadAgain)
{
    const auto file = m_folder.write("jwks", jwksWith("a"));
    auto access = load(withJwks(file));
    reload(access);
    EXPECT_EQ(m_lines.str(), "");
    (void)m_folder.write("jwks", jwksWith("another"));
    reload(access);
    EXPECT_EQ(verdict(access, tokenOfKey("another")), "jwt:alice");
    EXPECT_THAT(verdict(access, tokenOfKey("a")), HasSubstr("does not know the key"));
    EXPECT_THAT(m_lines.str(), HasSubstr("auth_file_read"));
    (void)m_folder.write("jwks", "half a s");
    reload(access);
    EXPECT_EQ(verdict(access, tokenOfKey("another")), "jwt:alice") << "a broken file takes nothing away";
    EXPECT_THAT(m_lines.str(), HasSubstr("auth_file_kept"));
    const auto before = m_lines.str();
    reload(access);
    EXPECT_EQ(m_lines.str(), before) << "told once";
}

TEST_F(ClientAccessTest, AnEmbeddedRelayReadsItsFilesOnce)
{
    auto config = withJwks(m_folder.write("jwks", jwksWith("a")));
    config.reload = false; // its file is gone by now, and may be anybody's
    auto access = load(config);
    (void)m_folder.write("jwks", jwksWith("somebody else's"));
    reload(access);
    EXPECT_EQ(verdict(access, tokenOfKey("a")), "jwt:alice");
    EXPECT_THAT(verdict(access, tokenOfKey("somebody else's")), HasSubstr("does not know the key"));
}

TEST_F(ClientAccessTest, ATokenTakenOffTheListHoldsNoMore)
{
    auto access = load("one-token\ntwo-token\n", "");
    const auto grant = access.admit("two-token", kNow).value();
    EXPECT_TRUE(access.check(grant, kNow));
    (void)m_folder.write("tokens", "one-token\n");
    reload(access);
    EXPECT_THAT(access.check(grant, kNow).error().message, HasSubstr("any more"));
    EXPECT_THAT(verdict(access, "two-token"), HasSubstr("does not know the token"));
    EXPECT_TRUE(ClientAccess().check({}, kNow));
}

TEST_F(ClientAccessTest, AGrantEndsWithItsToken)
{
    const auto access = load("", kSecret);
    const auto grant = access.admit(tokenFor("alice"), kNow).value();
    EXPECT_TRUE(access.check(grant, kNow + 1h));
    EXPECT_TRUE(access.check(grant, kNow + 1h + wire::kJwtLeeway - 1s));
    EXPECT_THAT(access.check(grant, kNow + 1h + wire::kJwtLeeway).error().message, HasSubstr("expired"));
}

TEST_F(ClientAccessTest, ARevokedTokenIsRefusedWithoutARestart)
{
    relay::AuthConfig config;
    config.jwtSecretFile = m_folder.write("secret", kSecret);
    config.revocationFile = m_folder.path() / "revoked"; // not there yet
    auto access = load(config);
    const auto grant = access.admit(tokenFor("alice"), kNow).value();
    (void)m_folder.write("revoked", "jti 0 id of alice\n");
    reload(access);
    EXPECT_THAT(verdict(access, tokenFor("alice")), HasSubstr("revoked"));
    EXPECT_EQ(access.check(grant, kNow).error().code, wire::Code::Unauthorized);
    EXPECT_EQ(verdict(access, tokenFor("bob")), "jwt:bob");
    EXPECT_THAT(verdict(load(config), tokenFor("alice")), HasSubstr("revoked")) << "after a restart, too";
    std::filesystem::remove(config.revocationFile);
    reload(access);
    EXPECT_THAT(verdict(access, tokenFor("alice")), HasSubstr("revoked")) << "a list that is gone gives nothing back";
    (void)m_folder.write("revoked", "no list");
    EXPECT_FALSE(ClientAccess::load(config));
}

} // namespace
