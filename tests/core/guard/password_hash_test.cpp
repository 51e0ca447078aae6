#include "guard/password_hash.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace {

// RFC 7914 12: "pleaseletmein", "SodiumChloride", N = 16384, r = 8, p = 1; the first 32 of its 64 bytes.
constexpr const char *kRfc7914 =
    "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";

TEST(PasswordHash, VectorOfRfc7914)
{
    const auto hash = guard::PasswordHash::parse(kRfc7914);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->matches("pleaseletmein"));
    EXPECT_FALSE(hash->matches("pleaseletmeiN"));
    EXPECT_FALSE(hash->matches(""));
    EXPECT_EQ(hash->text(), kRfc7914);
}

TEST(PasswordHash, AnewEachTime)
{
    const auto hash = guard::PasswordHash::of("correct horse");
    EXPECT_NE(hash, guard::PasswordHash::of("correct horse")) << "two people with one password must not show it";
    EXPECT_TRUE(hash.text().starts_with("$scrypt$ln=15,r=8,p=3$"));
    EXPECT_EQ(hash.text().find("correct"), std::string::npos);
    const auto again = guard::PasswordHash::parse(hash.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, hash);
    EXPECT_TRUE(again->matches("correct horse"));
}

TEST(PasswordHash, RefusesWhatIsWeakTooMuchOrMalformed)
{
    const std::string salt = "U29kaXVtQ2hsb3JpZGU";
    const std::string hash = "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";
    for (const std::string &text :
         {std::string(), std::string("secret"), "$scrypt$ln=12,r=8,p=1$" + salt + "$" + hash,
          "$scrypt$ln=18,r=8,p=1$" + salt + "$" + hash, "$scrypt$ln=14,r=8,p=0$" + salt + "$" + hash,
          "$scrypt$ln=14,r=8,p=17$" + salt + "$" + hash, "$scrypt$ln=14,r=1000000,p=1$" + salt + "$" + hash,
          "$scrypt$ln=99999999999999,r=8,p=1$" + salt + "$" + hash, "$scrypt$ln=14,r=8$" + salt + "$" + hash,
          "$scrypt$ln=14,r=8,p=1$" + salt, "$scrypt$ln=14,r=8,p=1$$" + hash, "$scrypt$ln=14,r=8,p=1$" + salt + "$",
          "$scrypt$ln=14,r=8,p=1$" + salt + "$" + hash.substr(4), "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + hash,
          "$scrypt$ln=14,r=8,p=1$" + salt + "$" + hash + "$", "x$scrypt$ln=14,r=8,p=1$" + salt + "$" + hash,
          "$scrypt$ln=-14,r=8,p=1$" + salt + "$" + hash})
        EXPECT_FALSE(guard::PasswordHash::parse(text)) << text;
}

TEST(PasswordHash, DrawnPasswordsDiffer)
{
    const auto password = guard::drawPassword();
    EXPECT_EQ(password.size(), wire::kDrawnPasswordLength);
    EXPECT_EQ(password.find_first_of("ilo01IO:\" "), std::string::npos);
    EXPECT_NE(password, guard::drawPassword());
}

} // namespace
