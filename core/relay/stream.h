// One exchange between a visitor's session and a tunnel client's link: both hold it, neither waits inside it. What the
// link delivers becomes bytes for the visitor at once (one copy); what the visitor sends goes straight into the link's
// queue. Bounded by the window in each direction. Relay thread only.
#pragma once

#include "edge/exchange.h"
#include "relay/event.h"
#include "wire/frame.h"
#include "wire/stream_credit.h"

#include <optional>
#include <string>

namespace relay {

class Stream {
public:
    // `budget` belongs to the link and must outlive the stream: the session holds the link as long as the stream.
    Stream(Executor executor, const wire::RequestHead &request, bool visitorKeepAlive, wire::LinkWindowBudget &budget,
           SteadyTime now)
        : m_exchange(request, visitorKeepAlive), m_window(budget, now), m_output(executor), m_input(executor)
    {
    }

    // --- The link's side: frames in order. An error is the client's fault: the link resets the stream. --------------
    [[nodiscard]] wire::Result<> onResponseHead(wire::ResponseHead head);
    [[nodiscard]] wire::Result<> onData(std::string_view bytes);
    [[nodiscard]] wire::Result<> onEnd(wire::HeaderList trailers);
    [[nodiscard]] wire::Result<> onWindow(std::uint32_t bytes);
    // Reset by the client, link lost, time-out, protocol error: the first one counts.
    void fail(wire::Error error);

    // --- The visitor's side -----------------------------------------------------------------------------------------
    // Bytes ready for the visitor, with the number of body bytes in them (to be reported by Link::consumed()).
    struct Output {
        std::string bytes;
        std::size_t bodyBytes = 0;
    };
    [[nodiscard]] Output takeOutput();
    // The memory of an output that was written, for one to come.
    void giveBack(std::string memory) noexcept;
    [[nodiscard]] bool hasOutput() const noexcept { return !m_bytes.empty(); }
    [[nodiscard]] bool finished() const noexcept { return m_ended || m_failure.has_value(); }
    [[nodiscard]] const std::optional<wire::Error> &failure() const noexcept { return m_failure; }
    [[nodiscard]] edge::Exchange &exchange() noexcept { return m_exchange; }
    [[nodiscard]] bool keepVisitor() const noexcept { return m_keepVisitor; } // valid once finished()
    // What the peer may send changed because `bytes` were handed on; the credit to send now, 0 for none yet.
    [[nodiscard]] std::uint32_t consumed(std::size_t bytes, SteadyTime now, std::chrono::nanoseconds roundTrip)
    {
        return m_window.onConsumed(bytes, now, roundTrip);
    }
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

    [[nodiscard]] Event &output() noexcept { return m_output; } // new output, the end or a failure
    [[nodiscard]] Event &input() noexcept { return m_input; } // new credit, room in the link's queue, or a failure

    std::uint32_t id = 0;
    wire::SendCredit credit; // request direction
    bool requestEnded = false; // `end` or `reset` was sent

private:
    edge::Exchange m_exchange;
    wire::ReceiveWindow m_window;
    Event m_output;
    Event m_input;
    std::string m_bytes;
    std::string m_spare; // memory for m_bytes
    std::size_t m_pendingBody = 0;
    std::optional<wire::Error> m_failure;
    bool m_chunked = false;
    bool m_keepVisitor = false;
    bool m_ended = false;
};

} // namespace relay
