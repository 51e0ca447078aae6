#include "http1/response_reader.h"
#include "http1/serialize.h"
#include "support/http_reading.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::string_literals;
using wire::BodyKind;
using wire::Code;
using Reading = support::Reading<wire::ResponseHead>;

Reading readResponse(std::string_view bytes, std::size_t step = 1 << 20, bool answersHead = false)
{
    http1::ResponseReader reader(answersHead);
    return support::readMessage<wire::ResponseHead>(reader, bytes, step);
}

Reading readEveryWay(std::string_view bytes, bool answersHead = false)
{
    auto whole = readResponse(bytes, 1 << 20, answersHead);
    EXPECT_EQ(readResponse(bytes, 1, answersHead), whole);
    EXPECT_EQ(readResponse(bytes, 3, answersHead), whole);
    return whole;
}

TEST(ResponseReader, ReadsAHead)
{
    const auto got = readEveryWay("HTTP/1.1 404 Not Here, Sorry\r\nSet-Cookie: a=1\r\nServer: s\r\nSet-Cookie: b=2\r\n"
                                  "set-cookie: a=1\r\nContent-Length: 0\r\n\r\n");
    ASSERT_FALSE(got.error) << got.message;
    EXPECT_TRUE(got.complete);
    EXPECT_TRUE(got.keepAlive);
    EXPECT_EQ(got.head.status, 404U);
    EXPECT_EQ(got.head.reason, "Not Here, Sorry");
    EXPECT_EQ(got.head.headers, (wire::HeaderList{{"Set-Cookie", "a=1"},
                                                  {"Server", "s"},
                                                  {"Set-Cookie", "b=2"},
                                                  {"set-cookie", "a=1"},
                                                  {"Content-Length", "0"}}));
}

struct BodyCase {
    const char *head;
    std::string bytes;
    BodyKind kind;
    std::string body;
    bool complete;
    bool keepAlive;
};

TEST(ResponseReader, Bodies)
{
    const BodyCase table[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "hello", BodyKind::Sized, "hello", true, true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "hell", BodyKind::Sized, "hell", false, true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", "hello", BodyKind::Sized, "hello", true,
         true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", BodyKind::Unknown, "hello",
         true, true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\nConnection: close\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n",
         BodyKind::Unknown, "hello", true, false},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n0\r\n", BodyKind::Unknown, "hello",
         false, true},
        {"HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n", "ok", BodyKind::Sized, "ok", true, true},
        {"HTTP/1.0 200\r\n\r\n", "to the end", BodyKind::Unknown, "to the end", false, false},
        {"HTTP/1.1 204\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 100\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 200 OK\r\n\r\n", "to the end", BodyKind::Unknown, "to the end", false, false},
        {"HTTP/1.0 200 OK\r\n\r\n", "to the end", BodyKind::Unknown, "to the end", false, false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n", "ok", BodyKind::Sized, "ok", true,
         true},
        {"HTTP/1.1 204 No Content\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 123\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 100 Continue\r\n\r\n", "", BodyKind::None, "", true, true},
        {"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", "", BodyKind::None, "", true, true},
    };
    for (const auto &[head, bytes, kind, body, complete, keepAlive] : table) {
        const auto got = readEveryWay(head + bytes);
        ASSERT_FALSE(got.error) << head << bytes << ": " << got.message;
        EXPECT_TRUE(got.headComplete);
        EXPECT_EQ(got.head.body, kind) << head;
        EXPECT_EQ(got.body, body) << head;
        EXPECT_EQ(got.complete, complete) << head << bytes;
        EXPECT_EQ(got.keepAlive, keepAlive) << head;
    }
}

TEST(ResponseReader, NoBodyFollowsTheAnswerToHead)
{
    for (const auto &fields : {"Content-Length: 123\r\n"s, "Transfer-Encoding: chunked\r\n"s, ""s}) {
        const auto head = "HTTP/1.1 200 OK\r\n" + fields + "\r\n";
        const auto got = readEveryWay(head + "HTTP/1.1 200 OK\r\n", true);
        ASSERT_FALSE(got.error) << got.message;
        EXPECT_TRUE(got.complete) << fields;
        EXPECT_EQ(got.used, head.size()) << "the next response was touched";
        EXPECT_EQ(got.head.body, BodyKind::None);
    }
}

TEST(ResponseReader, InterimHeadsLeaveTheFinalOneAlone)
{
    const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    const auto got = readEveryWay(interim + "HTTP/1.1 200 OK\r\n\r\n");
    EXPECT_TRUE(got.complete);
    EXPECT_EQ(got.used, interim.size());
    EXPECT_EQ(got.head.status, 103U);
}

