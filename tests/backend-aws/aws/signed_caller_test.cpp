#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using wire::Code;

class SignedCallerTest : public testing::Test {
protected:
    aws::Outcome<transport::Answer> call(const aws::CallRules &rules = {})
    {
        auto caller = m_service.caller();
        return caller.call({}, m_service.soon(), rules);
    }

    support::ScriptedService m_service;
};

TEST_F(SignedCallerTest, Signs)
{
    m_service.answer(201, "done");
    EXPECT_EQ(call()->body, "done");
    EXPECT_THAT(std::string(wire::findHeader(m_service.requests[0].headers, "Authorization").value()),
                HasSubstr("Credential=AKID/20260102/eu-central-1/dynamodb/aws4_request"));
    EXPECT_THAT(m_service.pauses, IsEmpty());
    EXPECT_EQ(m_service.deadlines[0], m_service.now + wire::kServiceTryTimeout);
}

TEST_F(SignedCallerTest, TriesAgainWhenThrottledOrBroken)
{
    m_service.answer(400, R"({"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow"})");
    m_service.answer(500, "");
    m_service.fail(Code::LocalServiceUnavailable);
    m_service.fail(Code::ConnectionLost);
    m_service.answer(200, "{}");
    EXPECT_TRUE(call());
    EXPECT_THAT(m_service.requests, SizeIs(5));
    EXPECT_THAT(m_service.pauses, testing::ElementsAre(40ms, 80ms, 160ms, 320ms));
}

TEST_F(SignedCallerTest, GivesUpAfterItsTries)
{
    m_service.answer(503, R"({"message":"no"})");
    const auto answer = call();
    EXPECT_EQ(answer.error().status, 503U);
    EXPECT_THAT(answer.error().error.message, HasSubstr("503"));
    EXPECT_THAT(m_service.requests, SizeIs(wire::kServiceTries));
}

TEST_F(SignedCallerTest, ItsOwnMistakesAreNotTriedAgain)
{
    m_service.answer(400, R"({"__type":"ConditionalCheckFailedException"})");
    EXPECT_EQ(call().error().name, "ConditionalCheckFailedException");
    m_service.answers.clear();
    m_service.answer(410, "");
    EXPECT_EQ(call().error().error.code, Code::ConnectionLost);
    EXPECT_THAT(m_service.requests, SizeIs(2));
}

TEST_F(SignedCallerTest, WhatMayHaveBeenDoneIsNotDoneTwice)
{
    const aws::CallRules once{.repeatable = false};
    for (const auto code : {Code::ConnectionLost, Code::Timeout}) {
        m_service.answers.clear();
        m_service.fail(code);
        EXPECT_EQ(call(once).error().error.code, code);
    }
    m_service.answers.clear();
    m_service.answer(500, "");
    EXPECT_FALSE(call(once));
    EXPECT_THAT(m_service.requests, SizeIs(3));
    m_service.answers.clear();
    m_service.fail(Code::LocalServiceUnavailable); // was not sent
    m_service.answer(429, "", {{"x-amzn-ErrorType", "LimitExceededException:http://internal.amazon.com/"}});
    m_service.answer(200, "");
    EXPECT_TRUE(call(once));
}

TEST_F(SignedCallerTest, EndsAtTheDeadline)
{
    m_service.answer(500, "");
    m_service.random = 0.99;
    auto caller = m_service.caller();
    EXPECT_FALSE(caller.call({}, m_service.now + 100ms));
    EXPECT_THAT(m_service.requests, SizeIs(2)); // the second pause would be longer than what is left
    EXPECT_EQ(m_service.deadlines[1], m_service.deadlines[0]);
}

TEST_F(SignedCallerTest, LearnsTheClock)
{
    const wire::HeaderList date{{"Date", "Fri, 02 Jan 2026 04:04:05 GMT"}}; // one hour ahead of ours
    m_service.answer(403, R"({"__type":"InvalidSignatureException","message":"Signature expired"})", date);
    m_service.answer(200, "{}");
    auto caller = m_service.caller();
    EXPECT_TRUE(caller.call({}, m_service.soon()));
    ASSERT_THAT(m_service.requests, SizeIs(2));
    EXPECT_EQ(wire::findHeader(m_service.requests[0].headers, "X-Amz-Date"), "20260102T030405Z");
    EXPECT_EQ(wire::findHeader(m_service.requests[1].headers, "X-Amz-Date"), "20260102T040405Z");
    EXPECT_TRUE(caller.call({}, m_service.soon()));
    EXPECT_EQ(wire::findHeader(m_service.requests[2].headers, "X-Amz-Date"), "20260102T040405Z");
}

TEST_F(SignedCallerTest, AWrongKeyIsNoWrongClock)
{
    m_service.answer(403, R"({"__type":"InvalidSignatureException"})", {{"Date", "Fri, 02 Jan 2026 03:04:06 GMT"}});
    EXPECT_FALSE(call());
    EXPECT_THAT(m_service.requests, SizeIs(1));
}

TEST(ErrorName, InFieldAndBody)
{
    using transport::Answer;
    EXPECT_EQ(aws::errorName(Answer{400, {}, R"({"__type":"a.b#Name"})"}), "Name");
    EXPECT_EQ(aws::errorName(Answer{400, {{"X-Amzn-Errortype", "Name:http://x/"}}, "{}"}), "Name");
    EXPECT_EQ(aws::errorName(Answer{400, {}, "<html>"}), "");
    EXPECT_EQ(aws::errorName(Answer{400, {}, R"({"__type":5})"}), "");
}

} // namespace
