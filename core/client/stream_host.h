// What a stream needs of the link it lives on. Implemented by TunnelLink, by ReplayRun for a request without a visitor,
// and by a fake in tests; engine thread.
#pragma once

#include "client/exchange_log.h"
#include "client/local_pool.h"
#include "wire/stream_credit.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace client {

class StreamHost {
public:
    // Append whole frames here, then call framesAdded(): they leave together at the end of this turn.
    virtual std::string &frames() = 0;
    virtual void framesAdded() = 0;
    // Too much waits to be sent: read no more from local services until LocalRequest::resume().
    [[nodiscard]] virtual bool congested() const = 0;
    [[nodiscard]] virtual std::chrono::nanoseconds roundTrip() const = 0;
    virtual wire::LinkWindowBudget &windowBudget() = 0;
    virtual LocalSite &site() = 0;
    [[nodiscard]] virtual const std::optional<std::string> &hostField() const = 0;
    // The row of a stream that begins with this head.
    [[nodiscard]] virtual std::shared_ptr<ExchangeRecord> begin(const wire::RequestHead &head) = 0;
    virtual ExchangeLog &log() = 0;
    virtual std::span<char> scratch() = 0;
    // Scripts of every origin may read the responses.
    [[nodiscard]] virtual bool allowsEveryOrigin() const { return false; }
    // The stream has ended; it may be deleted in a later turn, not in this one.
    virtual void streamFinished(std::uint32_t stream) = 0;

protected:
    ~StreamHost() = default;
};

} // namespace client
