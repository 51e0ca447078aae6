#include "relay/client_session.h"
#include "support/relay_test.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;
using wire::Code;
using wire::FrameKind;

constexpr const char *kToken = "correct-horse-battery-staple";
constexpr std::uint16_t kGoingAway = 1001;
constexpr std::uint16_t kProtocolError = 1002;
constexpr std::uint16_t kPolicy = 1008;

class ClientSessionTest : public RelayTest {
protected:
    void startWithToken()
    {
        auto config = quietConfig();
        config.auth.tokenFile = m_folder.write("tokens", std::string(kToken) + "\nanother-token-of-somebody\n");
        start(config);
    }
    std::unique_ptr<TestClient> connect(const std::string &token = "")
    {
        return std::make_unique<TestClient>(port(), TestClient::Options{.token = token});
    }
    // What the relay says before it closes the link, and the code it closes with.
    static void expectRefusal(TestClient &client, Code code, std::uint16_t closeCode)
    {
        const auto refusal = client.expectControl<wire::ErrorMessage>();
        EXPECT_EQ(refusal.error.code, code) << refusal.error.message;
        EXPECT_FALSE(refusal.error.message.empty());
        EXPECT_EQ(client.expectClose(), closeCode);
    }
    // One exchange through whichever client is to get it.
    void expectServedBy(TestClient &client, const std::string &name)
    {
        RawVisitor visitor(port());
        visitor.send(get(host(name), "/"));
        client.respond(client.expectRequest().stream, 200, "ok");
        EXPECT_EQ(visitor.readResponse().body, "ok");
    }

private:
    TemporaryFolder m_folder;
};

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

// --- Names and links -------------------------------------------------------------------------------------------------

TEST_F(ClientSessionTest, ATakenNameIsRefused)
{
    start();
    const auto first = serve("shop");
    const auto second = connect();
    second->sendControl(readyFor("shop", "another session"));
    expectRefusal(*second, Code::NameTaken, kPolicy);
    expectServedBy(*first, "shop");
}

TEST_F(ClientSessionTest, ABadNameIsRefused)
{
    start();
    const auto client = connect();
    client->sendControl(readyFor("Not A Name"));
    expectRefusal(*client, Code::InvalidRequest, kPolicy);
}

TEST_F(ClientSessionTest, TakeoverEvictsTheFormerClient)
{
    startWithToken();
    const auto first = serve("shop", {.token = kToken});
    const auto stranger = connect("another-token-of-somebody");
    auto takeover = readyFor("shop", "another session");
    takeover.takeover = true;
    stranger->sendControl(takeover);
    expectRefusal(*stranger, Code::NameTaken, kPolicy);

    const auto second = connect(kToken);
    EXPECT_EQ(second->start(takeover).tunnelId, "shop");
    expectRefusal(*first, Code::NameTaken, kPolicy);
    expectServedBy(*second, "shop");
}

TEST_F(ClientSessionTest, AReconnectTakesTheSameName)
{
    startWithToken();
    serve("shop", {.token = kToken})->socket().reset();
    ASSERT_TRUE(eventually([&] { return ask(get(host("shop"), "/", "Connection: close\r\n")).status() == 404; }));
    const auto stranger = connect("another-token-of-somebody");
    stranger->sendControl(readyFor("shop", "s2"));
    expectRefusal(*stranger, Code::NameTaken, kPolicy);
    const auto back = serve("shop", {.token = kToken});
    expectServedBy(*back, "shop");
}

TEST_F(ClientSessionTest, RequestsGoToTheLinkWithTheFewest)
{
    start();
    const auto first = serve("shop");
    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    EXPECT_EQ(second.start(joining).tunnelId, "shop");

    RawVisitor one(port());
    RawVisitor two(port());
    one.send(get(host("shop"), "/one"));
    const auto onFirst = first->expectRequest();
    two.send(get(host("shop"), "/two"));
    const auto onSecond = second.expectRequest();
    EXPECT_EQ(onFirst.head.uri, "/one");
    EXPECT_EQ(onSecond.head.uri, "/two");
    second.respond(onSecond.stream, 200, "second");
    first->respond(onFirst.stream, 200, "first");
    EXPECT_EQ(one.readResponse().body, "first");
    EXPECT_EQ(two.readResponse().body, "second");
}

TEST_F(ClientSessionTest, ALostLinkFailsItsOwnStreamsOnly)
{
    start();
    const auto first = serve("shop");
    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    (void)second.start(joining);
    RawVisitor one(port());
    RawVisitor two(port());
    one.send(get(host("shop"), "/one"));
    (void)first->expectRequest();
    two.send(get(host("shop"), "/two"));
    const auto survivor = second.expectRequest();
    first->socket().reset();
    EXPECT_EQ(errorCode(one.readResponse()), "connection_lost");
    second.respond(survivor.stream, 200, "second");
    EXPECT_EQ(two.readResponse().body, "second");
    expectServedBy(second, "shop");
}

TEST_F(ClientSessionTest, AClientWithoutOtherLinksReplacesItsStaleOnes)
{
    start();
    const auto stale = serve("shop");
    const auto fresh = serve("shop"); // the same session, links: 0
    expectRefusal(*stale, Code::ConnectionLost, kPolicy);
    expectServedBy(*fresh, "shop");
}

TEST_F(ClientSessionTest, ADrainingLinkGetsNoNewStreamsAndClosesAfterItsLast)
{
    start();
    const auto first = serve("shop");
    RawVisitor slow(port());
    slow.send(get(host("shop"), "/slow"));
    const auto request = first->expectRequest();

    auto joining = readyFor("shop");
    joining.links = 1;
    TestClient second(port());
    (void)second.start(joining);
    first->sendControl(wire::Draining{"moving to another network"});
    first->sendControl(wire::Ping{}); // its answer says that the relay has read both
    (void)first->expectControl<wire::Pong>();
    for (int i = 0; i < 3; ++i)
        expectServedBy(second, "shop");

    first->respond(request.stream, 200, "slow");
    EXPECT_EQ(slow.readResponse().body, "slow");
    EXPECT_EQ(first->expectClose(), kGoingAway);
}

TEST_F(ClientSessionTest, AnIdleDrainingLinkClosesAtOnce)
{
    start();
    const auto client = serve("shop");
    client->sendControl(wire::Draining{"bye"});
    EXPECT_LT(client->expectClose(), kProtocolError);
}

TEST_F(ClientSessionTest, AStoppingRelayTellsItsClients)
{
    start();
    const auto idle = serve("idle");
    const auto busy = serve("busy");
    RawVisitor visitor(port());
    visitor.send(get(host("busy"), "/"));
    const auto request = busy->expectRequest();
    relay().stop();
    EXPECT_FALSE(idle->expectControl<wire::Draining>().reason.empty());
    EXPECT_EQ(idle->expectClose(), kGoingAway);
    (void)busy->expectControl<wire::Draining>();
    busy->respond(request.stream, 200, "last");
    EXPECT_EQ(visitor.readResponse().body, "last");
    EXPECT_EQ(busy->expectClose(), kGoingAway);
    EXPECT_TRUE(relay().ended(kBound));
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
