// What the tests of the registry share: links that only say what they are told to.
#pragma once

#include "relay/tunnel_registry.h"

#include <optional>
#include <string>

namespace {

using relay::TunnelRegistry;

class FakeLink final : public relay::TunnelLink {
public:
    explicit FakeLink(std::size_t streams = 0) : open(streams) {}

    [[nodiscard]] std::size_t openStreams() const noexcept override { return open; }
    [[nodiscard]] bool acceptsStreams() const noexcept override { return accepts; }
    [[nodiscard]] bool leaving() const noexcept override { return leaves; }
    void evict(wire::Error reason) override { evicted = std::move(reason); }

    std::size_t open;
    bool accepts = true;
    bool leaves = false;
    std::optional<wire::Error> evicted;
};

wire::Ready ready(std::string name, std::string session = "s1")
{
    wire::Ready message;
    message.name = std::move(name);
    message.session = std::move(session);
    return message;
}

} // namespace
