#include "wire/base64.h"

#include <gtest/gtest.h>

#include <utility>

namespace {

using wire::decodeBase64;
using wire::decodeBase64Url;
using wire::encodeBase64;
using wire::encodeBase64Url;

// RFC 4648 section 10, and the two characters that differ from base64url.
constexpr std::pair<std::string_view, std::string_view> kVectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xfb\xff\xfe", "+//+"},
};

TEST(Base64, KnownVectorsBothWays)
{
    for (const auto &[bytes, text] : kVectors) {
        EXPECT_EQ(encodeBase64(bytes), text);
        EXPECT_EQ(decodeBase64(text), std::string(bytes));
    }
}

TEST(Base64, EveryByteAtEveryPlace)
{
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes += static_cast<char>(i);
    for (std::size_t from = 0; from < 3; ++from)
        for (std::size_t cut = 0; cut < 3; ++cut) {
            const auto part = bytes.substr(from, 250 - cut);
            EXPECT_EQ(decodeBase64(encodeBase64(part)), part);
        }
}

TEST(Base64, RefusesWhatIsNotExact)
{
    constexpr std::string_view kBad[] = {
        "Z",     "Zg",   "Zg=",  "=",    "====", "Zg==Zg==", "Z===",       "Zg=a", "Zm9v\n", "Zm9vYmE",
        "Zm 9v", "Zm-v", "Zm_v", "Zh==", "Zm9=", "Zm9vZ",    "Z\xc3\xa9v", "=Zm9", "Zm=v",   "Zm9vZh==",
    };
    for (const auto text : kBad)
        EXPECT_FALSE(decodeBase64(text)) << text;
    EXPECT_FALSE(decodeBase64(std::string_view("Zm\0v", 4)));
    EXPECT_EQ(decodeBase64("Z===").error().code, wire::Code::ProtocolError);
}

TEST(Base64Url, KnownVectorsBothWays)
{
    constexpr std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foobar", "Zm9vYmFy"},
        {"\xfb\xff\xfe", "-__-"},
        {"\x03\xec\xff\xe0\xc1", "A-z_4ME"}, // RFC 7515 appendix C
    };
    for (const auto &[bytes, text] : vectors) {
        EXPECT_EQ(encodeBase64Url(bytes), text);
        EXPECT_EQ(decodeBase64Url(text), std::string(bytes));
    }
}

TEST(Base64Url, RefusesWhatIsNotExact)
{
    constexpr std::string_view bad[] = {
        "Z",    "Zm9vZ", "Zg==", "Zm8=", "====", "=",    "Zm+v",    "Zm/v",
        "Zm v", "Zm9\n", "Zh",   "Zm9",  "Zm.v", "Zm%3", "A-z_4MF",
    };
    for (const auto text : bad)
        EXPECT_FALSE(decodeBase64Url(text)) << text;
    EXPECT_FALSE(decodeBase64Url(std::string_view("Zm\0v", 4)));
}

} // namespace
