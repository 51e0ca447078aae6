#include "relay/token_command.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <sstream>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const std::string kSecret = "a secret of the tests, long enough for HS256";
constexpr edge::JwtTime kNow{1'800'000'000s};

class TokenCommandTest : public testing::Test {
protected:
    std::string create(const std::string &subject, std::chrono::seconds life = 12h) const
    {
        std::istringstream none;
        const auto answer = app::runTokenCommand(app::TokenCreate{m_secretFile, subject, life}, none, kNow);
        return answer ? answer->text : answer.error().message;
    }
    static wire::Result<app::TokenAnswer> inspect(const std::string &input, const std::string &secretFile = "",
                                                  edge::JwtTime now = kNow)
    {
        std::istringstream stream(input);
        return app::runTokenCommand(app::TokenInspect{secretFile}, stream, now);
    }

    support::TemporaryFolder m_folder;
    std::string m_secretFile = m_folder.write("secret", kSecret + "\n").string();
};

TEST_F(TokenCommandTest, ACreatedTokenIsAcceptedByItsSecret)
{
    auto token = create("alice");
    ASSERT_TRUE(token.ends_with('\n'));
    token.pop_back();
    const auto claims = edge::JwtKey::fromSecret(kSecret)->verify(token, kNow);
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(*claims, (edge::JwtClaims{"alice", kNow + 12h, {}, kNow}));
}

TEST_F(TokenCommandTest, CreateSaysWhyItCannot)
{
    EXPECT_THAT(create(""), HasSubstr("subject"));
    m_secretFile = m_folder.write("short", "short").string();
    EXPECT_THAT(create("alice"), HasSubstr("short: a JWT secret has 32"));
    m_secretFile = (m_folder.path() / "missing").string();
    EXPECT_THAT(create("alice"), HasSubstr("missing"));
}

TEST_F(TokenCommandTest, InspectTellsWhoseAndUntilWhen)
{
    const auto answer = inspect("  " + create("alice"), m_secretFile);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->accepted);
    EXPECT_EQ(answer->text, "owner       alice\n"
                            "issued      2027-01-15 08:00 UTC\n"
                            "expires     2027-01-15 20:00 UTC\n"
                            "verdict     accepted\n");
}

TEST_F(TokenCommandTest, InspectSaysWhatIsWrong)
{
    const auto token = create("alice");
    const auto late = inspect(token, m_secretFile, kNow + 13h);
    EXPECT_FALSE(late->accepted);
    EXPECT_THAT(late->text, HasSubstr("verdict     refused: the token expired on 2027-01-15 20:00 UTC"));
    const auto foreign = inspect(token, m_folder.write("other", kSecret + "x").string());
    EXPECT_FALSE(foreign->accepted);
    EXPECT_THAT(foreign->text, HasSubstr("another secret"));
    EXPECT_FALSE(inspect(token, (m_folder.path() / "missing").string()));
}

TEST_F(TokenCommandTest, WithoutTheSecretTheSignatureStaysOpen)
{
    const auto answer = inspect(create("alice"));
    EXPECT_TRUE(answer->accepted);
    EXPECT_THAT(answer->text, HasSubstr("who signed it is checked with --jwt-secret-file only"));
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
