// The life of one tunnel without I/O: what happened goes in, what to do comes out (docs/protocol.md, "Connection").
// Pure: the clock and the dice are arguments. Owned by TunnelRunner, on the engine thread.
#pragma once

#include "client/link_state.h"
#include "client/tunnel_status.h"
#include "wire/message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace client {

namespace event {

struct Start {
    std::string name;
    std::string session; // drawn once per start
    bool takeover = false;
};
struct Stop {};
struct LinkOpened { // the WebSocket stands
    LinkId link;
    bool v1 = false; // the server is API Gateway's
};
struct Established {
    LinkId link;
    wire::ConnectionEstablished server;
};
struct Refused { // the server said no: by its handshake's status or by an error message
    LinkId link;
    wire::Error why;
};
struct LinkLost { // it went away or never came to be
    LinkId link;
    wire::Error why;
};
struct Heard { // anything from the server
    LinkId link;
};
struct Draining { // the server opens no new streams on this link
    LinkId link;
};
struct Drained { // a draining link has no streams left
    LinkId link;
};
struct Tick {};
struct NetworkChanged {};
struct Resumed {};
struct ReconnectNow {};

} // namespace event

using Event = std::variant<event::Start, event::Stop, event::LinkOpened, event::Established, event::Refused,
                           event::LinkLost, event::Heard, event::Draining, event::Drained, event::Tick,
                           event::NetworkChanged, event::Resumed, event::ReconnectNow>;

namespace action {

struct OpenLink {
    LinkId link;
    friend bool operator==(const OpenLink &, const OpenLink &) = default;
};
struct CloseLink { // forget it; no event about it is expected any more
    LinkId link;
    wire::Error why;
    friend bool operator==(const CloseLink &, const CloseLink &) = default;
};
struct SendReady { // the runner adds client version and system
    LinkId link;
    wire::Ready ready;
    friend bool operator==(const SendReady &, const SendReady &) = default;
};
struct SendPing {
    LinkId link;
    friend bool operator==(const SendPing &, const SendPing &) = default;
};
struct WatchDrain { // report Drained when the link's last stream has ended, at once when it has none
    LinkId link;
    friend bool operator==(const WatchDrain &, const WatchDrain &) = default;
};
struct Publish { // status() has changed
    friend bool operator==(const Publish &, const Publish &) = default;
};

} // namespace action

using Action = std::variant<action::OpenLink, action::CloseLink, action::SendReady, action::SendPing,
                            action::WatchDrain, action::Publish>;
using Actions = std::vector<Action>;

// What step() cannot know by itself.
struct Moment {
    Millis now{0};     // of any steady clock
    double random = 0; // in [0, 1]
};

struct TunnelState {
    Phase phase = Phase::Idle;
    std::string name; // wished; the server's own once it has given one
    std::string session;
    bool takeover = false;
    bool joinedBefore = false; // in this session
    wire::ConnectionEstablished server{}; // of the newest establishment
    bool passesUpgrades = true; // that server does: v1 has no messages for it
    std::vector<LinkState> links{};
    LinkId lastLink = 0;
    unsigned attempt = 0;
    std::optional<Millis> retryAt{};
    std::optional<Millis> lastOnline{}; // when the last live link was lost
    wire::Error reason{};
};

[[nodiscard]] Actions step(TunnelState &state, const Event &event, const Moment &moment, const TunnelTimes &times = {});

// When the next event::Tick is due; nothing to wait for otherwise. Heard events may come as late as that tick.
[[nodiscard]] std::optional<Millis> nextTick(const TunnelState &state, const TunnelTimes &times = {});

} // namespace client
