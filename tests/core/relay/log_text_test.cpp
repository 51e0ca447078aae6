#include "relay/log_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <string>

namespace {

using namespace std::string_literals;

std::string asLogged(std::string_view text)
{
    std::string out;
    relay::appendQuoted(out, text);
    return out;
}

TEST(LogText, QuotesAsJsonInAscii)
{
    const std::pair<std::string, std::string> table[] = {
        {"", R"("")"},
        {"plain text = 1", R"("plain text = 1")"},
        {"a\"b\\c", R"("a\"b\\c")"},
        {"a\r\nb\tc", R"("a\r\nb\tc")"},
        {"\x1b[2J", R"("\u001b[2J")"},
        {"\x7f", R"("\u007f")"},
        {"caf\xc3\xa9", R"("caf\u00e9")"},
        {"\xe2\x80\xae", R"("\u202e")"}, // right to left
        {"\xf0\x9f\x98\x80", R"("\ud83d\ude00")"},
        {"a\0b"s, R"("a\u0000b")"},
        {"\xff\x80", R"("\ufffd\ufffd")"},
    };
    for (const auto &[text, expected] : table) {
        EXPECT_EQ(asLogged(text), expected);
        EXPECT_TRUE(nlohmann::json::parse(asLogged(text), nullptr, false).is_string());
    }
}

TEST(LogText, KnowsWhatIsPlain)
{
    for (const auto *plain : {"", "a b", "~!@#$%^&*()"})
        EXPECT_TRUE(relay::isPlainText(plain)) << plain;
    for (const auto *other : {"\"", "\\", "\n", "\x7f", "\xc3\xa9", "\x1b"})
        EXPECT_FALSE(relay::isPlainText(other)) << other;
}

TEST(LogClock, TellsTheTimeInUtc)
{
    relay::LogClock clock;
    std::string first;
    clock.appendTo(first);
    std::string second;
    clock.appendTo(second);
    EXPECT_TRUE(std::regex_match(first, std::regex(R"(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"))) << first;
    EXPECT_LE(first, second);
}

} // namespace