TEST(ResponseReader, NothingIsTakenAfterSwitchingProtocols)
{
    const std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    const auto got = readEveryWay(head + "\x81\x05hello");
    ASSERT_FALSE(got.error) << got.message;
    EXPECT_EQ(got.used, head.size());
    EXPECT_EQ(got.head.status, 101U);
    EXPECT_EQ(got.head.upgrade, "websocket");
    EXPECT_EQ(got.head.body, BodyKind::None);
}

TEST(ResponseReader, UpgradeIsOfSwitchingProtocolsOnly)
{
    const auto got = readEveryWay("HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n");
    ASSERT_FALSE(got.error);
    EXPECT_EQ(got.head.upgrade, "");
}

TEST(ResponseReader, Trailers)
{
    const auto got = readEveryWay("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n"
                                  "X-Time: 2\r\nX-Sum: 3\r\n\r\n");
    ASSERT_FALSE(got.error) << got.message;
    EXPECT_EQ(got.trailers, (wire::HeaderList{{"X-Sum", "1"}, {"X-Time", "2"}, {"X-Sum", "3"}}));
}

struct FinishCase {
    const char *bytes;
    bool whole;
};

TEST(ResponseReader, FinishCompletesOnlyWhatRunsUntilClose)
{
    const FinishCase table[] = {
        {"", false},
        {"HTTP/1.1 200 OK\r\nServer", false},
        {"HTTP/1.1 200 OK\r\n\r\n", true},
        {"HTTP/1.1 200 OK\r\n\r\nsome", true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", false},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", false},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", true},
    };
    for (const auto &[bytes, whole] : table) {
        http1::ResponseReader reader(false);
        (void)support::readMessage<wire::ResponseHead>(reader, bytes, 5);
        const auto finished = reader.finish();
        EXPECT_EQ(finished.has_value(), whole) << bytes;
        EXPECT_EQ(reader.complete(), whole) << bytes;
        if (!finished) {
            EXPECT_EQ(finished.error().code, Code::InternalError);
        }
    }
}

TEST(ResponseReader, StartedWithTheFirstByte)
{
    http1::ResponseReader reader(false);
    std::string body;
    ASSERT_TRUE(reader.feed("", body));
    EXPECT_FALSE(reader.started());
    ASSERT_TRUE(reader.feed("H", body));
    EXPECT_TRUE(reader.started());
    EXPECT_FALSE(reader.headComplete());
}

TEST(ResponseReader, RefusesMalformedResponses)
{
    const std::string bad[] = {
        "HTP/1.1 200 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 2000\r\n\r\n",
        "HTTP/1.1 200\rOK\r\n\r\n",
        "HTTP/2.0 200\r\n\r\n",
        "HTTP/1.1 200 OK\r\nHTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 099 Low\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "<html>this is no HTTP</html>\r\n\r\n",
        "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX Y: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\x01z\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\0z\r\n\r\n"s,
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 05\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 3\r\n\r\n",
    };
    for (const auto &bytes : bad) {
        const auto got = readEveryWay(bytes);
        EXPECT_EQ(got.error, Code::InternalError) << bytes;
        EXPECT_FALSE(got.message.empty());
    }
}

TEST(ResponseReader, RefusesLargeHeads)
{
    std::string manyFields = "HTTP/1.1 200 OK\r\n";
    for (std::size_t i = 0; i <= wire::kMaxHeaderCount; ++i)
        manyFields += "a: b\r\n";
    std::string manyBytes = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 70; ++i)
        manyBytes += "X: " + std::string(1000, 'x') + "\r\n";
    const std::string table[] = {manyFields + "\r\n", manyBytes + "\r\n",
                                 "HTTP/1.1 200 OK\r\nX: " + std::string(wire::kMaxHeadBytes + 1, 'x')};
    for (const auto &bytes : table) {
        const auto got = readResponse(bytes);
        EXPECT_EQ(got.error, Code::HeadersTooLarge) << got.message;
        EXPECT_EQ(readResponse(bytes, 1024), got);
    }
}

TEST(ResponseReader, ReadsWhatIsWritten)
{
    wire::ResponseHead head;
    head.status = 206;
    head.reason = "Partial Content";
    head.headers = {{"Content-Range", "bytes 0-9/20"}, {"ETag", "\"a\""}, {"Vary", ""}};
    const wire::HeaderList extra{{"Transfer-Encoding", "chunked"}};
    const wire::HeaderList trailers{{"X-Sum", "9"}};
    std::string bytes;
    http1::appendResponseHead(bytes, head, extra);
    http1::appendChunk(bytes, std::string(100'000, 'z'));
    http1::appendChunk(bytes, "tail");
    http1::appendLastChunk(bytes, trailers);
    const auto got = readResponse(bytes, 4096);
    ASSERT_TRUE(got.complete) << got.message;
    head.body = BodyKind::Unknown;
    head.headers.push_back(extra.front());
    EXPECT_EQ(got.head, head);
    EXPECT_EQ(got.body, std::string(100'000, 'z') + "tail");
    EXPECT_EQ(got.trailers, trailers);
}

} // namespace
