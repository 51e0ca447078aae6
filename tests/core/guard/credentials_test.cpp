#include "guard/credentials.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

guard::Credentials read(const std::string &value)
{
    return guard::readCredentials({{"authorization", value}});
}

bool isNone(const guard::Credentials &credentials)
{
    return std::holds_alternative<guard::NoCredentials>(credentials);
}

TEST(Credentials, BasicOfRfc7617)
{
    const auto aladdin = read("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    const auto *basic = std::get_if<guard::BasicCredentials>(&aladdin);
    ASSERT_TRUE(basic);
    EXPECT_EQ(basic->name, "Aladdin");
    EXPECT_EQ(basic->password, "open sesame");
    const auto pound = read("basic   dGVzdDoxMjPCow=="); // "123£" in UTF-8; the scheme in another case
    ASSERT_TRUE(std::holds_alternative<guard::BasicCredentials>(pound));
    EXPECT_EQ(std::get<guard::BasicCredentials>(pound).password, "123\xc2\xa3");
    const auto colons = read("Basic " + wire::encodeBase64("ann:a:b:c"));
    EXPECT_EQ(std::get<guard::BasicCredentials>(colons).password, "a:b:c");
}

TEST(Credentials, BearerOfRfc6750)
{
    const auto credentials = read("Bearer mF_9.B5f-4.1JqM");
    ASSERT_TRUE(std::holds_alternative<guard::BearerCredentials>(credentials));
    EXPECT_EQ(std::get<guard::BearerCredentials>(credentials).token, "mF_9.B5f-4.1JqM");
}

TEST(Credentials, NothingElseIsALogin)
{
    for (const std::string &value :
         {std::string(), std::string("Basic"), std::string("Basic "), std::string("Digest username=\"a\""),
          std::string("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ"), std::string("Basic !!!!"),
          "Basic " + wire::encodeBase64("no colon"), "Basic " + wire::encodeBase64(":nameless"),
          "Basic " + wire::encodeBase64("ann:"), "Basic " + wire::encodeBase64("a\nb:c"),
          "Basic " + wire::encodeBase64(std::string("ann:a\0b", 7)),
          "Basic " + wire::encodeBase64("ann:" + std::string(wire::kMaxPasswordBytes + 1, 'x')),
          "Bearer " + std::string(wire::kMaxTokenBytes + 1, 'x')})
        EXPECT_TRUE(isNone(read(value))) << value.substr(0, 60);
    EXPECT_TRUE(isNone(guard::readCredentials({})));
}

TEST(Credentials, TwoFieldsAreNone)
{
    const std::string right = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    EXPECT_TRUE(isNone(guard::readCredentials({{"Authorization", right}, {"authorization", "Bearer x"}})));
    EXPECT_TRUE(isNone(guard::readCredentials({{"Authorization", right}, {"Authorization", right}})));
}

TEST(Credentials, WhatAnOwnerMaySet)
{
    EXPECT_TRUE(guard::checkLoginName("ann@example.com"));
    EXPECT_FALSE(guard::checkLoginName(""));
    EXPECT_FALSE(guard::checkLoginName("a:b"));
    EXPECT_FALSE(guard::checkLoginName(std::string(wire::kMaxLoginNameBytes + 1, 'a')));
    EXPECT_TRUE(guard::checkPassword("open sesame"));
    EXPECT_FALSE(guard::checkPassword(""));
    EXPECT_FALSE(guard::checkPassword("line\nbreak"));
    EXPECT_TRUE(guard::checkAccessToken("0123456789abcdef"));
    EXPECT_FALSE(guard::checkAccessToken("0123456789abcde"));
    EXPECT_FALSE(guard::checkAccessToken("0123456789 abcdef"));
}

} // namespace
