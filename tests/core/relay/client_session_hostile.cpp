// Tunnel clients that mean harm: every message here is refused, no visitor sees what it carried, the relay goes on.
#include "client_session_fixture.h"
#include "wire/msgpack_codec.h"

#include <array>

namespace {

using wire::BodyKind;

class HostileClientTest : public ClientSessionTest {
protected:
    static std::string frame(std::uint32_t stream, FrameKind kind, std::string_view payload)
    {
        std::string message;
        wire::appendFrame(message, stream, kind, payload);
        return message;
    }
    static std::string control(const wire::ControlMessage &message)
    {
        std::string payload;
        wire::encodeControl(payload, message);
        return frame(0, FrameKind::Control, payload);
    }
    static std::string header(std::uint32_t stream, unsigned kind, std::size_t length)
    {
        std::string bytes;
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            bytes += static_cast<char>(stream >> shift & 0xff);
        bytes += static_cast<char>(kind);
        for (const unsigned shift : {16U, 8U, 0U})
            bytes += static_cast<char>(length >> shift & 0xff);
        return bytes;
    }
    static wire::ResponseHead head(wire::HeaderList headers, BodyKind body = BodyKind::None)
    {
        return {.status = 200, .reason = "OK", .headers = std::move(headers), .upgrade = {}, .body = body};
    }
};

struct HostileMessage {
    const char *what;
    std::string bytes;
    bool binary = true;
};

TEST_F(HostileClientTest, WhatComesBeforeReadyClosesTheLink)
{
    start();
    const std::string table[] = {
        control(wire::Ping{}),
        control(wire::Draining{"no reason"}),
        control(wire::ErrorMessage{{}, {Code::InternalError, "text"}}),
        control(wire::ConnectionEstablished{"c", "shop", "http://x/", {}, {}, {}}),
        frame(1, FrameKind::Data, "x"),
        frame(1, FrameKind::End, {}),
    };
    for (const auto &message : table) {
        const auto client = connect();
        client->sendMessage(message);
        expectRefusal(*client, Code::ProtocolError, kProtocolError);
    }
}

TEST_F(HostileClientTest, WhatIsNoMessageClosesTheLink)
{
    start();
    std::string deep = "\x81\xa1x";
    for (unsigned i = 0; i < 200; ++i)
        deep += '\x91';
    const HostileMessage table[] = {
        {"text, not binary", control(wire::Ping{}), false},
        {"a frame cut in its header", header(1, 3, 0).substr(0, 5)},
        {"a frame longer than its message", header(1, 3, 10) + "short"},
        {"a kind that is none", header(1, 200, 0)},
        {"a control frame of a stream", header(1, 0, 1) + "\x80"},
        {"data without a stream", header(0, 3, 1) + "x"},
        {"a data frame over its limit",
         header(1, 3, wire::kMaxDataBytes + 1) + std::string(wire::kMaxDataBytes + 1, 'x')},
        {"a control frame over its limit",
         header(0, 0, wire::kMaxControlBytes + 1) + std::string(wire::kMaxControlBytes + 1, 'x')},
        {"a request head", frame(9, FrameKind::RequestHead, "x")},
        {"a stream that was never opened", frame(7, FrameKind::Data, "x")},
        {"the highest stream", frame(0xffff'ffff, FrameKind::End, {})},
        {"no map", frame(0, FrameKind::Control, "\x01")},
        {"an unknown type", frame(0, FrameKind::Control, "\x81\xa4type\xa4none")},
        {"a type twice", frame(0, FrameKind::Control, "\x82\xa4type\xa4ping\xa4type\xa4ping")},
        {"bytes behind a message", frame(0, FrameKind::Control, "\x81\xa4type\xa4ping!")},
        {"nested without end", frame(0, FrameKind::Control, deep)},
        {"a map of 4,294,967,295 pairs", frame(0, FrameKind::Control, "\xdf\xff\xff\xff\xff")},
        {"what only the server says", control(wire::ConnectionEstablished{"c", "shop", "http://x/", {}, {}, {}})},
        {"an error about a request id with a line break",
         control(wire::ErrorMessage{"req_\r\nX: y", {Code::Timeout, "t"}})},
        {"a text that is no UTF-8", control(wire::Draining{"\xc0\xaf"})},
    };
    for (const auto &[what, bytes, binary] : table) {
        SCOPED_TRACE(what);
        const auto client = serve("shop");
        client->sendMessage(bytes, binary);
        EXPECT_THAT((std::array{kProtocolError, std::uint16_t{1007}, kPolicy}),
                    testing::Contains(client->expectClose()));
    }
    const auto good = serve("shop");
    expectServedBy(*good, "shop");
}

TEST_F(HostileClientTest, NamesThatAreNoneAreRefused)
{
    start();
    for (const std::string name : {"a", "A", "shop.evil", "../shop", "shop/x", "shop\\x", "-shop", "shop-", "sh op",
                                   "shop%00", "_tunnel", "shop:80", "xn--\xc3\xa4", "caf\xc3\xa9", "*", "@shop"}) {
        const auto client = connect();
        client->sendControl(readyFor(name));
        expectRefusal(*client, Code::InvalidRequest, kPolicy);
    }
    for (const std::string &name : {std::string("shop\r\nX: y"), std::string("a\0b", 3), std::string(64, 'a')}) {
        const auto client = connect();
        client->sendControl(readyFor(name));
        const auto refusal = client->expectControl<wire::ErrorMessage>();
        EXPECT_THAT((std::array{Code::InvalidRequest, Code::ProtocolError}), testing::Contains(refusal.error.code));
    }
}

// Response splitting from behind: what a head carries never becomes a line, a field or a message of its own.
TEST_F(HostileClientTest, AHeadThatWouldSplitTheResponseIsA502)
{
    start();
    const auto client = serve("shop");
    const std::pair<const char *, wire::ResponseHead> table[] = {
        {"CRLF in a value", head({{"X", "a\r\nSet-Cookie: evil=1"}})},
        {"LF in a value", head({{"X", "a\nSet-Cookie: evil=1"}})},
        {"CR in a value", head({{"X", "a\rSet-Cookie: evil=1"}})},
        {"NUL in a value", head({{"X", std::string("a\0b", 3)}})},
        {"CRLF in a name", head({{"X: a\r\nSet-Cookie", "evil=1"}})},
        {"colon in a name", head({{"Set-Cookie: evil=1; X", "a"}})},
        {"space in a name", head({{"X ", "evil"}})},
        {"no name", head({{"", "evil"}})},
        {"a whole response in a value", head({{"X", "a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"}})},
        {"CRLF in the reason", {.status = 200, .reason = "OK\r\nSet-Cookie: evil=1", .headers = {}, .upgrade = {}}},
        {"a status of four digits", {.status = 2000, .reason = "OK", .headers = {}, .upgrade = {}}},
        {"no status", {.status = 0, .reason = "OK", .headers = {}, .upgrade = {}}},
        {"an upgrade that nobody asked for", {.status = 101, .reason = "evil", .headers = {}, .upgrade = "evil"}},
        {"two lengths", head({{"Content-Length", "4"}, {"Content-Length", "8"}}, BodyKind::Sized)},
        {"a list of lengths", head({{"Content-Length", "4, 4"}}, BodyKind::Sized)},
        {"a length with a sign", head({{"Content-Length", "+4"}}, BodyKind::Sized)},
        {"a length and no body", head({{"Content-Length", "4"}}, BodyKind::Unknown)},
        {"a transfer coding", head({{"Transfer-Encoding", "chunked"}}, BodyKind::Unknown)},
        {"a transfer coding and a length",
         head({{"Transfer-Encoding", "chunked"}, {"Content-Length", "4"}}, BodyKind::Sized)},
        {"a body after 204",
         {.status = 204, .reason = "evil", .headers = {}, .upgrade = {}, .body = BodyKind::Unknown}},
        {"a body after 304",
         {.status = 304, .reason = "evil", .headers = {}, .upgrade = {}, .body = BodyKind::Unknown}},
        {"too many fields", head(wire::HeaderList(wire::kMaxHeaderCount + 1, {"X-Evil", "evil"}))},
        {"a value over the limit", head({{"X-Evil", std::string(wire::kMaxHeadBytes, 'e')}})},
    };
    RawVisitor visitor(port());
    for (const auto &[what, response] : table) {
        SCOPED_TRACE(what);
        visitor.send(get(host("shop"), "/"));
        const auto stream = client->expectRequest().stream;
        client->sendHead(stream, response);
        (void)client->expectReset(stream);
        const auto page = visitor.readResponse();
        EXPECT_EQ(page.status(), 502U);
        EXPECT_THAT(page.body, testing::Not(HasSubstr("evil")));
        EXPECT_EQ(page.header("Set-Cookie"), "(absent)");
    }
    visitor.send(get(host("shop"), "/"));
    client->respond(client->expectRequest().stream, 200, "ok");
    EXPECT_EQ(visitor.readResponse().body, "ok") << "the next answer is the next request's";
}

// Bytes that do not fit the head would be read as the next visitor's response.
TEST_F(HostileClientTest, ABodyThatIsNotAsLongAsItSaidEndsTheVisitorsConnection)
{
    start();
    const auto client = serve("shop");
    for (const std::string body : {"", "sho", "longer than said"}) {
        SCOPED_TRACE(body);
        RawVisitor visitor(port());
        visitor.send(get(host("shop"), "/"));
        const auto stream = client->expectRequest().stream;
        client->sendHead(stream, head({{"Content-Length", "8"}}, BodyKind::Sized));
        if (!body.empty())
            client->sendData(stream, body);
        client->sendEnd(stream);
        EXPECT_THROW((void)visitor.readResponse(), std::runtime_error);
        (void)client->expectReset(stream);
    }
    expectServedBy(*client, "shop");
}

TEST_F(HostileClientTest, MoreDataThanCreditWasGivenEndsThatStream)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    client->sendHead(stream, head({}, BodyKind::Unknown));
    const std::string data(wire::kMaxDataBytes, 'x');
    for (std::size_t sent = 0; sent < 64 * wire::kMiB; sent += data.size()) // more than any socket's buffers take
        client->sendData(stream, data);
    EXPECT_EQ(client->expectReset(stream).code, Code::ProtocolError);
    expectServedBy(*client, "shop");
}

} // namespace
