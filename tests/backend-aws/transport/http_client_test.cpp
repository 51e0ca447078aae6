#include "support/blocking_server.h"
#include "support/temporary_folder.h"
#include "support/tls_certificate.h"
#include "transport/http_client.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using support::BlockingServer;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;
using wire::Code;

constexpr std::size_t kMost = 1000;

edge::HttpUrl urlOf(std::uint16_t port, const std::string &start = "http://127.0.0.1:")
{
    return edge::parseHttpUrl(start + std::to_string(port)).value();
}

transport::Time soon()
{
    return transport::now() + 20s;
}

transport::Request post(const std::string &body)
{
    return {.method = "POST", .target = "/t?q", .headers = {{"X-A", "1"}}, .body = body};
}

TEST(HttpClient, KeepsItsConnection)
{
    BlockingServer server([](const std::string &) { return BlockingServer::ok("answer", "X-B: 2\r\n"); });
    transport::HttpClient client(urlOf(server.port()));
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.send(post("body"), soon(), kMost);
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->status, 200U);
        EXPECT_EQ(answer->body, "answer");
        EXPECT_EQ(wire::findHeader(answer->headers, "x-b"), "2");
    }
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_THAT(server.requests()[0], StartsWith("POST /t?q HTTP/1.1\r\nX-A: 1\r\n"));
    EXPECT_THAT(server.requests()[0], HasSubstr("Content-Length: 4\r\n\r\nbody"));
    EXPECT_THAT(server.requests()[0], HasSubstr("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
}

TEST(HttpClient, ReplacesAConnectionThatWasClosedWhileIdle)
{
    BlockingServer server([](const std::string &) {
        auto reply = BlockingServer::ok("once");
        reply.close = true; // without saying so
        return reply;
    });
    transport::HttpClient client(urlOf(server.port()));
    for (unsigned i = 1; i <= 3; ++i) {
        EXPECT_EQ(client.send(post(""), soon(), kMost)->body, "once");
        EXPECT_THAT(server.requests(), SizeIs(i));
    }
}

TEST(HttpClient, TakesInterimHeadsChunksAndBodiesUntilTheEnd)
{
    const std::vector<std::string> bytes{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nTransfer-Encoding: "
                                         "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\n\r\nuntil the end"};
    std::size_t next = 0;
    BlockingServer server([&](const std::string &) { return BlockingServer::Reply{bytes.at(next++), next == 2}; });
    transport::HttpClient client(urlOf(server.port()));
    const auto chunked = client.send(post(""), soon(), kMost);
    EXPECT_EQ(chunked->status, 201U);
    EXPECT_EQ(chunked->body, "abcde");
    EXPECT_EQ(client.send(post(""), soon(), kMost)->body, "until the end");
}

TEST(HttpClient, TellsWhetherTheRequestWasSent)
{
    std::uint16_t closed = 0;
    {
        const BlockingServer gone([](const std::string &) { return BlockingServer::Reply{}; });
        closed = gone.port();
    }
    transport::HttpClient none(urlOf(closed));
    EXPECT_EQ(none.send(post(""), soon(), kMost).error().code, Code::LocalServiceUnavailable);

    BlockingServer mute([](const std::string &) { return BlockingServer::Reply{"", true}; });
    transport::HttpClient lost(urlOf(mute.port()));
    EXPECT_EQ(lost.send(post(""), soon(), kMost).error().code, Code::ConnectionLost);
    EXPECT_THAT(mute.requests(), SizeIs(1)); // a fresh connection: not sent again

    BlockingServer half([](const std::string &) {
        return BlockingServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", true};
    });
    transport::HttpClient cut(urlOf(half.port()));
    EXPECT_EQ(cut.send(post(""), soon(), kMost).error().code, Code::ConnectionLost);
}

TEST(HttpClient, EndsAtItsDeadline)
{
    BlockingServer server([](const std::string &) { return BlockingServer::Reply{}; });
    transport::HttpClient client(urlOf(server.port()));
    EXPECT_EQ(client.send(post(""), transport::now() + 50ms, kMost).error().code, Code::Timeout);
    EXPECT_EQ(client.send(post(""), transport::now() - 1s, kMost).error().code, Code::Timeout);
}

TEST(HttpClient, BoundsTheAnswer)
{
    BlockingServer server([](const std::string &) { return BlockingServer::ok(std::string(kMost + 1, 'x')); });
    transport::HttpClient client(urlOf(server.port()));
    EXPECT_EQ(client.send(post(""), soon(), kMost).error().code, Code::PayloadTooLarge);
    EXPECT_TRUE(client.send(post(""), soon(), kMost + 1));
}

class TlsClientTest : public testing::Test {
protected:
    TlsClientTest()
    {
        m_context.use_certificate_chain_file(m_files.certificate);
        m_context.use_private_key_file(m_files.privateKey, boost::asio::ssl::context::pem);
    }

    support::TemporaryFolder m_folder;
    support::TlsFiles m_files = support::makeCertificate(m_folder.path());
    boost::asio::ssl::context m_context{boost::asio::ssl::context::tls_server};
};

TEST_F(TlsClientTest, VerifiesWhomItTalksTo)
{
    BlockingServer server([](const std::string &) { return BlockingServer::ok("secret"); }, &m_context);
    const auto trust = std::make_shared<transport::TlsTrust>(m_files.certificate);
    transport::HttpClient client(urlOf(server.port(), "https://localhost:"), trust);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(client.send(post(""), soon(), kMost).value().body, "secret");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(TlsClientTest, RefusesAnotherNameAndAnUnknownIssuer)
{
    BlockingServer server([](const std::string &) { return BlockingServer::ok("secret"); }, &m_context);
    const auto trust = std::make_shared<transport::TlsTrust>(m_files.certificate);
    transport::HttpClient named(urlOf(server.port(), "https://127.0.0.1:"), trust);
    EXPECT_EQ(named.send(post(""), soon(), kMost).error().code, Code::LocalServiceUnavailable);
    const auto others =
        std::make_shared<transport::TlsTrust>(support::makeCertificate(m_folder.path(), "b").certificate);
    transport::HttpClient unknown(urlOf(server.port(), "https://localhost:"), others);
    EXPECT_EQ(unknown.send(post(""), soon(), kMost).error().code, Code::LocalServiceUnavailable);
    transport::HttpClient blind(urlOf(server.port(), "https://localhost:"));
    EXPECT_EQ(blind.send(post(""), soon(), kMost).error().code, Code::InternalError);
    EXPECT_TRUE(server.requests().empty());
}

} // namespace
