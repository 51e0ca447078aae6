// Base of tests that talk to a whole relay: started by the test with the configuration it needs.
#pragma once

#include "support/loopback_relay.h"
#include "support/raw_visitor.h"
#include "support/test_client.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace support {

class RelayTest : public testing::Test {
protected:
    void start(const relay::Config &config = quietConfig()) { m_relay.emplace(config); }
    LoopbackRelay &relay() { return *m_relay; }
    std::uint16_t port() const { return m_relay->port(); }
    // "shop.localhost:PORT", or the apex for no name.
    std::string host(const std::string &name = "") const
    {
        return (name.empty() ? "" : name + ".") + "localhost:" + std::to_string(port());
    }

    // A client that serves `name`.
    std::unique_ptr<TestClient> serve(const std::string &name, const TestClient::Options &options = {})
    {
        auto client = std::make_unique<TestClient>(port(), options);
        (void)client->start(readyFor(name));
        return client;
    }
    // One request on a connection of its own, answered by the relay itself.
    Response ask(std::string_view request, bool head = false)
    {
        RawVisitor visitor(port());
        visitor.send(request);
        return visitor.readResponse(head);
    }
    // The code of a page made by the relay.
    static std::string errorCode(const Response &response) { return response.header("X-Tunnel-Error"); }

private:
    std::optional<LoopbackRelay> m_relay;
};

} // namespace support
