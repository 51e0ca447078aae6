#include "edge/revocations.h"
#include "relay/client_access.h"
#include "relay/text_file.h"
#include "relay/token_command.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const std::string kSecret = "a secret of the tests, long enough for HS256";
constexpr edge::JwtTime kNow{1'800'000'000s};

class TokenCommandTest : public testing::Test {
protected:
    static wire::Result<app::TokenAnswer> run(const app::TokenCommand &command, const std::string &input = "",
                                              edge::JwtTime now = kNow)
    {
        std::istringstream stream(input);
        return app::runTokenCommand(command, stream, now);
    }
    static std::string textOf(const wire::Result<app::TokenAnswer> &answer)
    {
        return answer ? answer->text : answer.error().message;
    }
    std::string create(const edge::JwtClaims &claims) const
    {
        return textOf(run(app::TokenCreate{m_keyFile, claims, 12h}));
    }
    std::string create(const std::string &subject) const { return create(edge::JwtClaims{.subject = subject}); }
    static wire::Result<app::TokenAnswer> inspect(const std::string &input, const std::string &keyFile = "",
                                                  edge::JwtTime now = kNow)
    {
        return run(app::TokenInspect{keyFile, "", {}}, input, now);
    }
    std::string path(const char *name) const { return (m_folder.path() / name).string(); }
    std::string rotate(std::optional<edge::JwtAlgorithm> algorithm, edge::JwtTime now = kNow)
    {
        return textOf(run(app::KeysRotate{path("keys"), path("public"), algorithm, {}}, "", now));
    }
    // As the relay would say of it now.
    std::string verdict(const std::string &token, edge::JwtTime now = kNow) const
    {
        const auto keys = relay::loadJwks(path("public"));
        const auto claims = edge::verifyJwt(token.substr(0, token.find('\n')), keys.value(), {}, now);
        return claims ? claims->subject : claims.error().message;
    }

    support::TemporaryFolder m_folder;
    std::string m_keyFile = m_folder.write("secret", kSecret + "\n").string();
};

TEST_F(TokenCommandTest, ACreatedTokenIsAcceptedByItsSecret)
{
    auto token = create("alice");
    ASSERT_TRUE(token.ends_with('\n'));
    token.pop_back();
    const auto claims = edge::verifyJwt(token, edge::JwtKeys(edge::JwtKey::fromSecret(kSecret).value()), {}, kNow);
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(claims->subject, "alice");
    EXPECT_EQ(claims->issued, kNow);
    EXPECT_EQ(claims->expires, kNow + 12h);
    EXPECT_EQ(claims->id.size(), 36U);
    EXPECT_NE(create("alice"), token + "\n") << "each has its id";
}

TEST_F(TokenCommandTest, CreateSaysWhyItCannot)
{
    EXPECT_THAT(create(""), HasSubstr("subject"));
    m_keyFile = m_folder.write("short", "short").string();
    EXPECT_THAT(create("alice"), HasSubstr("short: a JWT secret has 32"));
    m_keyFile = (m_folder.path() / "missing").string();
    EXPECT_THAT(create("alice"), HasSubstr("missing"));
}

TEST_F(TokenCommandTest, InspectTellsAllThatItMay)
{
    edge::JwtClaims claims{.subject = "alice"};
    claims.issuer = "me";
    claims.audience = {"relay"};
    claims.tunnels = {"shop", "alice-*"};
    claims.maxTunnels = 2;
    claims.maxBodyBytes = 1000;
    claims.rate = 12.5;
    const auto answer = inspect("  " + create(claims), m_keyFile);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->accepted);
    EXPECT_THAT(answer->text, testing::MatchesRegex("owner       alice\n"
                                                    "id          [0-9a-f-]+\n"
                                                    "issuer      me\n"
                                                    "audience    relay\n"
                                                    "issued      2027-01-15 08:00 UTC\n"
                                                    "expires     2027-01-15 20:00 UTC\n"
                                                    "tunnels     shop, alice-\\*\n"
                                                    "at once     2\n"
                                                    "body bytes  1000\n"
                                                    "requests/s  12.5\n"
                                                    "verdict     accepted\n"));
    const auto foreign = run(app::TokenInspect{m_keyFile, "", {"", {"another"}}}, create(claims));
    EXPECT_THAT(foreign->text, HasSubstr("refused: the token is for another service"));
}

