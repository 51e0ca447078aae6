#include "aws/sqs.h"
#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class SqsTest : public testing::Test {
protected:
    support::ScriptedService m_service;
    aws::Sqs m_sqs{aws::JsonService(m_service.caller(), aws::kSqsDialect)};
};

TEST_F(SqsTest, CreatesAndDrops)
{
    m_service.answer(200, R"({"QueueUrl":"https://q/1"})");
    EXPECT_EQ(m_sqs.create("name", {{"VisibilityTimeout", "60"}}, m_service.soon()).value(), "https://q/1");
    EXPECT_EQ(m_service.operation(), "AmazonSQS.CreateQueue");
    EXPECT_EQ(m_service.input(), json::parse(R"({"QueueName":"name","Attributes":{"VisibilityTimeout":"60"}})"));
    m_service.answers.clear();
    m_service.answer(400, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})");
    EXPECT_TRUE(m_sqs.drop("https://q/1", m_service.soon()));
    EXPECT_EQ(m_sqs.send("https://q/1", "x", m_service.soon()).error().name, aws::kNoSuchQueue);
}

TEST_F(SqsTest, ReceivesAndRemoves)
{
    m_service.answer(200, R"({"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"b"},{"MessageId":"n"}]})");
    m_service.answer(200, "{}");
    const auto messages = m_sqs.receive("u", 7s, m_service.soon()).value();
    ASSERT_EQ(messages.size(), 2);
    EXPECT_EQ(messages[0].body, "b");
    EXPECT_EQ(messages[1].receipt, "");
    EXPECT_EQ(m_service.input(), json::parse(R"({"QueueUrl":"u","MaxNumberOfMessages":10,"WaitTimeSeconds":7})"));
    EXPECT_EQ(m_service.deadlines[0], m_service.now + 10s); // the wait, and a try's limit
    EXPECT_TRUE(m_sqs.receive("u", 0s, m_service.soon())->empty());
    EXPECT_TRUE(m_sqs.remove("u", {"r", "s"}, m_service.soon()));
    EXPECT_EQ(m_service.input(2)["Entries"],
              json::parse(R"([{"Id":"0","ReceiptHandle":"r"},{"Id":"1","ReceiptHandle":"s"}])"));
}

TEST_F(SqsTest, Lists)
{
    m_service.answer(200, R"({"QueueUrls":["a","b"],"NextToken":"t"})");
    m_service.answer(200, "{}");
    const auto first = m_sqs.list("p", "", m_service.soon()).value();
    EXPECT_EQ(first.urls.size(), 2U);
    EXPECT_TRUE(m_sqs.list("p", first.next, m_service.soon())->urls.empty());
    EXPECT_EQ(m_service.input(1)["NextToken"], "t");
}

} // namespace
