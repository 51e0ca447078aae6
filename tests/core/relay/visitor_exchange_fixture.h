// What the tests of one exchange share: a relay, a client that serves "shop", and ways to begin a request.
#pragma once

#include "support/relay_test.h"
#include "support/temporary_folder.h"
#include "support/tls_certificate.h"

#include <chrono>
#include <memory>
#include <string>

namespace {

using namespace std::chrono_literals;
using namespace support;
using wire::Code;
using wire::FrameKind;
using Clock = std::chrono::steady_clock;

[[maybe_unused]] const BlockingSocket::Options kTls{.tls = true};
[[maybe_unused]] constexpr std::string_view kUpgrade = "Connection: Upgrade\r\nUpgrade: echo\r\n";

[[maybe_unused]] std::string pattern(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 31 + i / 251);
    return bytes;
}

class VisitorExchangeTest : public RelayTest {
protected:
    void startServing(const relay::Config &config = quietConfig())
    {
        m_client.reset();
        start(config);
        m_client = serve("shop", {.tls = config.tls.enabled()});
    }
    relay::Config tlsConfig() const
    {
        const auto files = makeCertificate(m_folder.path());
        auto config = quietConfig();
        config.tls = {files.certificate, files.privateKey};
        return config;
    }
    // Sends a request without a body and returns it as the client got it.
    ClientRequest ask(RawVisitor &visitor, std::string_view fields = "", std::string_view method = "GET")
    {
        visitor.send(request(method, host("shop"), "/", fields));
        return m_client->expectRequest();
    }
    // The beginning of a chunked request; its body follows by hand.
    ClientRequest startUpload(RawVisitor &visitor)
    {
        visitor.send(request("POST", host("shop"), "/", "Transfer-Encoding: chunked\r\n"));
        return m_client->expectRequest();
    }
    // Passes one byte of the body up, again and again: time passes, and the request makes progress.
    void trickle(RawVisitor &visitor, std::chrono::milliseconds time)
    {
        for (const auto end = Clock::now() + time; Clock::now() < end;) {
            visitor.send("1\r\nx\r\n");
            ASSERT_EQ(m_client->expect(FrameKind::Data).payload, "x");
        }
    }
    // The relay and the client go on as if nothing had happened.
    void expectStillServing()
    {
        RawVisitor visitor(port());
        const auto request = ask(visitor);
        m_client->respond(request.stream, 200, "still here");
        EXPECT_EQ(visitor.readResponse().body, "still here");
    }
    TestClient &client() { return *m_client; }

private:
    TemporaryFolder m_folder;
    std::unique_ptr<TestClient> m_client;
};

} // namespace
