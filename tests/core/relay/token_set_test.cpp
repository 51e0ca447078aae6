#include "relay/token_set.h"
#include "support/temporary_folder.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

#include <string>

namespace {

using relay::TokenSet;
using testing::HasSubstr;
using testing::Not;

TEST(TokenSet, AcceptsTheTokensOfItsFile)
{
    const auto set = TokenSet::parse("# team\nalpha-token\n\n  beta.token \r\n#gamma\nlast", "tokens");
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_EQ(set->size(), 3U);
    EXPECT_FALSE(set->open());
    for (const char *token : {"alpha-token", "beta.token", "last"})
        EXPECT_TRUE(set->accept(token)) << token;
    for (const char *token : {"", "alpha", "alpha-token ", "Alpha-token", "alpha-tokenx", "#gamma", "gamma", "# team"})
        EXPECT_FALSE(set->accept(token)) << token;
}

TEST(TokenSet, TellsOwnersApart)
{
    const auto set = TokenSet::parse("one-token\ntwo-token\n", "tokens").value();
    EXPECT_EQ(set.accept("one-token"), set.accept("one-token"));
    EXPECT_NE(set.accept("one-token"), set.accept("two-token"));
    EXPECT_EQ(set.accept("one-token")->size(), 32U);
    EXPECT_THAT(*set.accept("one-token"), Not(HasSubstr("one")));
}

TEST(TokenSet, AnOpenSetAcceptsEverybody)
{
    const TokenSet set;
    EXPECT_TRUE(set.open());
    EXPECT_EQ(set.accept(""), "");
    ASSERT_TRUE(set.accept("anything"));
    EXPECT_EQ(set.accept("anything")->size(), 32U);
    EXPECT_NE(set.accept("anything"), set.accept("else"));
}

TEST(TokenSet, OwnerIsTheSha256OfTheToken)
{
    const std::string expected("\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
                               "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad",
                               32);
    EXPECT_EQ(TokenSet::parse("abc", "tokens")->accept("abc"), expected); // FIPS 180-2, B.1
}

TEST(TokenSet, RefusesAFileWithoutTokens)
{
    for (const char *text : {"", "\n\n", "# only\n  # comments\n"}) {
        const auto set = TokenSet::parse(text, "/etc/tokens");
        ASSERT_FALSE(set) << text;
        EXPECT_THAT(set.error().message, HasSubstr("/etc/tokens: holds no token"));
    }
}

TEST(TokenSet, RefusesWhatIsNoTokenWithoutQuotingIt)
{
    const std::string tooLong(wire::kMaxTokenBytes + 1, 'a');
    for (const std::string &line : {std::string("my secret"),
                                    std::string("s\xc3\xa9"
                                                "cret"),
                                    std::string("secret\x01"), tooLong}) {
        const auto set = TokenSet::parse("good-token\n" + line + "\n", "tokens");
        ASSERT_FALSE(set);
        EXPECT_EQ(set.error().message, "tokens:2: a token is one word of ASCII characters");
    }
}

TEST(TokenSet, LoadsAFile)
{
    const support::TemporaryFolder folder;
    const auto set = TokenSet::load(folder.write("tokens", "alpha-token\n"));
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_TRUE(set->accept("alpha-token"));
    const auto missing = TokenSet::load(folder.path() / "missing");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("missing"));
}

TEST(BearerToken, ReadsTheField)
{
    EXPECT_EQ(relay::bearerToken("Bearer abc"), "abc");
    EXPECT_EQ(relay::bearerToken("bearer   abc "), "abc");
    EXPECT_EQ(relay::bearerToken("BEARER a.b-c_d~e+f/g=="), "a.b-c_d~e+f/g==");
    for (const char *field :
         {"", "Bearer", "Bearer ", "Bearer  ", "Basic abc", "Bearerabc", "abc", "Bearer a b", "Bearer a\tb"})
        EXPECT_EQ(relay::bearerToken(field), "") << field;
}

TEST(TokenSet, KnowsTheOwnersOfItsTokens)
{
    const auto set = TokenSet::parse("alpha-token\nbeta-token\n", "f").value();
    const auto alpha = set.accept("alpha-token").value();
    EXPECT_TRUE(set.knowsOwner(alpha));
    EXPECT_FALSE(TokenSet::parse("beta-token", "f")->knowsOwner(alpha));
    EXPECT_FALSE(set.knowsOwner(""));
    EXPECT_FALSE(set.knowsOwner("alpha-token"));
}

} // namespace
