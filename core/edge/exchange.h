// One request to one response, without a socket: checks the order of what the tunnel client sends on a stream and
// decides how the response is framed for the visitor (RFC 9112 6). Owned by the visitor's session, one per request,
// on its thread. Every error returned is the client's fault (ProtocolError): give it to onFailure() to learn what
// the visitor gets, and reset the stream.
#pragma once

#include "wire/http_head.h"
#include "wire/limits.h"
#include "wire/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace edge {

enum class Framing : std::uint8_t {
    None,       // no body bytes: interim heads, HEAD, 204, 304
    Sized,      // Content-Length
    Chunked,    // wrap with http1::appendChunk
    UntilClose, // HTTP/1.0 with an unknown length: bytes as they are, then close
    Raw,        // after 101: bytes both ways, no HTTP any more
};

// What to do with a response head.
struct HeadPlan {
    bool forward = true; // false: an interim head that this visitor's HTTP version does not know; drop it
    bool final = false;  // the response's own head (or 101); interim ones are not
    Framing framing = Framing::None;
    const wire::HeaderList *extra = nullptr; // for http1::appendResponseHead; never null, lives as long as Exchange
};

// What to do when the client has ended its direction.
struct EndPlan {
    bool lastChunk = false;     // http1::appendLastChunk with `trailers`
    wire::HeaderList trailers;  // empty unless chunked; fields that may not be trailers are gone
    bool keepAlive = false;     // the connection may take the next request, if this one was read to its end too
};

enum class FailureAction : std::uint8_t {
    Page,    // nothing of a final head was sent: makeErrorPage(code, …)
    Abort,   // close at once, with a TCP reset, so that the visitor cannot take a part for the whole
    Nothing, // the response was complete already
};

struct FailurePlan {
    FailureAction action = FailureAction::Abort;
    wire::Code code = wire::Code::InternalError;
    const wire::HeaderList *extra = nullptr; // the page's Connection field, if any; never null, as HeadPlan::extra
    bool keepAlive = false;                  // Page only: as EndPlan::keepAlive
};

class Exchange {
public:
    // `visitorKeepAlive`: http1::RequestReader::keepAlive().
    Exchange(const wire::RequestHead &request, bool visitorKeepAlive);
    Exchange(Exchange &&) = default; // before the first plan: plans point into it
    Exchange &operator=(Exchange &&) = delete;

    // The connection is to be closed after this response (draining, request not read). Before the final head.
    void forbidKeepAlive() noexcept { m_keepAlive = false; }

    // Removes hop-by-hop fields from `head` and makes its Content-Length one; then it can be written with the plan.
    [[nodiscard]] wire::Result<HeadPlan> onResponseHead(wire::ResponseHead &head);
    [[nodiscard]] wire::Result<> onData(std::size_t bytes);
    [[nodiscard]] wire::Result<EndPlan> onEnd(wire::HeaderList trailers);
    // Any failure of the exchange, from either side. The message is for the log, not for the visitor.
    [[nodiscard]] FailurePlan onFailure(const wire::Error &error) const noexcept;

    [[nodiscard]] bool finalHeadSeen() const noexcept { return m_state != State::AwaitingHead; }
    [[nodiscard]] bool complete() const noexcept { return m_state == State::Complete; }
    [[nodiscard]] bool upgraded() const noexcept { return m_framing == Framing::Raw; }
    [[nodiscard]] unsigned status() const noexcept { return m_status; } // 0 before the final head
    [[nodiscard]] std::uint64_t bodyBytes() const noexcept { return m_bodyBytes; }

private:
    enum class State : std::uint8_t { AwaitingHead, Body, Complete };

    wire::Result<HeadPlan> onInterimHead(wire::ResponseHead &head);
    wire::Result<HeadPlan> onSwitchingProtocols(wire::ResponseHead &head);
    wire::Result<HeadPlan> onFinalHead(wire::ResponseHead &head);
    wire::Result<Framing> chooseFraming(const wire::ResponseHead &head, std::optional<std::uint64_t> length) const;
    const wire::HeaderList &connectionFields() const noexcept;
    const wire::HeaderList &framingFields(bool addZeroLength) const;

    const bool m_http10;
    const bool m_answersHead;
    const std::string m_requestedUpgrade;
    bool m_keepAlive;
    State m_state = State::AwaitingHead;
    Framing m_framing = Framing::None;
    unsigned m_status = 0;
    unsigned m_interimHeads = 0;
    std::uint64_t m_bodyBytes = 0;
    std::uint64_t m_expectedBytes = 0; // Sized only
    wire::HeaderList m_upgradeFields;
};

} // namespace edge
