#include "relay/visitor_request.h"
#include "wire/ids.h"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

namespace {

using relay::VisitorRequest;
using testing::HasSubstr;
using testing::Not;

class VisitorRequestTest : public testing::Test {
protected:
    static void feed(VisitorRequest &request, std::string_view bytes)
    {
        std::string body;
        ASSERT_TRUE(request.reader.feed(bytes, body));
    }
    void makeContext(relay::LogLevel level)
    {
        m_log.emplace(relay::LogConfig{.level = level}, std::make_shared<spdlog::sinks::ostream_sink_mt>(m_lines));
        m_context.emplace(m_io, relay::Config{}, relay::ClientAccess{}, *m_log);
    }

    std::ostringstream m_lines;
    std::optional<relay::Log> m_log;
    relay::asio::io_context m_io{1};
    std::optional<relay::Context> m_context;
};

TEST_F(VisitorRequestTest, TakesTheHeadOver)
{
    VisitorRequest request;
    feed(request, "GET /x HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\nOrigin: https://o\r\n\r\n");
    request.begin();
    EXPECT_TRUE(wire::isRequestId(request.requestId));
    EXPECT_EQ(request.head.requestId, request.requestId);
    EXPECT_EQ(request.head.uri, "/x");
    EXPECT_TRUE(request.keepAlive);
    EXPECT_GT(request.started, relay::SteadyTime{});
    request.head.headers.clear(); // what a page needs is kept apart: the head changes on its way to the client
    const auto page = request.page();
    EXPECT_EQ(page.method, "GET");
    EXPECT_EQ(page.accept, "text/html");
    EXPECT_EQ(page.origin, "https://o");
    EXPECT_EQ(page.requestId, request.requestId);
}

TEST_F(VisitorRequestTest, AHeadThatIsNotCompleteStillGetsAnId)
{
    VisitorRequest request;
    feed(request, "GET /x HTTP/1.1\r\nHost:");
    request.begin();
    EXPECT_TRUE(wire::isRequestId(request.requestId));
    EXPECT_FALSE(request.keepAlive);
    EXPECT_EQ(request.page().accept, "");
}

TEST_F(VisitorRequestTest, TwoRequestsHaveTwoIds)
{
    VisitorRequest first;
    VisitorRequest second;
    first.begin();
    second.begin();
    EXPECT_NE(first.requestId, second.requestId);
}

TEST_F(VisitorRequestTest, AFailureIsCountedAndLogged)
{
    makeContext(relay::LogLevel::Info);
    VisitorRequest request;
    feed(request, "GET /secret/path?token=hush HTTP/1.1\r\nHost: h\r\n\r\n");
    request.begin();
    request.tunnel = "shop";
    const wire::Error error{wire::Code::ConnectionLost, "the client went away"};
    recordRequest(*m_context, request, 502, 7, &error);
    EXPECT_EQ(m_context->metrics.requestsByClass[4], 1U);
    EXPECT_EQ(m_context->metrics.errorsByCode[static_cast<std::size_t>(error.code)], 1U);
    EXPECT_EQ(m_context->metrics.requestDuration.count(), 1U);
    const auto line = m_lines.str();
    EXPECT_THAT(line, HasSubstr("request_failed"));
    EXPECT_THAT(line, HasSubstr(request.requestId));
    EXPECT_THAT(line, HasSubstr("shop"));
    EXPECT_THAT(line, HasSubstr("the client went away"));
    EXPECT_THAT(line, HasSubstr("/secret/path"));
    EXPECT_THAT(line, Not(HasSubstr("hush"))) << "queries carry secrets";
}

TEST_F(VisitorRequestTest, ASuccessIsCountedAndLoggedForDebuggingOnly)
{
    makeContext(relay::LogLevel::Info);
    VisitorRequest request;
    request.begin();
    recordRequest(*m_context, request, 200, 7, nullptr);
    EXPECT_EQ(m_context->metrics.requestsByClass[1], 1U);
    EXPECT_EQ(m_lines.str(), "");
    m_context.reset();
    makeContext(relay::LogLevel::Debug);
    recordRequest(*m_context, request, 200, 7, nullptr);
    EXPECT_THAT(m_lines.str(), HasSubstr("status=200"));
}

} // namespace
