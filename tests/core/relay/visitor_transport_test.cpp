#include "relay/visitor_transport.h"
#include "support/run_task.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using relay::asio::buffer;
using relay::Socket;
using relay::Task;
using relay::VisitorTransport;

// The far end is a plain socket that the test reads and writes; time is the test's.
class VisitorTransportTest : public testing::Test {
protected:
    void tickAfter(std::chrono::milliseconds time) { m_clock.advance(m_clock.now() + time + relay::Deadlines::kTick); }
    void sendFromFar(std::string_view bytes) { write(m_pair.far, buffer(bytes)); }
    std::string readAtFar(std::size_t size)
    {
        std::string bytes(size, '\0');
        read(m_pair.far, buffer(bytes));
        return bytes;
    }
    relay::error_code endAtFar()
    {
        char byte = 0;
        relay::error_code error;
        m_pair.far.read_some(buffer(&byte, 1), error);
        return error;
    }

    relay::asio::io_context m_io{1};
    relay::Deadlines m_clock;
    support::SocketPair m_pair{m_io};
    VisitorTransport m_transport{m_clock, 10s, relay::makeConnection(std::move(m_pair.near))};
};

TEST_F(VisitorTransportTest, ReadsWhatComesUntilTheEnd)
{
    sendFromFar("hello");
    EXPECT_TRUE(support::runTask(m_io, m_transport.readMore(100)));
    EXPECT_EQ(m_transport.input().view(), "hello");
    sendFromFar(" world");
    EXPECT_TRUE(support::runTask(m_io, m_transport.readMore(100)));
    EXPECT_EQ(m_transport.input().view(), "hello world");
    m_pair.far.shutdown(Socket::shutdown_send);
    EXPECT_FALSE(support::runTask(m_io, m_transport.readMore(100)));
    EXPECT_TRUE(m_transport.ended());
    EXPECT_FALSE(m_transport.broken());
    EXPECT_EQ(m_transport.input().view(), "hello world");
}

TEST_F(VisitorTransportTest, AnExpiredReadLimitEndsTheReadAndLeavesTheConnection)
{
    bool more = true;
    relay::asio::co_spawn(m_io, m_transport.readMore(100),
                          [&](const std::exception_ptr &, bool result) { more = result; });
    m_transport.readLimit().arm(1s);
    support::runReady(m_io);
    EXPECT_TRUE(more) << "still waiting";
    tickAfter(1s);
    support::runReady(m_io);
    EXPECT_FALSE(more);
    EXPECT_TRUE(m_transport.expired());
    EXPECT_FALSE(m_transport.ended());
    m_transport.renew();
    EXPECT_FALSE(m_transport.expired());
    EXPECT_TRUE(support::runTask(m_io, m_transport.write("too late")));
    EXPECT_EQ(readAtFar(8), "too late");
}

TEST_F(VisitorTransportTest, AnExpiredWriteLimitBreaksTheConnection)
{
    m_pair.far.set_option(relay::asio::socket_base::receive_buffer_size(4096));
    bool written = true;
    const std::string much(64 << 20, 'x'); // more than both sockets' buffers hold
    relay::asio::co_spawn(m_io, m_transport.write(much),
                          [&](const std::exception_ptr &, bool result) { written = result; });
    support::runReady(m_io);
    tickAfter(9s);
    support::runReady(m_io);
    EXPECT_TRUE(written) << "still writing";
    tickAfter(1s);
    support::runReady(m_io);
    EXPECT_FALSE(written);
    EXPECT_TRUE(m_transport.broken());
}

TEST_F(VisitorTransportTest, AWriteThatIsDoneDisarmsItsLimit)
{
    EXPECT_TRUE(support::runTask(m_io, m_transport.write("x")));
    tickAfter(1h);
    EXPECT_FALSE(m_transport.expired());
}

struct PageCase {
    bool keepAlive;
    unsigned version;
    const char *connection;
};

TEST_F(VisitorTransportTest, PagesSayWhatBecomesOfTheConnection)
{
    edge::Page page;
    page.head.status = 404;
    page.head.reason = "Not Found";
    page.head.headers = {{"Content-Length", "4"}};
    page.body = "page";
    const PageCase table[] = {
        {true, 11, ""},
        {false, 11, "Connection: close\r\n"},
        {true, 10, "Connection: keep-alive\r\n"},
        {false, 10, "Connection: close\r\n"},
    };
    for (const auto &[keepAlive, version, connection] : table) {
        EXPECT_TRUE(support::runTask(m_io, m_transport.writePage(page, keepAlive, version)));
        const auto expected = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n" + std::string(connection) + "\r\npage";
        EXPECT_EQ(readAtFar(expected.size()), expected);
    }
}

TEST_F(VisitorTransportTest, LingeringReadsTheRestAway)
{
    sendFromFar(std::string(100'000, 'x'));
    m_pair.far.shutdown(Socket::shutdown_send);
    EXPECT_TRUE(support::runTask(m_io, m_transport.write("last words")));
    auto lingering = [](VisitorTransport &transport) -> Task<bool> {
        co_await transport.linger();
        co_return true;
    };
    EXPECT_TRUE(support::runTask(m_io, lingering(m_transport)));
    EXPECT_TRUE(m_transport.ended());
    m_transport.close();
    EXPECT_EQ(readAtFar(10), "last words");
    EXPECT_EQ(endAtFar(), relay::asio::error::eof) << "no reset under the last words";
}

TEST_F(VisitorTransportTest, LingeringEndsAfterAWhile)
{
    bool done = false;
    auto lingering = [](VisitorTransport &transport, bool &flag) -> Task<> {
        co_await transport.linger();
        flag = true;
    };
    relay::asio::co_spawn(m_io, lingering(m_transport, done), relay::asio::detached);
    support::runReady(m_io);
    EXPECT_FALSE(done);
    EXPECT_EQ(endAtFar(), relay::asio::error::eof) << "the visitor is told at once";
    tickAfter(wire::kLingerTimeout);
    support::runReady(m_io);
    EXPECT_TRUE(done);
}

TEST_F(VisitorTransportTest, AbortIsAReset)
{
    m_transport.abort();
    EXPECT_TRUE(m_transport.broken());
    EXPECT_EQ(endAtFar(), relay::asio::error::connection_reset);
}

TEST_F(VisitorTransportTest, CloseIsAnEnd)
{
    m_transport.close();
    EXPECT_EQ(endAtFar(), relay::asio::error::eof);
    EXPECT_FALSE(support::runTask(m_io, m_transport.readMore(1)));
    EXPECT_FALSE(support::runTask(m_io, m_transport.write("x")));
}

TEST_F(VisitorTransportTest, AConnectionThatWasTakenIsOpenNoMore)
{
    EXPECT_TRUE(m_transport.open());
    const auto connection = m_transport.takeConnection();
    EXPECT_FALSE(m_transport.open());
    m_transport.close();
    m_transport.readLimit().arm(1s);
    tickAfter(1s);
    EXPECT_TRUE(connection->socket().is_open());
}

} // namespace
