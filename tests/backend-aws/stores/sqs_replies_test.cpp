#include "backend-aws/aws/scripted_service.h"
#include "stores/sqs_replies.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using wire::Code;

constexpr auto kMissing = R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})";

class SqsRepliesTest : public testing::Test {
protected:
    std::string urlMade(std::chrono::seconds ago) const
    {
        const auto made = std::chrono::floor<std::chrono::seconds>(m_service.now - ago).time_since_epoch().count();
        return "https://q/1/p-" + std::to_string(made) + "-x";
    }
    void answerUrl(const std::string &url) { m_service.answer(200, json{{"QueueUrl", url}}.dump()); }

    support::ScriptedService m_service;
    aws::Sqs m_sqs{aws::JsonService(m_service.caller(), aws::kSqsDialect)};
    gateway::Log m_log{[](std::string_view) {}, [this] { return m_service.now; }};
    stores::SqsReplyChannel m_channel{m_sqs, "p-", m_service.surroundings(), m_log};
    stores::SqsReplySender m_sender{m_sqs, "p-", m_service.surroundings()};
};

TEST_F(SqsRepliesTest, MakesOneQueueForAnHour)
{
    answerUrl("https://q/1/p-1-a");
    answerUrl("https://q/1/p-2-b");
    EXPECT_EQ(m_channel.address(m_service.soon()), "https://q/1/p-1-a");
    EXPECT_EQ(m_channel.address(m_service.soon()), "https://q/1/p-1-a");
    EXPECT_EQ(m_service.requests.size(), 1U);
    EXPECT_EQ(m_service.input()["Attributes"],
              json::parse(R"({"MessageRetentionPeriod":"60","VisibilityTimeout":"60"})"));
    m_service.now += wire::kReplyQueueLife;
    EXPECT_EQ(m_channel.address(m_service.soon()), "https://q/1/p-2-b");
    m_channel.settle(m_service.soon());
    EXPECT_EQ(m_service.operation(2), "AmazonSQS.DeleteQueue");
    EXPECT_EQ(m_service.input(2)["QueueUrl"], "https://q/1/p-1-a");
}

TEST_F(SqsRepliesTest, ReceivesAndForgetsAfterwards)
{
    answerUrl("https://q/1/p-1-a");
    m_service.answer(200, R"({"Messages":[{"MessageId":"1","ReceiptHandle":"r1","Body":"one"},
                                          {"MessageId":"2","ReceiptHandle":"r2","Body":"two"}]})");
    m_service.answer(200, "{}");
    EXPECT_TRUE(m_channel.address(m_service.soon()));
    EXPECT_THAT(m_channel.receive(m_service.now + 2500ms).value(), ElementsAre("one", "two"));
    EXPECT_EQ(m_service.input(1)["WaitTimeSeconds"], 3);
    EXPECT_EQ(m_service.deadlines[1], m_service.now + 2500ms); // cut short there
    m_channel.settle(m_service.soon());
    EXPECT_EQ(m_service.input(2)["Entries"].size(), 2U);
    m_channel.settle(m_service.soon());
    EXPECT_EQ(m_service.requests.size(), 3U);
    EXPECT_THAT(m_channel.receive(m_service.now).value(), IsEmpty());
    EXPECT_EQ(m_service.requests.size(), 3U);
}

TEST_F(SqsRepliesTest, RemovesTenAtATime)
{
    answerUrl("https://q/1/p-1-a");
    json messages = json::array();
    for (int i = 0; i < 10; ++i)
        messages.push_back({{"ReceiptHandle", std::to_string(i)}, {"Body", "x"}});
    m_service.answer(200, json{{"Messages", messages}}.dump());
    EXPECT_TRUE(m_channel.address(m_service.soon()));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(m_channel.receive(m_service.soon()));
    m_service.requests.clear();
    m_channel.settle(m_service.soon());
    EXPECT_EQ(m_service.requests.size(), 3U);
}

TEST_F(SqsRepliesTest, LongPollThatIsCutShortHasNothing)
{
    answerUrl("https://q/1/p-1-a");
    EXPECT_TRUE(m_channel.address(m_service.soon()));
    m_service.answers.clear();
    m_service.fail(Code::Timeout);
    EXPECT_THAT(m_channel.receive(m_service.now + 1ms).value(), IsEmpty());
}

TEST_F(SqsRepliesTest, NewQueueMayTakeAMoment)
{
    answerUrl(urlMade(0s));
    m_service.answer(400, kMissing);
    m_service.answer(200, "{}");
    EXPECT_TRUE(m_channel.address(m_service.soon()));
    EXPECT_THAT(m_channel.receive(m_service.soon()).value(), IsEmpty());
    m_service.answers.clear();
    m_service.answer(400, kMissing);
    m_service.answer(400, kMissing);
    m_service.answer(200, "{}");
    EXPECT_EQ(m_sender.send(urlMade(0s), "text", m_service.soon()), true);
}

TEST_F(SqsRepliesTest, QueueThatIsGone)
{
    answerUrl(urlMade(60s));
    EXPECT_TRUE(m_channel.address(m_service.soon()));
    m_service.answers.clear();
    m_service.answer(400, kMissing);
    EXPECT_EQ(m_channel.receive(m_service.soon()).error().code, Code::InternalError);
    EXPECT_EQ(m_sender.send(urlMade(60s), "text", m_service.soon()), false);
    m_service.answers.clear();
    answerUrl("https://q/1/p-9-z");
    EXPECT_EQ(m_channel.address(m_service.soon()), "https://q/1/p-9-z"); // another is made
}

TEST_F(SqsRepliesTest, RemovesOrphansOnly)
{
    const json first{{"QueueUrls", {urlMade(3h), urlMade(1h), "https://q/1/other-5-x"}}, {"NextToken", "t"}};
    m_service.answer(200, first.dump());
    m_service.answer(200, "{}"); // the first is dropped
    m_service.answer(200, json{{"QueueUrls", {urlMade(2h)}}}.dump());
    m_service.answer(200, "{}");
    EXPECT_EQ(m_sender.removeOrphans(m_service.now, m_service.soon()), 2);
    EXPECT_EQ(m_service.input(1)["QueueUrl"], urlMade(3h));
    EXPECT_EQ(m_service.input(2)["NextToken"], "t");
    EXPECT_EQ(m_service.requests.size(), 4U);
}

} // namespace
