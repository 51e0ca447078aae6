#include "relay/http_get.h"
#include "relay/tls_context.h"
#include "support/document_server.h"
#include "support/run_task.h"
#include "support/temporary_folder.h"
#include "support/tls_certificate.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using wire::Code;

class HttpGetTest : public testing::Test {
protected:
    wire::Result<std::string> get(const std::string &url, std::chrono::milliseconds limit = 10s)
    {
        auto parsed = edge::parseHttpUrl(url).value();
        return support::runTask(m_io, relay::httpGet(m_io.get_executor(), std::move(parsed), limit, 1000));
    }

    relay::asio::io_context m_io{1};
};

TEST_F(HttpGetTest, GivesTheBody)
{
    support::DocumentServer server(m_io);
    server.setDocument("{\"keys\":[]}");
    EXPECT_EQ(get(server.url()), "{\"keys\":[]}");
    ASSERT_EQ(server.requests.size(), 1U);
    EXPECT_THAT(server.requests[0], StartsWith("GET /keys?v=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
    EXPECT_THAT(server.requests[0], HasSubstr("Connection: close\r\n"));
    server.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    EXPECT_EQ(get(server.url("localhost")), "abcde");
    server.answer = "HTTP/1.0 200 OK\r\n\r\nuntil the end";
    EXPECT_EQ(get(server.url()), "until the end");
}

TEST_F(HttpGetTest, EverythingElseIsAnError)
{
    struct Case {
        std::string answer;
        Code code;
        const char *says;
    };
    const Case table[] = {
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", Code::ConnectionLost, "status 404"},
        {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", Code::ConnectionLost,
         "status 302"},
        {"HTTP/1.1 204 No Content\r\n\r\n", Code::ConnectionLost, "status 204"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'x'), Code::PayloadTooLarge,
         "1000 bytes"},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'), Code::PayloadTooLarge, "1000 bytes"},
    };
    support::DocumentServer server(m_io);
    for (const auto &[answer, code, says] : table) {
        server.answer = answer;
        const auto body = get(server.url());
        ASSERT_FALSE(body) << answer.substr(0, 60);
        EXPECT_EQ(body.error().code, code) << body.error().message;
        EXPECT_THAT(body.error().message, HasSubstr(says));
    }
    for (const auto *broken :
         {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 200"}) {
        server.answer = broken;
        EXPECT_FALSE(get(server.url())) << broken;
    }
    const auto closed = server.url();
    server.stop();
    EXPECT_EQ(get(closed).error().code, Code::ConnectionLost);
}

TEST_F(HttpGetTest, WaitsForNoLongerThanItsLimit)
{
    support::DocumentServer server(m_io); // says nothing
    const auto body = get(server.url(), 50ms);
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().code, Code::Timeout);
}

TEST_F(HttpGetTest, BelievesTrustedCertificatesOfTheHostOnly)
{
    const support::TemporaryFolder folder;
    const auto trusted = support::makeCertificate(folder.path(), "trusted");
    const auto other = support::makeCertificate(folder.path(), "other");
    setenv("SSL_CERT_FILE", trusted.certificate.c_str(), 1); // what OpenSSL takes for the system's
    auto good = relay::makeTlsContext({trusted.certificate, trusted.privateKey}).value();
    auto unknown = relay::makeTlsContext({other.certificate, other.privateKey}).value();
    support::DocumentServer server(m_io, &*good);
    server.setDocument("keys");
    support::DocumentServer stranger(m_io, &*unknown);
    stranger.setDocument("keys");
    EXPECT_EQ(get(server.url("localhost")), "keys");
    EXPECT_THAT(get(stranger.url("localhost")).error().message, HasSubstr("certificate verify failed"));
    EXPECT_THAT(get(server.url("127.0.0.1")).error().message, HasSubstr("certificate verify failed"))
        << "its certificate is for localhost";
    EXPECT_TRUE(stranger.requests.empty());
    unsetenv("SSL_CERT_FILE");
}

} // namespace
