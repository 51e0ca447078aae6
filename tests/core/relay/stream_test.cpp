#include "relay/stream.h"
#include "support/run_task.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using relay::Stream;
using wire::BodyKind;
using wire::Code;

wire::RequestHead requestHead(std::string method = "GET")
{
    wire::RequestHead head;
    head.method = std::move(method);
    head.uri = "/";
    return head;
}

wire::ResponseHead head(unsigned status, BodyKind body = BodyKind::None, wire::HeaderList headers = {})
{
    wire::ResponseHead result;
    result.status = status;
    result.reason = "R";
    result.headers = std::move(headers);
    result.body = body;
    return result;
}

// A script: what the link delivers goes in, what the visitor gets comes out.
class StreamTest : public testing::Test {
protected:
    std::unique_ptr<Stream> stream(const wire::RequestHead &request = requestHead())
    {
        return std::make_unique<Stream>(m_io.get_executor(), request, true, m_budget, relay::SteadyTime{});
    }
    // Whether the event was signalled; it is not afterwards.
    bool signalled(relay::Event &event)
    {
        bool done = false;
        relay::asio::co_spawn(m_io, waitFor(event, done), relay::asio::detached);
        support::runReady(m_io);
        if (!done) {
            event.notify(); // lets the waiter go
            support::runReady(m_io);
            return false;
        }
        return true;
    }

    relay::asio::io_context m_io{1};
    wire::LinkWindowBudget m_budget;

private:
    static relay::Task<> waitFor(relay::Event &event, bool &done)
    {
        co_await event.wait();
        done = true;
    }
};

TEST_F(StreamTest, ASizedResponseBecomesBytes)
{
    auto s = stream();
    EXPECT_FALSE(s->hasOutput());
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Sized, {{"X", "1"}, {"Content-Length", "5"}})));
    EXPECT_TRUE(signalled(s->output()));
    ASSERT_TRUE(s->onData("hel"));
    ASSERT_TRUE(s->onData("lo"));
    EXPECT_TRUE(signalled(s->output()));
    EXPECT_FALSE(s->finished());
    ASSERT_TRUE(s->onEnd({}));
    EXPECT_TRUE(s->finished());
    EXPECT_TRUE(s->ended());
    EXPECT_TRUE(s->keepVisitor());
    const auto output = s->takeOutput();
    EXPECT_EQ(output.bytes, "HTTP/1.1 200 R\r\nX: 1\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(output.bodyBytes, 5U);
    EXPECT_FALSE(s->hasOutput());
    EXPECT_EQ(s->takeOutput().bodyBytes, 0U);
}

TEST_F(StreamTest, AStreamedResponseIsChunked)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    ASSERT_TRUE(s->onData("hello"));
    EXPECT_EQ(s->takeOutput().bytes, "HTTP/1.1 200 R\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    ASSERT_TRUE(s->onData("more"));
    ASSERT_TRUE(s->onEnd({{"X-Sum", "9"}, {"Content-Length", "9"}}));
    const auto output = s->takeOutput();
    EXPECT_EQ(output.bytes, "4\r\nmore\r\n0\r\nX-Sum: 9\r\n\r\n") << "Content-Length may not be a trailer";
    EXPECT_EQ(output.bodyBytes, 4U) << "framing is not body";
}

TEST_F(StreamTest, UnreadInterimHeadsHaveABound)
{
    const auto large = head(103, BodyKind::None, {{"Link", std::string(wire::kMaxHeadBytes / 2, 'x')}});
    auto unread = stream();
    std::size_t taken = 0;
    while (taken < wire::kMaxInterimHeads && unread->onResponseHead(large))
        ++taken;
    EXPECT_LE(unread->takeOutput().bytes.size(), wire::kInitialWindowBytes + wire::kMaxHeadBytes);
    auto read = stream();
    for (unsigned i = 0; i < wire::kMaxInterimHeads; ++i) {
        ASSERT_TRUE(read->onResponseHead(large)) << i;
        EXPECT_FALSE(read->takeOutput().bytes.empty());
    }
}

TEST_F(StreamTest, InterimHeadsComeFirst)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(103, BodyKind::None, {{"Link", "</a.css>"}})));
    EXPECT_FALSE(s->exchange().finalHeadSeen());
    ASSERT_TRUE(s->onResponseHead(head(204)));
    ASSERT_TRUE(s->onEnd({}));
    EXPECT_EQ(s->takeOutput().bytes, "HTTP/1.1 103 R\r\nLink: </a.css>\r\n\r\nHTTP/1.1 204 R\r\n\r\n");
}

TEST_F(StreamTest, WritesIntoMemoryThatWasGivenBack)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    const std::string body(8 * wire::kKiB, 'x');
    std::vector<const char *> written;
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(s->onData(body));
        auto output = s->takeOutput();
        EXPECT_TRUE(output.bytes.ends_with(body + "\r\n"));
        written.push_back(output.bytes.data());
        s->giveBack(std::move(output.bytes));
    }
    EXPECT_EQ(written.at(2), written.at(0)) << "one is written while the other grows";
}