TEST_F(TokenCommandTest, InspectSaysWhatIsWrong)
{
    const auto token = create("alice");
    const auto late = inspect(token, m_keyFile, kNow + 13h);
    EXPECT_FALSE(late->accepted);
    EXPECT_THAT(late->text, HasSubstr("verdict     refused: the token expired on 2027-01-15 20:00 UTC"));
    const auto foreign = inspect(token, m_folder.write("other", kSecret + "x").string());
    EXPECT_FALSE(foreign->accepted);
    EXPECT_THAT(foreign->text, HasSubstr("another key"));
    EXPECT_FALSE(inspect(token, (m_folder.path() / "missing").string()));
}

TEST_F(TokenCommandTest, WithoutTheSecretTheSignatureStaysOpen)
{
    const auto answer = inspect(create("alice"));
    EXPECT_TRUE(answer->accepted);
    EXPECT_THAT(answer->text, HasSubstr("who signed it is checked with --keys or --jwks only"));
    EXPECT_FALSE(inspect(create("alice"), "", kNow + 13h)->accepted);
}

TEST_F(TokenCommandTest, WhatIsNoTokenIsRefusedAndNotRepeated)
{
    for (const std::string &input :
         {std::string(), std::string("\n"), std::string("secret-word"), std::string("\n") + create("alice"),
          std::string(wire::kMaxTokenBytes + 1, 'a') + create("alice")}) {
        const auto answer = inspect(input);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, wire::Code::Unauthorized);
        EXPECT_THAT(answer.error().message, HasSubstr("no well-formed JWT"));
        EXPECT_THAT(answer.error().message, Not(HasSubstr("secret-word")));
    }
}

// --- revoke ----------------------------------------------------------------------------------------------------------

TEST_F(TokenCommandTest, ARevokedTokenIsOnTheList)
{
    const auto listed = [&] {
        const auto text = relay::readTextFile(path("revoked"), 10'000).value();
        return edge::Revocations::parse(text, "f").value();
    };
    const auto claimsOf = [](const std::string &token) {
        return edge::readUnverifiedJwt(token.substr(0, token.find('\n'))).value();
    };
    const auto token = create("alice");
    const auto other = create("alice");
    EXPECT_EQ(textOf(run(app::TokenRevoke{path("revoked"), "", ""}, token)),
              "revoked: the token " + claimsOf(token).id + "\n");
    EXPECT_FALSE(listed().check(claimsOf(token)));
    EXPECT_TRUE(listed().check(claimsOf(other)));
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), claimsOf(other).id, ""})),
                HasSubstr("revoked: the token"));
    EXPECT_EQ(listed().size(), 2U);
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), "", "bob"})), HasSubstr("every token"));
    EXPECT_FALSE(listed().check(claimsOf(create("bob"))));
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), "", "carol"}, "", kNow + 24h)), HasSubstr("every token"));
    EXPECT_EQ(listed().size(), 3U) << "the first token has ended by itself; whoever was named by its id only stays";
}

TEST_F(TokenCommandTest, WhatCannotBeRevokedIsTold)
{
    const auto nameless =
        edge::signJwt({"alice"}, edge::JwtKey::fromSecret(kSecret).value(), edge::JwtAlgorithm::HS256);
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), "", ""}, *nameless)), HasSubstr("--sub"));
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), "", ""}, "no token")), HasSubstr("no well-formed JWT"));
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("revoked"), "a\nb", ""})), HasSubstr("list is full, or"));
    (void)m_folder.write("broken", "no list");
    EXPECT_THAT(textOf(run(app::TokenRevoke{path("broken"), "id", ""})), HasSubstr("broken:1"));
}

