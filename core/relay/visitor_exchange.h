// One request over a tunnel client's link: the request's body goes up while the response comes down, each at the pace
// of its reader. Lives for one request in the visitor's coroutine; relay thread only.
#pragma once

#include "relay/client_session.h"
#include "relay/visitor_request.h"
#include "relay/visitor_transport.h"

#include <boost/asio/cancellation_signal.hpp>

#include <memory>
#include <optional>

namespace relay {

class VisitorExchange {
public:
    // Opens the stream: `request.head` is as the client shall see it.
    VisitorExchange(Context &context, VisitorTransport &transport, VisitorRequest &request,
                    std::shared_ptr<ClientSession> link);
    VisitorExchange(const VisitorExchange &) = delete;
    VisitorExchange &operator=(const VisitorExchange &) = delete;

    // To the end of both directions. True when the connection may take the next request.
    [[nodiscard]] Task<bool> run();

private:
    [[nodiscard]] Task<> pumpRequest();
    [[nodiscard]] Task<> pumpResponse();
    [[nodiscard]] Task<> pumpUpgraded();
    [[nodiscard]] Task<> awaitCredit(bool whileAnswered);
    [[nodiscard]] Task<bool> sendBody();
    [[nodiscard]] Task<bool> readBody();
    [[nodiscard]] Task<> discardBody();
    [[nodiscard]] Task<bool> writeOutput();
    [[nodiscard]] Task<> conclude();
    [[nodiscard]] Task<> concludeFailure();
    [[nodiscard]] Task<> pumpBoth();
    [[nodiscard]] Task<> payForUpload(std::size_t bytes);
    [[nodiscard]] Task<> payForDownload(std::size_t bytes);
    enum class Direction : std::uint8_t { Up, Down };
    [[nodiscard]] Task<> pause(std::chrono::nanoseconds wait, std::optional<Timer> &timer, Direction direction);
    void armIdleLimit();
    void onHeadTimeout();
    void onSilence();
    void watchVisitor();
    void onVisitorGone();
    [[nodiscard]] Task<> endWatch();

    Context &m_context;
    VisitorTransport &m_transport;
    VisitorRequest &m_request;
    const std::shared_ptr<ClientSession> m_link; // outlives the stream, whose window it counts
    const edge::QuotaUse m_use;
    const std::shared_ptr<Stream> m_stream;
    Deadline m_headLimit;
    Deadline m_watchDelay;
    Deadline m_silenceLimit; // of a service whose visitor has half-closed
    std::optional<Timer> m_uploadPause; // on a line of limited bandwidth
    std::optional<Timer> m_downloadPause;
    asio::cancellation_signal m_watchEnd;
    Event m_watchOver;
    bool m_watching = false;    // a read is under way, only to notice that the visitor leaves
    bool m_requestLate = false; // it failed because the visitor's own body did not come
    bool m_answered = false;    // the response is written: what is left of the request is only read away
};

} // namespace relay
