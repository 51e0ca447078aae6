#include "relay/visitor_session.h"
#include "support/relay_test.h"
#include "support/wait_for.h"
#include "wire/ids.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;

class VisitorSessionTest : public RelayTest {
protected:
    // Sends a request, gives it to the client, answers it, and returns the head the client saw.
    wire::RequestHead exchange(TestClient &client, RawVisitor &visitor, std::string_view text)
    {
        visitor.send(text);
        auto request = client.expectRequest();
        client.respond(request.stream, 200, "ok");
        EXPECT_EQ(visitor.readResponse().body, "ok");
        return std::move(request.head);
    }
    static std::string field(const wire::RequestHead &head, std::string_view name)
    {
        return std::string(wire::findHeader(head.headers, name).value_or("(absent)"));
    }
};

// --- Where requests go -----------------------------------------------------------------------------------------------

TEST_F(VisitorSessionTest, RoutesByHostAndByPath)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    auto head = exchange(*client, visitor, get(host("shop"), "/a%20b?c=d"));
    EXPECT_EQ(head.uri, "/a%20b?c=d");
    EXPECT_EQ(field(head, "Host"), host("shop"));
    EXPECT_EQ(field(head, "X-Forwarded-Prefix"), "(absent)");
    head = exchange(*client, visitor, get(host(), "/shop/a%20b?c=d"));
    EXPECT_EQ(head.uri, "/a%20b?c=d");
    EXPECT_EQ(field(head, "X-Forwarded-Prefix"), "/shop");
    head = exchange(*client, visitor, get("127.0.0.1", "/shop/"));
    EXPECT_EQ(head.uri, "/");
    head = exchange(*client, visitor, get("SHOP.localhost.:1", "/x"));
    EXPECT_EQ(head.uri, "/x");
    head = exchange(*client, visitor, get(host(), "http://shop.localhost/abs"));
    EXPECT_EQ(head.uri, "/abs");
}

TEST_F(VisitorSessionTest, RedirectsTheBareNameSoThatRelativeLinksWork)
{
    start();
    const auto answer = ask(get(host(), "/shop?a=b"));
    EXPECT_EQ(answer.status(), 308U);
    EXPECT_EQ(answer.header("Location"), "/shop/?a=b");
    EXPECT_TRUE(answer.keepAlive);
}

TEST_F(VisitorSessionTest, LandingPageAndUnknownPlaces)
{
    start();
    const auto landing = ask(get(host(), "/"));
    EXPECT_EQ(landing.status(), 200U);
    EXPECT_THAT(landing.body, HasSubstr("HTTP Tunnel"));
    const std::string nowhere[] = {get(host("nobody"), "/"), get("example.com", "/"), get(host("a.b"), "/"),
                                   get(host(), "/_tunnel/other"), get(host(), "/nobody/x")};
    for (const auto &text : nowhere) {
        const auto answer = ask(text);
        EXPECT_EQ(answer.status(), 404U) << text;
        EXPECT_EQ(errorCode(answer), "tunnel_not_found") << text;
        EXPECT_TRUE(wire::isRequestId(answer.header("X-Request-Id")));
        EXPECT_TRUE(answer.keepAlive);
    }
}

TEST_F(VisitorSessionTest, PagesComeAsTheVisitorWantsThem)
{
    start();
    EXPECT_EQ(ask(get(host("nobody"), "/", "Accept: text/html,*/*;q=0.8\r\n")).header("Content-Type"),
              "text/html; charset=utf-8");
    const auto json = ask(get(host("nobody"), "/", "Accept: */*\r\nOrigin: https://app.example\r\n"));
    EXPECT_EQ(json.header("Content-Type"), "application/json");
    EXPECT_EQ(json.header("Access-Control-Allow-Origin"), "https://app.example");
    const auto head = ask(request("HEAD", host("nobody"), "/"), true);
    EXPECT_EQ(head.status(), 404U);
    EXPECT_NE(head.header("Content-Length"), "0");
}

