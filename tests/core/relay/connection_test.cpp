#include "relay/connection.h"
#include "relay/link_socket.h"
#include "relay/tls_context.h"
#include "support/relay_test.h"
#include "support/run_task.h"
#include "support/temporary_folder.h"
#include "support/tls_certificate.h"

#include <boost/asio/ip/v6_only.hpp>

namespace {

using namespace std::chrono_literals;
using namespace support;
using relay::asio::buffer;

// --- One end in the test's hand ---------------------------------------------------------------------------------------

class PlainConnectionTest : public testing::Test {
protected:
    relay::asio::io_context m_io{1};
    SocketPair m_pair{m_io};
    std::unique_ptr<relay::Connection> m_connection = relay::makeConnection(std::move(m_pair.near));
};

TEST_F(PlainConnectionTest, ReadsAndWrites)
{
    EXPECT_FALSE(runTask(m_io, m_connection->open()));
    EXPECT_FALSE(m_connection->secure());
    EXPECT_EQ(m_connection->peerAddress(), "127.0.0.1");
    EXPECT_FALSE(runTask(m_io, m_connection->write("hello")));
    std::string bytes(5, '\0');
    read(m_pair.far, buffer(bytes));
    EXPECT_EQ(bytes, "hello");
    write(m_pair.far, buffer("back", 4));
    const auto got = runTask(m_io, m_connection->read(buffer(bytes)));
    EXPECT_FALSE(got.error);
    EXPECT_EQ(bytes.substr(0, got.bytes), "back");
    m_pair.far.close();
    EXPECT_EQ(runTask(m_io, m_connection->read(buffer(bytes))).error, relay::asio::error::eof);
}

TEST_F(PlainConnectionTest, CloseEndsWhatIsUnderWay)
{
    relay::error_code error;
    std::string bytes(5, '\0');
    relay::asio::co_spawn(m_io, m_connection->read(buffer(bytes)),
                          [&](const std::exception_ptr &, const relay::IoResult &result) { error = result.error; });
    runReady(m_io);
    EXPECT_FALSE(error);
    m_connection->close();
    runReady(m_io);
    EXPECT_EQ(error, relay::asio::error::operation_aborted);
}

TEST_F(PlainConnectionTest, AMappedAddressIsTheIpv4One)
{
    relay::Acceptor acceptor(m_io.get_executor(), relay::asio::ip::tcp::v6());
    acceptor.close();
    acceptor.open(relay::asio::ip::tcp::v6());
    acceptor.set_option(relay::asio::ip::v6_only(false));
    acceptor.bind({relay::asio::ip::address_v6::any(), 0});
    acceptor.listen();
    const auto port = acceptor.local_endpoint().port();
    relay::Socket far(m_io.get_executor());
    far.connect({relay::asio::ip::address_v4::loopback(), port});
    relay::Socket near(m_io.get_executor());
    acceptor.accept(near);
    EXPECT_EQ(relay::makeConnection(std::move(near))->peerAddress(), "127.0.0.1");
}

// --- A relay with TLS -------------------------------------------------------------------------------------------------

class TlsConnectionTest : public RelayTest {
protected:
    relay::Config tlsConfig()
    {
        const auto files = makeCertificate(m_folder.path());
        auto config = quietConfig();
        config.tls = {files.certificate, files.privateKey};
        return config;
    }
    std::unique_ptr<RawVisitor> secureVisitor()
    {
        return std::make_unique<RawVisitor>(port(), BlockingSocket::Options{.tls = true});
    }
    std::unique_ptr<TestClient> serveSecurely(const std::string &name)
    {
        return serve(name, TestClient::Options{.tls = true});
    }

private:
    TemporaryFolder m_folder;
};

TEST_F(TlsConnectionTest, HttpOverTls)
{
    start(tlsConfig());
    const auto visitor = secureVisitor();
    EXPECT_EQ(visitor->tlsVersion(), "TLSv1.3");
    for (int i = 0; i < 3; ++i) {
        visitor->send(get(host(), "/"));
        EXPECT_EQ(visitor->readResponse().status(), 200U);
    }
    visitor->send(get(host(), "/", "Connection: close\r\n"));
    EXPECT_EQ(visitor->readResponse().status(), 200U);
    EXPECT_TRUE(visitor->atEnd()) << "with a close_notify: the end is not a cut";
}

TEST_F(TlsConnectionTest, TunnelsOverTls)
{
    start(tlsConfig());
    TestClient client(port(), {.tls = true});
    const auto established = client.start(readyFor("shop"));
    EXPECT_EQ(established.publicUrl, "https://" + host("shop") + "/");
    const auto visitor = secureVisitor();
    const std::string up(500'000, 'u');
    const std::string down(500'000, 'd');
    visitor->send(post(host("shop"), "/", up));
    const auto request = client.expectRequest();
    EXPECT_EQ(wire::findHeader(request.head.headers, "X-Forwarded-Proto"), "https");
    EXPECT_EQ(client.readBody(request.stream), up);
    client.sendHead(request.stream, sizedHead(200, down.size()));
    client.sendData(request.stream, std::string_view(down).substr(0, 200'000));
    auto answer = visitor->readHead();
    visitor->readBody(answer, 200'000);
    client.sendData(request.stream, std::string_view(down).substr(200'000));
    client.sendEnd(request.stream);
    visitor->readBody(answer);
    EXPECT_EQ(answer.body, down);
}

TEST_F(TlsConnectionTest, UpgradesOverTlsHalfClose)
{
    start(tlsConfig());
    const auto client = serveSecurely("shop");
    const auto visitor = secureVisitor();
    visitor->send(get(host("shop"), "/", "Connection: Upgrade\r\nUpgrade: echo\r\n"));
    const auto stream = client->expectRequest().stream;
    client->sendHead(stream, emptyHead(101));
    EXPECT_EQ(visitor->readHead().status(), 101U);
    visitor->send("up");
    EXPECT_EQ(client->expect(wire::FrameKind::Data).payload, "up");
    client->sendData(stream, "down");
    EXPECT_EQ(visitor->receiveExactly(4), "down");
    visitor->finishSending();
    EXPECT_EQ(client->readBody(stream), "");
    client->sendData(stream, "after");
    client->sendEnd(stream);
    EXPECT_EQ(visitor->receiveToEnd(), "after");
}

TEST_F(TlsConnectionTest, ARefusalOfALargeHeadIsReadable)
{
    start(tlsConfig());
    const auto visitor = secureVisitor();
    visitor->send(get(host(), "/", "Cookie: " + std::string(wire::kMiB, 'c') + "\r\n"));
    EXPECT_EQ(visitor->readResponse().status(), 431U);
}

TEST_F(TlsConnectionTest, AnAnswerBeforeTheEndOfTheUploadIsReadable)
{
    start(tlsConfig());
    const auto client = serveSecurely("shop");
    const auto visitor = secureVisitor();
    visitor->send(request("POST", host("shop"), "/", "Connection: close\r\nContent-Length: 10000000\r\n"));
    client->respond(client->expectRequest().stream, 403, "no uploads");
    visitor->send(std::string(5'000'000, 'x'));
    EXPECT_EQ(visitor->readResponse().body, "no uploads");
}

TEST_F(TlsConnectionTest, APlainRequestOnTheTlsPortIsNotAnswered)
{
    start(tlsConfig());
    RawVisitor plain(port());
    plain.send(get(host(), "/"));
    EXPECT_THROW((void)plain.readResponse(), std::runtime_error);
    const auto visitor = secureVisitor();
    visitor->send(get(host(), "/"));
    EXPECT_EQ(visitor->readResponse().status(), 200U);
}

TEST_F(TlsConnectionTest, AHandshakeThatDoesNotEndIsTimedOut)
{
    auto config = tlsConfig();
    config.timeouts.head = 200ms;
    start(config);
    RawVisitor silent(port());
    EXPECT_TRUE(silent.atEnd());
}

TEST_F(TlsConnectionTest, AClientLostInTheMiddleOfABodyIsNoOrderlyEnd)
{
    start(tlsConfig());
    const auto client = serveSecurely("shop");
    const auto visitor = secureVisitor();
    visitor->send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    client->sendHead(stream, streamedHead(200));
    client->sendData(stream, "part");
    auto answer = visitor->readHead();
    visitor->readBody(answer, 4);
    client->socket().reset();
    EXPECT_THROW(visitor->readBody(answer), std::runtime_error);
}

TEST_F(TlsConnectionTest, AVisitorThatLeavesCancelsItsRequest)
{
    start(tlsConfig());
    const auto client = serveSecurely("shop");
    const auto visitor = secureVisitor();
    visitor->send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    visitor->reset();
    EXPECT_EQ(client->expectReset(stream).code, wire::Code::Cancelled);
}

} // namespace
