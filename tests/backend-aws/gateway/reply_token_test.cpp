#include "gateway/reply_token.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using gateway::ReplyBinding;
using gateway::ReplyKeys;
using gateway::Time;
using wire::Code;

constexpr Time kNow{std::chrono::milliseconds(1'700'000'000'000)};
const std::string kUrl = "https://sqs.eu-central-1.amazonaws.com/123456789012/reply-1700000000-abc";
const std::string kFirst(32, 'a');
const std::string kSecond(32, 'b');
constexpr ReplyBinding kBinding{"req_1", "link="};

Code verdict(const ReplyKeys &keys, std::string_view token, const ReplyBinding &binding = kBinding, Time now = kNow)
{
    const auto address = keys.verify(token, binding, now);
    return address ? Code::Cancelled : address.error().code;
}

TEST(ReplyToken, RoundTrip)
{
    const auto keys = ReplyKeys::parse(kFirst).value();
    const auto token = keys.sign(kUrl, kBinding, kNow + 30s);
    EXPECT_EQ(keys.verify(token, kBinding, kNow), kUrl);
    EXPECT_LT(token.size(), wire::kV1MaxReplyToBytes);
}

TEST(ReplyToken, IsBound)
{
    const auto keys = ReplyKeys::parse(kFirst).value();
    const auto token = keys.sign(kUrl, kBinding, kNow + 30s);
    EXPECT_EQ(verdict(keys, token, {"req_2", "link="}), Code::Forbidden);
    EXPECT_EQ(verdict(keys, token, {"req_1", "link"}), Code::Forbidden);
    EXPECT_EQ(verdict(keys, token, {"req_1link", "="}), Code::Forbidden);
    EXPECT_EQ(verdict(keys, token, {"", ""}), Code::Forbidden);
}

TEST(ReplyToken, CannotBeChanged)
{
    const auto keys = ReplyKeys::parse(kFirst).value();
    const auto token = keys.sign(kUrl, kBinding, kNow + 30s);
    for (std::size_t at = 0; at < token.size(); ++at) {
        auto changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(verdict(keys, changed), Code::Forbidden) << at;
        EXPECT_EQ(verdict(keys, std::string_view(token).substr(0, at)), Code::Forbidden) << at;
    }
    EXPECT_EQ(verdict(keys, token + "A"), Code::Forbidden);
    EXPECT_EQ(verdict(keys, token + "."), Code::Forbidden);
}

TEST(ReplyToken, Expires)
{
    const auto keys = ReplyKeys::parse(kFirst).value();
    const auto token = keys.sign(kUrl, kBinding, kNow);
    EXPECT_EQ(verdict(keys, token, kBinding, kNow + wire::kReplyClockSkew), Code::Cancelled);
    EXPECT_EQ(verdict(keys, token, kBinding, kNow + wire::kReplyClockSkew + 1ms), Code::Forbidden);
}

TEST(ReplyToken, KeysAreReplacedOneAfterTheOther)
{
    const auto before = ReplyKeys::parse(kFirst + "\n").value();
    const auto between = ReplyKeys::parse(kSecond + "\r\n\n" + kFirst).value();
    const auto after = ReplyKeys::parse(kSecond).value();
    const auto old = before.sign(kUrl, kBinding, kNow + 30s);
    const auto fresh = between.sign(kUrl, kBinding, kNow + 30s);
    EXPECT_EQ(verdict(between, old), Code::Cancelled);
    EXPECT_EQ(verdict(after, fresh), Code::Cancelled);
    EXPECT_EQ(verdict(after, old), Code::Forbidden);
    EXPECT_EQ(verdict(before, fresh), Code::Forbidden);
}

TEST(ReplyKeys, RefusesWeakOnes)
{
    for (const auto *text : {"", "\n\n", "short", "0123456789abcdef0123456789abcde"}) {
        const auto keys = ReplyKeys::parse(text);
        ASSERT_FALSE(keys) << text;
        EXPECT_THAT(keys.error().message, testing::Not(testing::HasSubstr("0123")));
    }
}

} // namespace