TEST_F(VisitorSessionTest, AnOfflineTunnelSaysSo)
{
    start();
    serve("shop")->socket().reset();
    EXPECT_TRUE(eventually([&] {
        const auto answer = ask(get(host("shop"), "/"));
        return answer.status() == 404 && answer.body.find("offline") != std::string::npos;
    }));
    EXPECT_THAT(ask(get(host("nobody"), "/")).body, testing::Not(HasSubstr("offline")));
}

// --- What the client sees --------------------------------------------------------------------------------------------

TEST_F(VisitorSessionTest, HopByHopFieldsStayAndForwardedOnesAreAdded)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const auto head = exchange(*client, visitor,
                               get(host("shop"), "/",
                                   "Connection: X-Drop, keep-alive\r\nX-Drop: 1\r\nKeep-Alive: 5\r\nX-Forwarded-For: "
                                   "6.6.6.6\r\nForwarded: for=6.6.6.6\r\nCookie: a\r\nCookie: b\r\n"));
    for (const auto *gone : {"Connection", "X-Drop", "Keep-Alive"})
        EXPECT_EQ(field(head, gone), "(absent)") << gone;
    EXPECT_EQ(field(head, "X-Forwarded-For"), "127.0.0.1") << "what a stranger says is not believed";
    EXPECT_EQ(field(head, "X-Forwarded-Proto"), "http");
    EXPECT_EQ(field(head, "X-Forwarded-Host"), host("shop"));
    EXPECT_THAT(field(head, "Forwarded"), HasSubstr("for=127.0.0.1"));
    EXPECT_EQ(head.remoteAddress, "127.0.0.1");
    EXPECT_TRUE(wire::isRequestId(head.requestId));
    EXPECT_EQ(field(head, "X-Request-Id"), head.requestId);
    EXPECT_EQ(std::ranges::count_if(head.headers, [](const auto &header) { return header.name == "Cookie"; }), 2);
}

TEST_F(VisitorSessionTest, AVisitorCannotNameForwardedFieldsInConnection)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const auto head = exchange(
        *client, visitor, get(host("shop"), "/", "Connection: X-Forwarded-For, X-Forwarded-Proto, X-Request-Id\r\n"));
    EXPECT_EQ(field(head, "X-Forwarded-For"), "127.0.0.1");
    EXPECT_EQ(field(head, "X-Forwarded-Proto"), "http");
    EXPECT_EQ(field(head, "X-Request-Id"), head.requestId);
}

TEST_F(VisitorSessionTest, ATrustedProxyIsBelieved)
{
    auto config = quietConfig();
    config.proxy.trusted.push_back(*wire::Cidr::parse("127.0.0.0/8"));
    start(config);
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const auto head = exchange(*client, visitor,
                               get(host("shop"), "/", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(head.remoteAddress, "203.0.113.9");
    EXPECT_EQ(field(head, "X-Forwarded-For"), "203.0.113.9, 127.0.0.1");
    EXPECT_EQ(field(head, "X-Forwarded-Proto"), "https");
}

// --- The connection --------------------------------------------------------------------------------------------------

TEST_F(VisitorSessionTest, KeepsTheConnectionUntilToldOtherwise)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    for (int i = 0; i < 5; ++i)
        exchange(*client, visitor, get(host("shop"), "/" + std::to_string(i)));
    visitor.send(get(host("shop"), "/last", "Connection: close\r\n"));
    client->respond(client->expectRequest().stream, 200, "last");
    const auto last = visitor.readResponse();
    EXPECT_FALSE(last.keepAlive);
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorSessionTest, PipelinedRequestsAreAnsweredInOrder)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/1") + post(host("shop"), "/2", "body") + get(host("shop"), "/3"));
    for (const std::string number : {"1", "2", "3"}) {
        const auto request = client->expectRequest();
        EXPECT_EQ(request.head.uri, "/" + number);
        if (number == "2") {
            EXPECT_EQ(client->readBody(request.stream), "body");
        }
        client->respond(request.stream, 200, "answer " + number);
    }
    for (const std::string number : {"1", "2", "3"})
        EXPECT_EQ(visitor.readResponse().body, "answer " + number);
}