TEST_F(StreamTest, KeepsNoMemoryOfABurst)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    (void)s->takeOutput();
    s->giveBack(std::string(wire::kMaxWindowBytes, 'x'));
    (void)s->takeOutput(); // makes what was kept the next one's
    ASSERT_TRUE(s->onData("x"));
    EXPECT_LT(s->takeOutput().bytes.capacity(), wire::kKiB);
}

TEST_F(StreamTest, AnUpgradeIsAnnouncedToTheRequestsSide)
{
    auto request = requestHead();
    request.upgrade = "websocket";
    auto s = stream(request);
    EXPECT_FALSE(signalled(s->input()));
    ASSERT_TRUE(s->onResponseHead(head(101)));
    EXPECT_TRUE(signalled(s->input()));
    EXPECT_TRUE(s->exchange().upgraded());
    ASSERT_TRUE(s->onData("raw"));
    EXPECT_EQ(s->takeOutput().bytes, "HTTP/1.1 101 R\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nraw");
    ASSERT_TRUE(s->onEnd({}));
    EXPECT_FALSE(s->keepVisitor());
}

TEST_F(StreamTest, FramesOutOfOrderAreTheClientsFault)
{
    EXPECT_FALSE(stream()->onData("x"));
    EXPECT_FALSE(stream()->onEnd({}));
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Sized, {{"Content-Length", "1"}})));
    EXPECT_FALSE(s->onResponseHead(head(200)));
    EXPECT_FALSE(s->onEnd({})) << "one byte is missing";
    ASSERT_TRUE(s->onData("x"));
    EXPECT_FALSE(s->onData("y")) << "one byte too much";
    ASSERT_TRUE(s->onEnd({}));
    EXPECT_FALSE(s->onEnd({}));
}

TEST_F(StreamTest, TheWindowIsKept)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    const std::string half(wire::kInitialWindowBytes / 2, 'x');
    ASSERT_TRUE(s->onData(half));
    ASSERT_TRUE(s->onData(half));
    const auto over = s->onData("x");
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, Code::ProtocolError);
}

TEST_F(StreamTest, CreditComesBackWithWhatTheVisitorTook)
{
    using namespace std::chrono_literals;
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    const std::string half(wire::kInitialWindowBytes / 2, 'x');
    ASSERT_TRUE(s->onData(half));
    ASSERT_TRUE(s->onData(half));
    const relay::SteadyTime later{10s};
    EXPECT_EQ(s->consumed(1000, later, 1ms), 0U) << "little by little would cost a frame each";
    const auto credit = s->consumed(half.size() - 1000, later, 1ms);
    EXPECT_EQ(credit, half.size());
    ASSERT_TRUE(s->onData(half));
    EXPECT_FALSE(s->onData("x"));
}

TEST_F(StreamTest, CreditOfTheRequestWakesItsSender)
{
    auto s = stream(requestHead("POST"));
    EXPECT_EQ(s->credit.available(), wire::kInitialWindowBytes);
    s->credit.take(wire::kInitialWindowBytes);
    ASSERT_TRUE(s->onWindow(1000));
    EXPECT_EQ(s->credit.available(), 1000U);
    EXPECT_TRUE(signalled(s->input()));
    EXPECT_FALSE(s->onWindow(wire::kMaxCreditBytes)) << "more than 2^31-1 in all";
}

TEST_F(StreamTest, TheFirstFailureCounts)
{
    auto s = stream();
    s->fail({Code::Timeout, "first"});
    EXPECT_TRUE(signalled(s->output()));
    EXPECT_TRUE(signalled(s->input()));
    s->fail({Code::ConnectionLost, "second"});
    ASSERT_TRUE(s->failure());
    EXPECT_EQ(s->failure()->code, Code::Timeout);
    EXPECT_TRUE(s->finished());
    EXPECT_FALSE(s->ended());
}

TEST_F(StreamTest, WhatIsEndedCannotFail)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(204)));
    ASSERT_TRUE(s->onEnd({}));
    s->fail({Code::ConnectionLost, "too late"});
    EXPECT_FALSE(s->failure());
    EXPECT_TRUE(s->ended());
}

TEST_F(StreamTest, DataAfterAFailureIsDroppedButCounted)
{
    auto s = stream();
    ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
    (void)s->takeOutput();
    s->fail({Code::Cancelled, "the visitor has gone"});
    ASSERT_TRUE(s->onData(std::string(wire::kInitialWindowBytes, 'x')));
    EXPECT_FALSE(s->hasOutput());
    EXPECT_FALSE(s->onData("x")) << "the window holds for what is dropped too";
}

TEST_F(StreamTest, RaisedWindowsAreGivenBack)
{
    using namespace std::chrono_literals;
    {
        auto s = stream();
        ASSERT_TRUE(s->onResponseHead(head(200, BodyKind::Unknown)));
        ASSERT_TRUE(s->onData(std::string(wire::kInitialWindowBytes, 'x')));
        // All of it within less than a round trip: the window was what limited the sender.
        EXPECT_GT(s->consumed(wire::kInitialWindowBytes, relay::SteadyTime{1ms}, 100ms), wire::kInitialWindowBytes);
    }
    EXPECT_EQ(m_budget.reserve(0x7fff'ffff), wire::kMaxLinkWindowBytes);
}

} // namespace
