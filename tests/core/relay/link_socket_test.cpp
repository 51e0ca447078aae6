#include "relay/link_socket.h"
#include "support/relay_test.h"
#include "support/wait_for.h"

namespace {

using namespace std::chrono_literals;
using namespace support;

using LinkSocketTest = RelayTest;

TEST_F(LinkSocketTest, OnlyTheHandshakeOfThisProtocolIsTaken)
{
    start();
    const std::string upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: "
                                "dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const std::string v13 = "Sec-WebSocket-Version: 13\r\n";
    const std::string v2 = "Sec-WebSocket-Protocol: tunnel.v2.msgpack\r\n";
    const std::string bad[] = {
        get(host(), wire::kConnectPath, upgrade + v13),
        get(host(), wire::kConnectPath, upgrade + v13 + "Sec-WebSocket-Protocol: tunnel.v1.json\r\n"),
        get(host(), wire::kConnectPath, upgrade + v2 + "Sec-WebSocket-Version: 12\r\n"),
        request("POST", host(), wire::kConnectPath, upgrade + v13 + v2),
        get(host(), wire::kConnectPath, "Connection: Upgrade\r\nUpgrade: websocket\r\n" + v13 + v2),
    };
    for (const auto &text : bad) {
        const auto answer = ask(text);
        EXPECT_GE(answer.status(), 400U) << text;
        EXPECT_LT(answer.status(), 500U) << text;
    }
    EXPECT_EQ(ask(get(host("shop"), wire::kConnectPath, upgrade + v13 + v2)).status(), 404U)
        << "not on a tunnel's host";
    EXPECT_NO_THROW(TestClient(port(), {.subprotocols = "tunnel.v1.json, tunnel.v2.msgpack"}));
}

TEST_F(LinkSocketTest, TextAndOversizedMessagesEndTheLink)
{
    start();
    const auto text = serve("text");
    text->sendMessage("{}", false);
    EXPECT_NE(text->expectClose(), 1000);
    const auto large = serve("large");
    large->sendMessage(std::string(wire::kMaxMessageBytes + 1, 'x'));
    (void)large->expectClose();
    EXPECT_EQ(errorCode(ask(get(host("large"), "/"))), "tunnel_not_found");
}

TEST_F(LinkSocketTest, AClientThatAnswersNoPingIsDropped)
{
    auto config = quietConfig();
    config.timeouts.ping = 200ms;
    start(config);
    const auto silent = serve("shop"); // it does not read from here on, so it answers nothing
    EXPECT_TRUE(eventually(
        [&] { return errorCode(ask(get(host("shop"), "/", "Connection: close\r\n"))) == "tunnel_not_found"; }));
}

TEST_F(LinkSocketTest, AMessageMayComeInFragmentsAndWithPingsBetween)
{
    start();
    const auto client = serve("shop");
    std::string frame;
    wire::appendFrame(frame, 0, wire::FrameKind::Control, "\x81\xa4type\xa4ping");
    client->sendWebSocketFrame(0x02, frame.substr(0, 5)); // binary, more follows
    client->sendWebSocketFrame(0x89, "are you there?");   // a control frame may come between
    client->sendWebSocketFrame(0x80, frame.substr(5));    // the last continuation
    (void)client->expectControl<wire::Pong>();
}

} // namespace
