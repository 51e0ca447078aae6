#include "relay/link_socket.h"
#include "support/relay_test.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"

namespace {

using namespace std::chrono_literals;
using namespace support;

class LinkSocketTest : public RelayTest {
protected:
    // Every session has ended, whatever its peer does: the relay waits for the last one.
    void expectEnd()
    {
        relay().stop();
        relay().stop();
        EXPECT_TRUE(relay().ended(kBound));
    }
};

// To send at a moment that is different for each number, so that one of them is the one in question.
void spin(int number)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(number);
    while (std::chrono::steady_clock::now() < end) {
    }
}

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

// What comes while the relay's close frame is on its way.
TEST_F(LinkSocketTest, ARefusedClientMayTalkOnAndClose)
{
    const TemporaryFolder folder;
    auto config = quietConfig();
    config.auth.tokenFile = folder.write("tokens", "right\n");
    start(config);
    for (int batch = 0; batch < 20; ++batch) {
        std::vector<std::unique_ptr<TestClient>> clients; // which wait for no answer
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<TestClient>(port(), TestClient::Options{.token = "wrong"}));
            spin(3 * i);
            clients.back()->socket().send(webSocketFrame(0x82, "words") + webSocketFrame(0x88, "\x03\xe8"));
        }
    }
    expectEnd();
}

TEST_F(LinkSocketTest, ALeavingClientMayBreakTheRules)
{
    constexpr unsigned kNoOpcode = 0x83;
    for (int round = 0; round < 10; ++round) {
        start();
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 30; ++i)
            clients.push_back(serve("shop" + std::to_string(i)));
        relay().stop(); // drains: nothing is in flight, so that every link is closed
        for (const auto &client : clients) {
            spin(10 * round);
            client->socket().send(webSocketFrame(0x82, "words") + webSocketFrame(kNoOpcode, "?"));
        }
        expectEnd();
    }
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
