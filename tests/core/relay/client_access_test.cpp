#include "relay/client_access.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

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
    return edge::JwtKey::fromSecret(secret)->sign({subject, expires, {}, kNow}).value();
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
        auto access = ClientAccess::load(config);
        if (!access)
            throw std::runtime_error(access.error().message);
        return *std::move(access);
    }
    // The owner, or why not.
    static std::string verdict(const ClientAccess &access, std::string_view token, JwtTime now = kNow)
    {
        const auto owner = access.admit(token, now);
        if (owner)
            return *owner;
        EXPECT_EQ(owner.error().code, wire::Code::Unauthorized);
        return owner.error().message;
    }

    support::TemporaryFolder m_folder;
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
    EXPECT_EQ(verdict(load("plain-token", ""), tokenFor("alice")), "this relay does not know the token");
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
        const auto key = relay::loadJwtKey(m_folder.write("secret", text));
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(key.error().message, HasSubstr((m_folder.path() / "secret").string()));
        EXPECT_THAT(key.error().message, Not(HasSubstr("short-secret")));
    }
    EXPECT_THAT(relay::loadJwtKey(m_folder.path() / "missing").error().message, HasSubstr("cannot be opened"));
    EXPECT_TRUE(relay::loadJwtKey(m_folder.write("longest", std::string(wire::kMaxJwtSecretBytes, 's') + "\r\n")));
    EXPECT_FALSE(ClientAccess::load({.tokenFile = m_folder.path() / "missing", .jwtSecretFile = {}}));
    EXPECT_FALSE(ClientAccess::load({.tokenFile = {}, .jwtSecretFile = m_folder.path() / "missing"}));
}

} // namespace
