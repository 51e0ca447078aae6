#include "backend-aws/events/sample_events.h"
#include "events/socket_event.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace {

using events::SocketEvent;
using events::SocketRoute;
using nlohmann::json;

json sample(const std::string &name)
{
    return json::parse(samples::text(name));
}

SocketEvent read(const json &event)
{
    return std::get<SocketEvent>(events::readSocketEvent(event).value());
}

TEST(SocketEvent, Connect)
{
    auto event = sample("ws-connect.json");
    event["requestContext"]["identity"]["sourceIp"] = "127.0.0.1"; // which that emulator leaves out
    event["requestContext"]["authorizer"]["owner"] = "jwt:alice";
    event["requestContext"]["authorizer"]["claims"] = R"({"sub":"alice"})";
    const auto connect = read(event);
    EXPECT_EQ(connect.route, SocketRoute::Connect);
    EXPECT_EQ(connect.connectionId, "5956ad0a-b407-4c5c-9a67-46be5734c02e");
    EXPECT_EQ(connect.connectedAt.time_since_epoch().count(), 1795382399027);
    EXPECT_EQ(wire::findHeader(connect.headers, "Sec-WebSocket-Protocol"), "tunnel.v1,x");
    EXPECT_EQ(connect.owner, "jwt:alice");
    EXPECT_EQ(connect.claims, R"({"sub":"alice"})");
    EXPECT_EQ(connect.sourceIp, "127.0.0.1");
}

TEST(SocketEvent, Message)
{
    const auto message = read(sample("ws-default.json"));
    EXPECT_EQ(message.route, SocketRoute::Message);
    EXPECT_EQ(message.body, "hello");
    EXPECT_EQ(message.owner, ""); // what that emulator's authorizer said is not ours
    auto encoded = sample("ws-default.json");
    encoded["isBase64Encoded"] = true;
    encoded["body"] = "AAE=";
    EXPECT_EQ(read(encoded).body, std::string("\0\1", 2));
}

TEST(SocketEvent, Disconnect)
{
    EXPECT_EQ(read(sample("ws-disconnect.json")).route, SocketRoute::Disconnect);
}

TEST(AuthorizerEvent, KeepsFieldsThatCameTwice)
{
    auto event = sample("ws-authorizer.json");
    event["multiValueHeaders"]["Authorization"] = {"Bearer a", "Bearer b"};
    const auto asked = std::get<events::AuthorizerEvent>(events::readAuthorizerEvent(event).value());
    EXPECT_EQ(asked.methodArn, "arn:aws:execute-api:us-east-1:undefined:private/local/$connect");
    EXPECT_EQ(asked.connectionId, "53e077e9-0c98-48fc-a207-01c2218fa12b");
    EXPECT_EQ(std::ranges::count_if(asked.headers, [](const auto &header) { return header.name == "Authorization"; }),
              2);
    event.erase("multiValueHeaders");
    const auto single = std::get<events::AuthorizerEvent>(events::readAuthorizerEvent(event).value());
    EXPECT_EQ(wire::findHeader(single.headers, "host"), "127.0.0.1:3001");
}

} // namespace