TEST_F(VisitorSessionTest, PipelinedPagesOfTheRelayItselfAreAnsweredInOrder)
{
    start();
    RawVisitor visitor(port());
    visitor.send(get(host(), "/") + get(host(), "/shop") + get(host("nobody"), "/"));
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    EXPECT_EQ(visitor.readResponse().status(), 308U);
    EXPECT_EQ(visitor.readResponse().status(), 404U);
}

TEST_F(VisitorSessionTest, ARequestInPiecesIsARequest)
{
    start();
    RawVisitor visitor(port());
    for (const char c : get(host(), "/"))
        visitor.send(std::string(1, c));
    EXPECT_EQ(visitor.readResponse().status(), 200U);
}

TEST_F(VisitorSessionTest, Http10)
{
    start();
    const auto client = serve("shop");
    const std::string head = "GET / HTTP/1.0\r\nHost: shop.localhost\r\n";
    {
        RawVisitor visitor(port());
        visitor.send(head + "\r\n");
        const auto stream = client->expectRequest().stream;
        client->sendHead(stream, streamedHead(200));
        client->sendData(stream, "until ");
        client->sendData(stream, "close");
        client->sendEnd(stream);
        const auto answer = visitor.readHead();
        EXPECT_EQ(answer.header("Transfer-Encoding"), "(absent)");
        EXPECT_EQ(visitor.receiveToEnd(), "until close");
    }
    RawVisitor visitor(port());
    for (int i = 0; i < 2; ++i) {
        visitor.send(head + "Connection: keep-alive\r\n\r\n");
        const auto request = client->expectRequest();
        EXPECT_EQ(request.head.version, 10U);
        client->respond(request.stream, 200, "kept");
        const auto answer = visitor.readResponse();
        EXPECT_EQ(answer.header("Connection"), "keep-alive");
        EXPECT_EQ(answer.body, "kept");
    }
    const auto landing = ask("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(landing.status(), 200U);
    EXPECT_EQ(landing.header("Connection"), "close");
}

// --- What is refused -------------------------------------------------------------------------------------------------

TEST_F(VisitorSessionTest, MalformedRequestsGet400AndTheConnectionIsClosed)
{
    start();
    const auto client = serve("shop");
    const std::string bad[] = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\r\n\r\n",
        request("POST", host("shop"), "/", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
        request("POST", host("shop"), "/", "Content-Length: 5\r\nContent-Length: 6\r\n") + "hello",
        get("not a host", "/"),
        get("shop.localhost@evil", "/"),
        request("CONNECT", host(), "example.com:443"),
    };
    for (const auto &text : bad) {
        RawVisitor visitor(port());
        visitor.send(text + get(host(), "/smuggled"));
        const auto answer = visitor.readResponse();
        EXPECT_EQ(answer.status(), 400U) << text;
        EXPECT_EQ(errorCode(answer), "invalid_request") << text;
        EXPECT_FALSE(answer.keepAlive) << text;
        EXPECT_TRUE(visitor.atEnd()) << "the bytes behind it were answered: " << text;
    }
    RawVisitor visitor(port());
    exchange(*client, visitor, get(host("shop"), "/fine")); // nothing of it all had reached the client
}

TEST_F(VisitorSessionTest, BrokenChunksGet400AndTheConnectionIsClosed)
{
    start();
    const auto client = serve("shop");
    for (const std::string body : {"xyz\r\n", "5\r\nhello!\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n",
                                   "5\r\nhello\r\n0\r\nX: a\n\r\n", "0\r\nX: a\r\n b\r\n\r\n"}) {
        RawVisitor visitor(port());
        visitor.send(request("POST", host("shop"), "/", "Transfer-Encoding: chunked\r\n") + body +
                     get(host(), "/smuggled"));
        const auto stream = client->expectRequest().stream;
        auto frame = client->next();
        while (frame.kind == wire::FrameKind::Data)
            frame = client->next();
        EXPECT_EQ(frame.kind, wire::FrameKind::Reset) << body;
        EXPECT_EQ(frame.stream, stream);
        const auto answer = visitor.readResponse();
        EXPECT_EQ(answer.status(), 400U) << body;
        EXPECT_FALSE(answer.keepAlive);
        EXPECT_TRUE(visitor.atEnd()) << body;
    }
}

TEST_F(VisitorSessionTest, TheRefusalOfALongBrokenBodyIsReadable)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(request("POST", host("shop"), "/", "Transfer-Encoding: chunked\r\n"));
    (void)client->expectRequest();
    visitor.send("xyz\r\n" + std::string(4 * wire::kMiB, 'j'));
    EXPECT_EQ(visitor.readResponse().status(), 400U);
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorSessionTest, AVisitorThatSends1MbOfHeadReadsTheRefusal)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/", "Cookie: " + std::string(wire::kMiB, 'c') + "\r\n"));
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 431U);
    EXPECT_EQ(errorCode(answer), "headers_too_large");
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorSessionTest, AHeadThatNoLongerFitsWithTheForwardedFieldsIsRefused)
{
    start();
    const auto client = serve("shop");
    std::string fields;
    for (std::size_t i = 1; i < wire::kMaxHeaderCount; ++i)
        fields += "a: b\r\n";
    EXPECT_EQ(ask(get(host("shop"), "/", fields)).status(), 431U);
    RawVisitor visitor(port());
    exchange(*client, visitor, get(host("shop"), "/fine"));
}

