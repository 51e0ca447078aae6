#include "aws/connections_api.h"
#include "backend-aws/aws/scripted_service.h"

#include <gmock/gmock.h>

namespace {

using wire::Code;

class ConnectionsApiTest : public testing::Test {
protected:
    support::ScriptedService m_service;
    aws::ConnectionsApi m_api{m_service.caller(), "/prod"};
};

TEST_F(ConnectionsApiTest, PostsTheText)
{
    m_service.answer(204, "");
    EXPECT_TRUE(m_api.post("L0SM9cOFvHcCIhw=", "text", m_service.soon()));
    EXPECT_EQ(m_service.requests[0].method, "POST");
    EXPECT_EQ(m_service.requests[0].target, "/prod/@connections/L0SM9cOFvHcCIhw%3D");
    EXPECT_EQ(m_service.requests[0].body, "text");
}

TEST_F(ConnectionsApiTest, GoneIsALostConnection)
{
    m_service.answer(410, "", {{"x-amzn-ErrorType", "GoneException"}});
    EXPECT_EQ(m_api.post("c", "text", m_service.soon()).error().error.code, Code::ConnectionLost);
    EXPECT_TRUE(m_api.close("c", m_service.soon()));
    EXPECT_EQ(m_service.requests[1].method, "DELETE");
}

TEST_F(ConnectionsApiTest, ThrottledIsTriedAgain)
{
    m_service.answer(429, "");
    m_service.answer(200, "");
    EXPECT_TRUE(m_api.post("c", "text", m_service.soon()));
    m_service.answers.clear();
    m_service.answer(429, "");
    EXPECT_EQ(m_api.post("c", "text", m_service.soon()).error().error.code, Code::RateLimited);
}

TEST_F(ConnectionsApiTest, NothingIsSentTwice)
{
    m_service.fail(Code::ConnectionLost);
    EXPECT_FALSE(m_api.post("c", "text", m_service.soon()));
    EXPECT_EQ(m_service.requests.size(), 1U);
}

} // namespace
