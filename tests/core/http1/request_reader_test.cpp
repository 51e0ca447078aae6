#include "bad_requests.h"
#include "http1/request_reader.h"
#include "http1/serialize.h"
#include "support/http_reading.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using support::readMessage;
using wire::BodyKind;
using wire::Code;
using Reading = support::Reading<wire::RequestHead>;

Reading readRequest(std::string_view bytes, std::size_t step = 1 << 20)
{
    http1::RequestReader reader;
    return readMessage<wire::RequestHead>(reader, bytes, step);
}

// Feeding byte by byte, by three and at once must give the same.
Reading readEveryWay(std::string_view bytes)
{
    auto whole = readRequest(bytes);
    EXPECT_EQ(readRequest(bytes, 1), whole);
    EXPECT_EQ(readRequest(bytes, 3), whole);
    return whole;
}

TEST(RequestReader, ReadsAHead)
{
    const auto got =
        readEveryWay("GET /a/b%20c?d=%2f&e HTTP/1.1\r\nHost: shop.localhost\r\nX-Empty:\r\nX-Pad: \t v \t\r\n\r\n");
    ASSERT_FALSE(got.error) << got.message;
    EXPECT_TRUE(got.complete);
    EXPECT_TRUE(got.keepAlive);
    EXPECT_EQ(got.head.method, "GET");
    EXPECT_EQ(got.head.uri, "/a/b%20c?d=%2f&e");
    EXPECT_EQ(got.head.version, 11U);
    EXPECT_EQ(got.head.body, BodyKind::None);
    EXPECT_EQ(got.head.headers, (wire::HeaderList{{"Host", "shop.localhost"}, {"X-Empty", ""}, {"X-Pad", "v"}}));
}

TEST(RequestReader, KeepsOrderAndInterleavedDuplicates)
{
    const auto got = readEveryWay(
        "GET / HTTP/1.1\r\nCookie: a\r\nHost: h\r\nx-one: 1\r\nCookie: b\r\nX-ONE: 2\r\nCookie: a\r\n\r\n");
    ASSERT_FALSE(got.error);
    EXPECT_EQ(got.head.headers,
              (wire::HeaderList{
                  {"Cookie", "a"}, {"Host", "h"}, {"x-one", "1"}, {"Cookie", "b"}, {"X-ONE", "2"}, {"Cookie", "a"}}));
}

struct KeepCase {
    const char *head;
    bool keepAlive;
};

