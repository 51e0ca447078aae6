#include "backend-aws/functions/memory_world.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;

class SocketFunctionTest : public testing::Test {
protected:
    json connect(const wire::HeaderList &headers)
    {
        const events::SocketEvent event{
            .route = events::SocketRoute::Connect, .connectionId = "link", .headers = headers};
        return json::parse(m_function.handle(event, m_world.deadline(), m_world.live));
    }

    support::MemoryWorld m_world;
    functions::SocketFunction m_function{m_world.world, m_world.socketPorts(), nullptr};
};

TEST_F(SocketFunctionTest, ConnectNamesTheSubprotocol)
{
    EXPECT_EQ(connect({{"sec-websocket-protocol", "tunnel.v2.msgpack, tunnel.v1.json"}})["headers"],
              json({{"Sec-WebSocket-Protocol", "tunnel.v1.json"}}));
    EXPECT_EQ(connect({{"Sec-WebSocket-Protocol", "tunnel-protocol"}})["headers"],
              json({{"Sec-WebSocket-Protocol", "tunnel-protocol"}}));
    EXPECT_EQ(connect({})["statusCode"], 200);
    EXPECT_EQ(connect({{"Sec-WebSocket-Protocol", "tunnel.v2.msgpack"}})["statusCode"], 400);
    EXPECT_TRUE(m_world.links.rows.empty()); // nothing is written before `ready`
}

TEST_F(SocketFunctionTest, AuthorizerAndScheduleAreItsOwn)
{
    const auto answer =
        json::parse(m_function.handle(events::AuthorizerEvent{.methodArn = "arn"}, m_world.deadline(), m_world.live));
    EXPECT_EQ(answer["policyDocument"]["Statement"][0]["Effect"], "Allow"); // this world is open
    EXPECT_EQ(m_function.handle(events::ScheduleEvent{}, m_world.deadline(), m_world.live), "{}");
    EXPECT_THAT(m_world.logText, testing::HasSubstr("\"event\":\"swept\""));
}

} // namespace
