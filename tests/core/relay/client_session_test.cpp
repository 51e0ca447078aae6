#include "client_session_fixture.h"
#include "edge/jwt.h"
#include "relay/client_session.h"
#include "wire/msgpack_codec.h"

namespace {

// Pings of so many bytes; their answers are as long, and are not read.
void pingWithoutReading(TestClient &client, std::size_t bytes)
{
    std::string ping;
    wire::encodeControl(ping, wire::Ping{});
    std::string message;
    while (message.size() + wire::kFrameHeaderBytes + ping.size() <= wire::kMaxMessageBytes)
        wire::appendFrame(message, 0, FrameKind::Control, ping);
    for (std::size_t sent = 0; sent < bytes; sent += message.size())
        client.sendMessage(message);
}

TEST_F(ClientSessionTest, EstablishesANamedTunnel)
{
    start();
    TestClient client(port());
    EXPECT_EQ(client.subprotocol(), wire::kSubprotocolV2);
    const auto established = client.start(readyFor("shop"));
    EXPECT_EQ(established.tunnelId, "shop");
    EXPECT_FALSE(established.connectionId.empty());
    EXPECT_EQ(established.subdomainUrl, "http://" + host("shop") + "/");
    EXPECT_EQ(established.pathBasedUrl, "http://" + host() + "/shop/");
    EXPECT_EQ(established.publicUrl, established.subdomainUrl);
    EXPECT_EQ(established.limits.maxBodyBytes, wire::kMaxBodyBytes);
    EXPECT_EQ(established.limits.maxMessageBytes, wire::kMaxMessageBytes);
    EXPECT_EQ(established.limits.requestTimeoutMs, 120'000U);
    expectServedBy(client, "shop");
}

TEST_F(ClientSessionTest, DrawsANameWhenNoneIsAsked)
{
    start();
    TestClient client(port());
    const auto established = client.start(readyFor(""));
    EXPECT_EQ(established.tunnelId.size(), wire::kDrawnIdLength);
    expectServedBy(client, established.tunnelId);
}

// --- Who may ---------------------------------------------------------------------------------------------------------

TEST_F(ClientSessionTest, TheRightTokenIsAccepted)
{
    startWithToken();
    const auto client = connect(kToken);
    EXPECT_EQ(client->start(readyFor("shop")).tunnelId, "shop");
}

TEST_F(ClientSessionTest, AWrongOrMissingTokenIsRefusedWithAReason)
{
    startWithToken();
    for (const std::string token : {"", "wrong", "correct-horse-battery-stapl"}) {
        const auto client = connect(token);
        client->sendControl(readyFor("shop"));
        expectRefusal(*client, Code::Unauthorized, kPolicy);
    }
    EXPECT_EQ(errorCode(ask(get(host("shop"), "/"))), "tunnel_not_found") << "`ready` must not have counted";
}

TEST_F(ClientSessionTest, LinksThatAreNotLetInCountForTheirAddress)
{
    TemporaryFolder folder;
    auto config = quietConfig();
    config.auth.tokenFile = folder.write("tokens", kToken);
    config.limits.maxConnectionsPerAddress = 2;
    start(config);
    const auto shop = serve("shop", {.token = kToken});
    const auto blog = serve("blog", {.token = kToken});
    auto first = connect("wrong"); // it does not answer the relay's close frame
    auto second = connect("wrong");
    const auto comesIn = [this] {
        try {
            return connect("wrong") != nullptr;
        } catch (const LinkClosed &) {
            return false;
        } catch (const ConnectionReset &) {
            return false;
        }
    };
    EXPECT_FALSE(comesIn());
    first.reset();
    second.reset();
    EXPECT_TRUE(eventually(comesIn));
}

TEST_F(ClientSessionTest, AJwtIsAcceptedWhereASecretIsGiven)
{
    const std::string secret = "a secret of the tests, long enough for HS256";
    const auto key = edge::JwtKey::fromSecret(secret).value();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto tokenFor = [&](const std::string &subject, edge::JwtTime expires) {
        return edge::signJwt({.subject = subject, .expires = expires}, key, edge::JwtAlgorithm::HS256).value();
    };
    startWithSecret(secret);
    serve("shop", {.token = tokenFor("alice", now + 1h)})->socket().reset();
    ASSERT_TRUE(eventually([&] { return ask(get(host("shop"), "/", "Connection: close\r\n")).status() == 404; }));

    const auto bob = connect(tokenFor("bob", now + 1h));
    bob->sendControl(readyFor("shop", "s2"));
    expectRefusal(*bob, Code::NameTaken, kPolicy);
    const auto renewed = connect(tokenFor("alice", now + 2h));
    EXPECT_EQ(renewed->start(readyFor("shop", "s3")).tunnelId, "shop") << "another token, the same owner";

    const auto late = connect(tokenFor("alice", now - 2h));
    const auto refusal = late->expectControl<wire::ErrorMessage>();
    EXPECT_EQ(refusal.error.code, Code::Unauthorized);
    EXPECT_THAT(refusal.error.message, HasSubstr("expired"));
    EXPECT_EQ(late->expectClose(), kPolicy);
    const auto probe =
        ask(get(host(), wire::kConnectPath, "Authorization: Bearer " + tokenFor("alice", now - 2h) + "\r\n"));
    EXPECT_EQ(probe.status(), 401U);
    EXPECT_THAT(probe.body, HasSubstr("The token expired"));
}

struct ProbeCase {
    std::string fields;
    unsigned status;
    const char *code;
};

TEST_F(ClientSessionTest, APlainRequestIsToldWhatIsWrong)
{
    startWithToken();
    const auto authorization = [](const std::string &token) { return "Authorization: Bearer " + token + "\r\n"; };
    const ProbeCase table[] = {
        {"", 401, "unauthorized"},
        {authorization("wrong"), 401, "unauthorized"},
        {authorization(kToken), 400, "invalid_request"},
        {authorization(kToken) + "Connection: Upgrade\r\nUpgrade: h2c\r\n", 400, "invalid_request"},
    };
    for (const auto &[fields, status, code] : table) {
        const auto answer = ask(get(host(), wire::kConnectPath, fields));
        EXPECT_EQ(answer.status(), status) << fields;
        EXPECT_EQ(errorCode(answer), code) << fields;
        EXPECT_EQ(answer.header("Content-Type"), "application/json");
        EXPECT_THAT(answer.body, HasSubstr(code));
    }
}

TEST_F(ClientSessionTest, APageInABrowserOpensNoTunnel)
{
    start();
    const std::string upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: tunnel.v2.msgpack\r\n";
    for (const auto *origin : {"https://evil.example", "http://localhost", "null"}) {
        const auto answer = ask(get(host(), wire::kConnectPath, upgrade + "Origin: " + origin + "\r\n"));
        EXPECT_EQ(answer.status(), 403U) << origin;
        EXPECT_EQ(errorCode(answer), "forbidden") << origin;
    }
}

// --- What breaks the protocol ----------------------------------------------------------------------------------------

TEST_F(ClientSessionTest, ASecondReadyClosesTheLink)
{
    start();
    const auto client = serve("shop");
    client->sendControl(readyFor("shop"));
    expectRefusal(*client, Code::ProtocolError, kProtocolError);
}

TEST_F(ClientSessionTest, WhatBreaksTheProtocolClosesTheLink)
{
    start();
    std::string unopened;
    wire::appendFrame(unopened, 7, FrameKind::Data, "x");
    std::string requestHead;
    wire::appendFrame(requestHead, 1, FrameKind::RequestHead, "x");
    std::string badControl;
    wire::appendFrame(badControl, 0, FrameKind::Control, "\xc1");
    for (const auto &message : {unopened, requestHead, badControl, unopened.substr(0, 5)}) {
        const auto client = serve("shop");
        client->sendMessage(message);
        expectRefusal(*client, Code::ProtocolError, kProtocolError);
    }
}

TEST_F(ClientSessionTest, PingIsAnswered)
{
    start();
    const auto client = serve("shop");
    client->sendControl(wire::Ping{});
    (void)client->expectControl<wire::Pong>();
}

// --- A client that reads nothing of what it is sent ------------------------------------------------------------------

TEST_F(ClientSessionTest, PingsWhoseAnswersAreNotReadEndTheLink)
{
    auto config = quietConfig();
    config.timeouts.ping = 1s; // and two of them without a byte from the client are its end
    start(config);
    const auto client = serve("shop");
    EXPECT_THROW(pingWithoutReading(*client, 8 * wire::kLinkQueueBytes), ConnectionReset);
}

TEST_F(ClientSessionTest, AClientThatReadsNothingGetsNoMoreRequests)
{
    auto config = quietConfig();
    config.limits.maxStreamsPerLink = 1'000'000; // not what refuses them
    start(config);
    const auto client = serve("shop");
    pingWithoutReading(*client, 12 * wire::kMiB);
    const auto large = get(host("shop"), "/", "X-Large: " + std::string(60 * wire::kKiB, 'x') + "\r\n");
    const auto isRefused = [&] {
        RawVisitor visitor(port());
        visitor.send(large);
        return visitor.readable(10ms) && visitor.readResponse().status() == 429U;
    };
    EXPECT_TRUE(eventually(isRefused, 60s));
}

// The writer waits for a client that will not read, and nobody else notices that it is over.
TEST_F(ClientSessionTest, ALinkThatEndsUnderItsWriterIsForgotten)
{
    auto config = quietConfig();
    config.admin.port = freePort();
    start(config);
    const auto client = serve("shop");
    pingWithoutReading(*client, 14 * wire::kMiB); // more than the system takes for it, less than ends the link
    client->socket().finishSending();
    const auto isForgotten = [&] {
        RawVisitor visitor(relay().adminPort());
        visitor.send(get("localhost", "/metrics"));
        return visitor.readResponse().body.find("tunnel_relay_links 0\n") != std::string::npos;
    };
    EXPECT_TRUE(eventually(isForgotten));
}

// --- Streams ---------------------------------------------------------------------------------------------------------

TEST_F(ClientSessionTest, AResetSaysWhatTheVisitorSees)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const std::pair<Code, unsigned> table[] = {{Code::LocalServiceUnavailable, 503},
                                               {Code::Timeout, 504},
                                               {Code::InternalError, 502},
                                               {Code::HeadersTooLarge, 502}};
    for (const auto &[code, status] : table) {
        visitor.send(get(host("shop"), "/"));
        client->sendReset(client->expectRequest().stream, {code, "a detail for the log"});
        const auto page = visitor.readResponse();
        EXPECT_EQ(page.status(), status);
        EXPECT_THAT(page.body, testing::Not(HasSubstr("a detail for the log")));
        EXPECT_TRUE(page.keepAlive);
    }
}

TEST_F(ClientSessionTest, LateFramesOfAnEndedStreamAreDropped)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    client->respond(stream, 200, "ok");
    EXPECT_EQ(visitor.readResponse().body, "ok");
    client->sendData(stream, "late");
    client->sendWindow(stream, 1000);
    client->sendReset(stream, {Code::Cancelled, "late"});
    expectServedBy(*client, "shop");
}

TEST_F(ClientSessionTest, AClientsFaultOnOneStreamResetsThatOne)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    client->sendData(stream, "data before a head");
    EXPECT_EQ(client->expectReset(stream).code, Code::ProtocolError);
    EXPECT_EQ(visitor.readResponse().status(), 502U);
    expectServedBy(*client, "shop");
}

TEST_F(ClientSessionTest, TooManyStreamsAtOnceAreRefused)
{
    auto config = quietConfig();
    config.limits.maxStreamsPerLink = 1;
    start(config);
    const auto client = serve("shop");
    RawVisitor first(port());
    first.send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    const auto refused = ask(get(host("shop"), "/"));
    EXPECT_EQ(refused.status(), 429U);
    EXPECT_EQ(errorCode(refused), "rate_limited");
    EXPECT_EQ(refused.header("Retry-After"), std::to_string(wire::kRetryAfter.count()));
    client->respond(stream, 200, "ok");
    EXPECT_EQ(first.readResponse().body, "ok");
    expectServedBy(*client, "shop");
}

} // namespace