TEST_F(VisitorSessionTest, ADeclaredBodyOverTheLimitIsRefusedBeforeItIsRead)
{
    auto config = quietConfig();
    config.limits.maxBodyBytes = 1000;
    start(config);
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(post(host("shop"), "/", std::string(100'000, 'x')));
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 413U);
    EXPECT_EQ(errorCode(answer), "payload_too_large");
    EXPECT_TRUE(visitor.atEnd());
    RawVisitor other(port());
    other.send(post(host("shop"), "/", std::string(1000, 'x')));
    const auto request = client->expectRequest();
    EXPECT_EQ(client->readBody(request.stream).size(), 1000U);
    client->respond(request.stream, 200, "ok");
    EXPECT_EQ(other.readResponse().body, "ok");
}

TEST_F(VisitorSessionTest, TheBodyOfARefusedRequestIsNotTakenForARequest)
{
    start();
    RawVisitor visitor(port());
    visitor.send(post(host("nobody"), "/", get(host(), "/smuggled")));
    EXPECT_EQ(visitor.readResponse().status(), 404U);
    EXPECT_TRUE(visitor.atEnd());
}

// --- Time ------------------------------------------------------------------------------------------------------------

TEST_F(VisitorSessionTest, AHeadThatDoesNotEndIsTimedOut)
{
    auto config = quietConfig();
    config.timeouts.head = 200ms;
    start(config);
    RawVisitor visitor(port());
    visitor.send("GET / HTTP/1.1\r\nHost: loc");
    const auto answer = visitor.readResponse();
    EXPECT_EQ(answer.status(), 408U) << "the visitor's fault, not the service's";
    EXPECT_EQ(errorCode(answer), "timeout");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(visitor.atEnd());
}

TEST_F(VisitorSessionTest, AnIdleConnectionIsClosedQuietly)
{
    auto config = quietConfig();
    config.timeouts.keepAlive = 1s;
    start(config);
    RawVisitor visitor(port());
    visitor.send(get(host(), "/"));
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    EXPECT_TRUE(visitor.atEnd());
    EXPECT_TRUE(RawVisitor(port()).atEnd()) << "one that never asked anything";
}

} // namespace