TEST(RequestReader, KeepAliveFollowsVersionAndConnection)
{
    const KeepCase table[] = {
        {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", false},
        {"GET / HTTP/1.1\r\nHost: h\r\nConnection: X-A, Close\r\n\r\n", false},
        {"GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true},
    };
    for (const auto &[head, keepAlive] : table) {
        const auto got = readEveryWay(head);
        ASSERT_FALSE(got.error) << head;
        EXPECT_EQ(got.keepAlive, keepAlive) << head;
    }
}

struct TargetCase {
    const char *start;
    const char *uri;
    const char *host;
};

TEST(RequestReader, TargetForms)
{
    const TargetCase table[] = {
        {"GET /x", "/x", "h"},
        {"GET //evil/x", "//evil/x", "h"},
        {"OPTIONS *", "*", "h"},
        {"GET http://shop.localhost:8080/x?y", "/x?y", "shop.localhost:8080"},
        {"GET HTTP://shop.localhost", "/", "shop.localhost"},
        {"GET https://shop.localhost?q=/", "/?q=/", "shop.localhost"},
        {"PROPFIND /dav", "/dav", "h"},
        {"get /x", "/x", "h"},
    };
    for (const auto &[start, uri, host] : table) {
        const auto got = readEveryWay(std::string(start) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        ASSERT_FALSE(got.error) << start;
        EXPECT_EQ(got.head.uri, uri);
        EXPECT_EQ(wire::findHeader(got.head.headers, "host"), host) << start;
    }
}

TEST(RequestReader, StopsAfterTheHeadAndReportsTheLength)
{
    http1::RequestReader reader;
    std::string body;
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n";
    const auto taken = reader.feed(head + "hello", body);
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, head.size());
    EXPECT_TRUE(reader.headComplete());
    EXPECT_FALSE(reader.complete());
    EXPECT_EQ(reader.contentLength(), 5U);
    EXPECT_EQ(reader.head().body, BodyKind::Sized);
    EXPECT_TRUE(body.empty());
}

TEST(RequestReader, BodyNeverOutgrowsWhatWasGiven)
{
    http1::RequestReader reader;
    std::string body;
    std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    ASSERT_TRUE(reader.feed(bytes, body));
    bytes = "8\r\nabcdefgh\r\n0\r\n\r\n";
    const auto taken = reader.feed(std::string_view(bytes).substr(0, 6), body);
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, 6U);
    EXPECT_EQ(body, "abc");
}

struct BodyCase {
    const char *fields;
    std::string bytes;
    BodyKind kind;
    std::string body;
};

TEST(RequestReader, Bodies)
{
    const BodyCase table[] = {
        {"Content-Length: 5\r\n", "hello", BodyKind::Sized, "hello"},
        {"content-length:005\r\n", "hello", BodyKind::Sized, "hello"},
        {"Content-Length: 0\r\n", "", BodyKind::None, ""},
        {"", "", BodyKind::None, ""},
        {"Transfer-Encoding: chunked\r\n", "0\r\n\r\n", BodyKind::Unknown, ""},
        {"Transfer-Encoding: Chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", BodyKind::Unknown, "hello"},
        {"Transfer-Encoding: chunked\r\n", "005\r\nhello\r\n000\r\n\r\n", BodyKind::Unknown, "hello"},
        {"Transfer-Encoding: chunked\r\n", "A\r\n0123456789\r\nb\r\n01234567890\r\n0\r\n\r\n", BodyKind::Unknown,
         "012345678901234567890"},
        {"Transfer-Encoding: chunked\r\n", "5;a;b=c;d=\"e;\\\"f\"\r\nhello\r\n0;last\r\n\r\n", BodyKind::Unknown,
         "hello"},
        {"Transfer-Encoding: chunked\r\n", "7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", BodyKind::Unknown, "0\r\n\r\n\r\n"},
    };
    const std::string next = "GET /next HTTP/1.1\r\n";
    for (const auto &[fields, bytes, kind, body] : table) {
        const auto head = "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
        const auto got = readEveryWay(head + bytes + next);
        ASSERT_FALSE(got.error) << fields << bytes << ": " << got.message;
        EXPECT_TRUE(got.complete) << fields << bytes;
        EXPECT_EQ(got.head.body, kind) << fields << bytes;
        EXPECT_EQ(got.body, body);
        EXPECT_EQ(got.used, head.size() + bytes.size()) << "the next request was touched";
    }
}

TEST(RequestReader, LargeBodiesInUnevenSteps)
{
    std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string expected;
    for (int i = 0; i < 40; ++i) {
        const std::string piece(static_cast<std::size_t>(1 + i * 613), static_cast<char>('a' + i % 26));
        http1::appendChunk(bytes, piece);
        expected += piece;
    }
    bytes += "0\r\n\r\n";
    for (const std::size_t step : {17U, 4096U, 70'000U}) {
        const auto got = readRequest(bytes, step);
        ASSERT_FALSE(got.error) << got.message;
        EXPECT_EQ(got.body, expected) << step;
    }
}

TEST(RequestReader, Trailers)
{
    const auto got = readEveryWay("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  "5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Note: two words\r\nX-Sum: 2\r\n\r\n");
    ASSERT_FALSE(got.error) << got.message;
    EXPECT_EQ(got.body, "hello");
    EXPECT_EQ(got.trailers, (wire::HeaderList{{"X-Sum", "1"}, {"X-Note", "two words"}, {"X-Sum", "2"}}));
}

TEST(RequestReader, UpgradeNeedsConnectionAndHttp11)
{
    const std::string upgrade = "Upgrade: websocket\r\n";
    const auto got =
        readEveryWay("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n" + upgrade + "\r\n");
    ASSERT_FALSE(got.error);
    EXPECT_EQ(got.head.upgrade, "websocket");
    EXPECT_EQ(readEveryWay("GET / HTTP/1.1\r\nHost: h\r\n" + upgrade + "\r\n").head.upgrade, "");
    const std::string h2c = "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n";
    EXPECT_EQ(readEveryWay(h2c).head.upgrade, "") << "requests within it would pass unseen";
    EXPECT_EQ(readEveryWay("GET / HTTP/1.0\r\nConnection: upgrade\r\n" + upgrade + "\r\n").head.upgrade, "");
    const std::string chunked = "Connection: Upgrade\r\nTransfer-Encoding: chunked\r\n" + upgrade + "\r\n0\r\n\r\n";
    EXPECT_EQ(readEveryWay("POST / HTTP/1.1\r\nHost: h\r\n" + chunked).head.upgrade, "")
        << "it would wait for an answer";
}

TEST(RequestReader, RefusesAmbiguousHeads)
{
    for (const auto &[what, bytes] : kBadHeads) {
        const auto got = readEveryWay(bytes);
        EXPECT_EQ(got.error, Code::InvalidRequest) << what << ": " << got.message;
        EXPECT_FALSE(got.complete) << what;
    }
}

TEST(RequestReader, RefusesBrokenChunks)
{
    for (const auto &[what, bytes] : badChunkedBodies()) {
        const auto got = readEveryWay("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + bytes);
        EXPECT_EQ(got.error, Code::InvalidRequest) << what << ": " << got.message;
        EXPECT_FALSE(got.complete) << what;
    }
}

TEST(RequestReader, RefusesLargeHeads)
{
    for (const auto &[what, bytes] : tooLargeHeads()) {
        const auto got = readRequest(bytes);
        EXPECT_EQ(got.error, Code::HeadersTooLarge) << what << ": " << got.message;
        EXPECT_EQ(readRequest(bytes, 1024), got) << what;
    }
}

TEST(RequestReader, TakesWhatJustFits)
{
    const auto fields = readEveryWay(headWithFields(wire::kMaxHeaderCount));
    ASSERT_FALSE(fields.error) << fields.message;
    EXPECT_EQ(fields.head.headers.size(), wire::kMaxHeaderCount);
    const auto target = readEveryWay("GET " + targetOfSize(wire::kMaxTargetBytes) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_FALSE(target.error) << target.message;
    const auto head = headOfSize(wire::kMaxHeadBytes);
    ASSERT_EQ(head.size(), wire::kMaxHeadBytes);
    const auto whole = readRequest(head);
    ASSERT_FALSE(whole.error) << whole.message;
    EXPECT_EQ(readRequest(head, 1000), whole);
}

// Nothing of a cut-off message counts as complete, wherever it was cut.
TEST(RequestReader, CutMessagesAreIncomplete)
{
    const std::string whole = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto got = readRequest(whole.substr(0, size), 4);
        EXPECT_FALSE(got.error) << size << ": " << got.message;
        EXPECT_FALSE(got.complete) << size;
    }
    EXPECT_TRUE(readRequest(whole, 4).complete);
}

} // namespace
