// What the tests of one link share: a relay, with or without tokens, and clients that try to get in.
#pragma once

#include "support/relay_test.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"
#include "wire/http_head.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;
using wire::Code;
using wire::FrameKind;

constexpr const char *kToken = "correct-horse-battery-staple";
constexpr std::uint16_t kGoingAway = 1001;
[[maybe_unused]] constexpr std::uint16_t kProtocolError = 1002;
constexpr std::uint16_t kPolicy = 1008;

class ClientSessionTest : public RelayTest {
protected:
    void startWithToken()
    {
        auto config = quietConfig();
        config.auth.tokenFile = m_folder.write("tokens", std::string(kToken) + "\nanother-token-of-somebody\n");
        start(config);
    }
    void startWithSecret(const std::string &secret)
    {
        auto config = quietConfig();
        config.auth.jwtSecretFile = m_folder.write("secret", secret);
        start(config);
    }
    std::unique_ptr<TestClient> connect(const std::string &token = "")
    {
        return std::make_unique<TestClient>(port(), TestClient::Options{.token = token});
    }
    // What the relay says before it closes the link, and the code it closes with.
    static void expectRefusal(TestClient &client, Code code, std::uint16_t closeCode)
    {
        const auto refusal = client.expectControl<wire::ErrorMessage>();
        EXPECT_EQ(refusal.error.code, code) << refusal.error.message;
        EXPECT_FALSE(refusal.error.message.empty());
        EXPECT_EQ(client.expectClose(), closeCode);
    }
    // One exchange through whichever client is to get it.
    void expectServedBy(TestClient &client, const std::string &name)
    {
        RawVisitor visitor(port());
        visitor.send(get(host(name), "/"));
        client.respond(client.expectRequest().stream, 200, "ok");
        EXPECT_EQ(visitor.readResponse().body, "ok");
    }

private:
    TemporaryFolder m_folder;
};

} // namespace