// --- keys rotate -----------------------------------------------------------------------------------------------------

TEST_F(TokenCommandTest, ARotatedKeyVerifiesUntilItsTokensHaveEnded)
{
    EXPECT_THAT(rotate({}), HasSubstr("new key: "));
    m_keyFile = path("keys");
    const auto old = create("alice"); // 12 hours
    EXPECT_EQ(verdict(old), "alice");
    EXPECT_THAT(rotate({}, kNow + 1h), HasSubstr("new key: "));
    const auto fresh = textOf(run(app::TokenCreate{m_keyFile, edge::JwtClaims{.subject = "bob"}, 24h}, "", kNow + 1h));
    EXPECT_EQ(verdict(fresh, kNow + 1h), "bob");
    EXPECT_EQ(verdict(old, kNow + 1h), "alice");
    EXPECT_EQ(verdict(old, kNow + 12h + wire::kJwtLeeway - 1s), "alice");
    EXPECT_THAT(verdict(old, kNow + 12h + wire::kJwtLeeway), HasSubstr("does not know the key"));
    EXPECT_THAT(rotate({}, kNow + 20h), HasSubstr("new key: "));
    EXPECT_EQ(relay::loadJwks(path("public"))->size(), 2U) << "the first one has gone";
    EXPECT_EQ(verdict(fresh, kNow + 20h), "bob");
}

TEST_F(TokenCommandTest, FilesOfKeysAreTheirOwnersAndThePublicOneHoldsNothingPrivate)
{
    using std::filesystem::perms;
    (void)rotate(edge::JwtAlgorithm::ES256);
    EXPECT_EQ(std::filesystem::status(path("keys")).permissions(), perms::owner_read | perms::owner_write);
    const auto open = nlohmann::json::parse(relay::readTextFile(path("public"), 100'000).value());
    EXPECT_FALSE(open["keys"][0].contains("d"));
    EXPECT_EQ(open["keys"][0]["alg"], "ES256");
    EXPECT_THAT(textOf(run(app::KeysRotate{path("others"), "", edge::JwtAlgorithm::ES256, {}})), HasSubstr("--public"));
    EXPECT_FALSE(std::filesystem::exists(path("others"))) << "nothing was made";
}

TEST_F(TokenCommandTest, ASecretRotatesToo)
{
    const auto before = create("alice");
    EXPECT_THAT(textOf(run(app::KeysRotate{m_keyFile, "", {}, {}})), HasSubstr("new key: "));
    const auto after = create("bob");
    const auto keys = relay::loadJwtSecrets(m_keyFile).value();
    const auto at = [&](const std::string &token, edge::JwtTime now) {
        return edge::verifyJwt(token.substr(0, token.find('\n')), keys, {}, now).has_value();
    };
    EXPECT_TRUE(at(before, kNow + 11h)) << "made with the bare secret, which has no id";
    EXPECT_TRUE(at(after, kNow + 11h));
    EXPECT_FALSE(at("x" + create("carol"), kNow));
    EXPECT_EQ(keys.size(), 2U);
}

TEST(ParseLife, TakesANumberAndAUnit)
{
    EXPECT_EQ(app::parseLife("90s"), 90s);
    EXPECT_EQ(app::parseLife("30m"), 30min);
    EXPECT_EQ(app::parseLife("12h"), 12h);
    EXPECT_EQ(app::parseLife("30d"), 30 * 24h);
    EXPECT_EQ(app::parseLife("3660d"), wire::kMaxJwtLife);
    for (const auto *text : {"", "d", "30", "0d", "-1d", "1.5h", "3661d", "99999999999999999999d", "1w", " 1d", "1d ",
                             "9223372036854775807d", "1D"}) {
        const auto life = app::parseLife(text);
        ASSERT_FALSE(life) << text;
        EXPECT_THAT(life.error().message, HasSubstr("12h or 30d, up to 3660 days"));
    }
}

} // namespace
