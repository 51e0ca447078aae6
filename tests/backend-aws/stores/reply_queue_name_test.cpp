#include "stores/reply_queue_name.h"

#include <gmock/gmock.h>

namespace {

TEST(ReplyQueueName, SaysWhenItWasMade)
{
    const gateway::Time now(std::chrono::milliseconds(1'767'323'045'678));
    const auto name = stores::drawQueueName("tunnel-reply-", now);
    EXPECT_THAT(name, testing::MatchesRegex("tunnel-reply-1767323045-[a-z0-9]{12}"));
    EXPECT_NE(name, stores::drawQueueName("tunnel-reply-", now));
    EXPECT_EQ(stores::madeAt("https://sqs.eu-central-1.amazonaws.com/123/" + name, "tunnel-reply-"),
              gateway::Time(std::chrono::seconds(1'767'323'045)));
}

TEST(ReplyQueueName, OthersAreNoneOfOurs)
{
    for (const auto *url : {"https://q/1/other-1767323045-abc", "https://q/1/p-", "https://q/1/p-abc-def",
                            "https://q/1/p-1767323045", "https://q/1/p-1767323045-", "https://q/1/p--5-x", ""})
        EXPECT_EQ(stores::madeAt(url, "p-"), std::nullopt) << url;
}

} // namespace
