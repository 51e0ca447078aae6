#include "edge/revocations.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using edge::JwtClaims;
using edge::JwtTime;
using edge::Revocations;
using testing::HasSubstr;
using testing::Not;

constexpr JwtTime kNow{1'800'000'000s};

JwtClaims claimsOf(const std::string &subject, std::optional<JwtTime> issued, const std::string &id = "")
{
    JwtClaims claims{.subject = subject};
    claims.issued = issued;
    claims.id = id;
    return claims;
}

bool refused(const Revocations &list, const JwtClaims &claims)
{
    const auto checked = list.check(claims);
    EXPECT_TRUE(checked || checked.error().code == wire::Code::Unauthorized);
    return !checked;
}

TEST(Revocations, OfATokenAndOfASubject)
{
    const auto list = Revocations::parse("# a list\n\njti 0 one two\r\nsub 1800000000 alice of there\n", "f").value();
    EXPECT_EQ(list.size(), 2U);
    EXPECT_TRUE(refused(list, claimsOf("bob", kNow, "one two")));
    EXPECT_FALSE(refused(list, claimsOf("bob", kNow, "one")));
    EXPECT_FALSE(refused(list, claimsOf("bob", kNow)));
    EXPECT_TRUE(refused(list, claimsOf("alice of there", kNow - 1s)));
    EXPECT_TRUE(refused(list, claimsOf("alice of there", std::nullopt))) << "who knows when";
    EXPECT_FALSE(refused(list, claimsOf("alice of there", kNow)));
    EXPECT_FALSE(refused(Revocations(), claimsOf("alice", {}, "x")));
}

TEST(Revocations, SayWhichLineIsWrong)
{
    for (const auto *line : {"jti", "jti 0", "jti 0 ", "jti x id", "jti -1 id", "jti 99999999999999 id", "JTI 0 id",
                             "id 0 x", "jti 0 a\x01", " jti 0 id", "sub 0 a\x7f"}) {
        const auto list = Revocations::parse(std::string("# one\n") + line + "\n", "file");
        ASSERT_FALSE(list) << line;
        EXPECT_EQ(list.error().code, wire::Code::InvalidRequest);
        EXPECT_THAT(list.error().message, HasSubstr("file:2: is no `jti ENDS ID`"));
    }
    EXPECT_THAT(Revocations::parse("secret-word", "f").error().message, Not(HasSubstr("secret-word")));
    EXPECT_FALSE(Revocations::parse("jti 0 " + std::string(wire::kMaxJwtTextBytes + 1, 'a'), "f"));
}

TEST(Revocations, WhatIsWrittenIsReadAgain)
{
    Revocations list;
    EXPECT_TRUE(list.addToken("an id", kNow));
    EXPECT_TRUE(list.addSubject("alice", kNow));
    EXPECT_TRUE(list.addSubject("alice", kNow - 1h)) << "the later time counts";
    EXPECT_FALSE(list.addToken("two\nlines", kNow));
    EXPECT_FALSE(list.addToken("", kNow));
    const auto again = Revocations::parse(list.text(), "f").value();
    EXPECT_EQ(again.text(), list.text());
    EXPECT_THAT(list.text(), HasSubstr("jti 1800000000 an id\nsub 1800000000 alice\n"));
}

TEST(Revocations, TokensThatHaveEndedAreForgotten)
{
    Revocations list;
    EXPECT_TRUE(list.addToken("ended", kNow - wire::kJwtLeeway));
    EXPECT_TRUE(list.addToken("in its leeway", kNow - wire::kJwtLeeway + 1s));
    EXPECT_TRUE(list.addToken("without an end", {}));
    EXPECT_TRUE(list.addSubject("alice", kNow - 1h));
    list.forgetEnded(kNow);
    EXPECT_EQ(list.size(), 3U);
    EXPECT_FALSE(refused(list, claimsOf("bob", {}, "ended")));
    EXPECT_TRUE(refused(list, claimsOf("bob", {}, "without an end")));
}

TEST(Revocations, TheListIsBounded)
{
    Revocations list;
    for (std::size_t i = 0; i < wire::kMaxRevocations; ++i)
        ASSERT_TRUE(list.addToken(std::to_string(i), kNow));
    EXPECT_FALSE(list.addToken("one more", kNow));
    EXPECT_FALSE(list.addSubject("alice", kNow));
    EXPECT_TRUE(list.addToken("7", kNow + 1h)) << "it is there";
    EXPECT_LT(list.text().size(), wire::kMaxRevocationFileBytes);
}

} // namespace
