#include "runtime/runtime_client.h"
#include "support/blocking_server.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using runtime::RuntimeClient;
using support::BlockingServer;
using testing::HasSubstr;
using testing::StartsWith;

class RuntimeClientTest : public testing::Test {
protected:
    static std::string bodyOf(const std::string &request) { return request.substr(request.find("\r\n\r\n") + 4); }

    BlockingServer::Reply m_reply = BlockingServer::ok("{}", "Lambda-Runtime-Aws-Request-Id: id-1\r\n"
                                                             "Lambda-Runtime-Deadline-Ms: 1767323045000\r\n");
    BlockingServer m_server{[this](const std::string &) { return m_reply; }};
    RuntimeClient m_client{RuntimeClient::parseApi("127.0.0.1:" + std::to_string(m_server.port())).value()};
};

TEST_F(RuntimeClientTest, TakesAndAnswers)
{
    const auto invocation = m_client.next();
    ASSERT_TRUE(invocation) << invocation.error().message;
    EXPECT_EQ(invocation->id, "id-1");
    EXPECT_EQ(invocation->deadline.time_since_epoch().count(), 1'767'323'045'000);
    EXPECT_EQ(invocation->event, "{}");
    m_reply = {"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"};
    EXPECT_TRUE(m_client.respond(*invocation, "answer"));
    EXPECT_EQ(m_server.connections(), 1U);
    const auto requests = m_server.requests();
    EXPECT_THAT(requests[0], StartsWith("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n"));
    EXPECT_THAT(requests[1], StartsWith("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\n"));
    EXPECT_EQ(bodyOf(requests[1]), "answer");
}

TEST_F(RuntimeClientTest, TellsErrorsInItsFormat)
{
    m_reply = {"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"};
    EXPECT_TRUE(m_client.fail({.id = "id-2"}, "Tunnel.InvalidEvent", "why \xff"));
    EXPECT_TRUE(m_client.failStart("Tunnel.NotConfigured", "what"));
    const auto requests = m_server.requests();
    EXPECT_THAT(requests[0], StartsWith("POST /2018-06-01/runtime/invocation/id-2/error HTTP/1.1\r\n"));
    EXPECT_THAT(requests[0], HasSubstr("Lambda-Runtime-Function-Error-Type: Tunnel.InvalidEvent\r\n"));
    EXPECT_EQ(json::parse(bodyOf(requests[0])),
              json::parse(R"({"errorType":"Tunnel.InvalidEvent","errorMessage":"why \ufffd","stackTrace":[]})"));
    EXPECT_THAT(requests[1], StartsWith("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n"));
}

TEST_F(RuntimeClientTest, RefusesWhatIsNoInvocation)
{
    for (const auto &reply :
         {BlockingServer::ok("{}"), BlockingServer::ok("{}", "Lambda-Runtime-Aws-Request-Id: a\r\n"),
          BlockingServer::ok("{}", "Lambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: soon\r\n"),
          BlockingServer::Reply{"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"}}) {
        m_reply = reply;
        EXPECT_FALSE(m_client.next());
    }
    EXPECT_FALSE(m_client.respond({.id = "a"}, "x")); // not 202
}

TEST(RuntimeApi, IsHostAndPort)
{
    EXPECT_EQ(RuntimeClient::parseApi("127.0.0.1:9001")->port, "9001");
    EXPECT_EQ(RuntimeClient::parseApi("sandbox.localdomain")->port, "80");
    for (const auto *api : {"", ":80", "host:", "host:x", "host:123456"})
        EXPECT_FALSE(RuntimeClient::parseApi(api)) << api;
}

} // namespace
