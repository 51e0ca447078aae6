#include "http1/serialize.h"

#include <gtest/gtest.h>

namespace {

TEST(Serialize, RequestHead)
{
    wire::RequestHead head;
    head.method = "POST";
    head.uri = "/a?b=c";
    head.version = 10; // ours is sent, not the visitor's
    head.headers = {{"Host", "h"}, {"Cookie", "a"}, {"X", ""}, {"Cookie", "b"}};
    std::string out = "before|";
    http1::appendRequestHead(out, head, {{"Transfer-Encoding", "chunked"}});
    EXPECT_EQ(out, "before|POST /a?b=c HTTP/1.1\r\nHost: h\r\nCookie: a\r\nX: \r\nCookie: b\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n");
}

TEST(Serialize, RequestHeadWithoutFields)
{
    wire::RequestHead head;
    head.method = "OPTIONS";
    head.uri = "*";
    std::string out;
    http1::appendRequestHead(out, head, {});
    EXPECT_EQ(out, "OPTIONS * HTTP/1.1\r\n\r\n");
}

TEST(Serialize, ResponseHead)
{
    wire::ResponseHead head;
    head.status = 200;
    head.reason = "All Right";
    head.headers = {{"Set-Cookie", "a"}, {"Server", "s"}, {"Set-Cookie", "b"}};
    std::string out;
    http1::appendResponseHead(out, head, {{"Connection", "close"}});
    EXPECT_EQ(out,
              "HTTP/1.1 200 All Right\r\nSet-Cookie: a\r\nServer: s\r\nSet-Cookie: b\r\nConnection: close\r\n\r\n");
}

// The space before an absent reason phrase is not optional (RFC 9112 4).
TEST(Serialize, ResponseHeadWithoutReason)
{
    wire::ResponseHead head;
    head.status = 599;
    std::string out;
    http1::appendResponseHead(out, head, {});
    EXPECT_EQ(out, "HTTP/1.1 599 \r\n\r\n");
}

TEST(Serialize, Chunks)
{
    std::string out;
    http1::appendChunk(out, "hello");
    http1::appendChunk(out, std::string(26, 'x'));
    EXPECT_EQ(out, "5\r\nhello\r\n1a\r\n" + std::string(26, 'x') + "\r\n");
    out.clear();
    http1::appendChunk(out, std::string(65536, 'y'));
    EXPECT_EQ(out, "10000\r\n" + std::string(65536, 'y') + "\r\n");
}

TEST(Serialize, AnEmptyChunkWouldEndTheBody)
{
    std::string out = "before";
    http1::appendChunk(out, "");
    EXPECT_EQ(out, "before");
}

TEST(Serialize, LastChunk)
{
    std::string out;
    http1::appendLastChunk(out, {});
    EXPECT_EQ(out, "0\r\n\r\n");
    out.clear();
    http1::appendLastChunk(out, {{"X-Sum", "1"}, {"X-Sum", "2"}});
    EXPECT_EQ(out, "0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n");
}

} // namespace
