#include "client/tunnel.h"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

namespace client {

namespace {

using Stage = LinkState::Stage;

// One call of step(): the parts that its event handlers share.
class Stepper {
public:
    Stepper(TunnelState &state, const Moment &moment, const TunnelTimes &times)
        : m_state(state), m_moment(moment), m_times(times)
    {
    }

    void on(const event::Start &start);
    void on(const event::Stop &);
    void on(const event::LinkOpened &opened);
    void on(const event::Established &established);
    void on(const event::Refused &refused);
    void on(const event::LinkLost &lost);
    void on(const event::Heard &heard);
    void on(const event::Draining &draining);
    void on(const event::Drained &drained);
    void on(const event::Tick &);
    void on(const event::NetworkChanged &) { recheck(); }
    void on(const event::Resumed &) { recheck(); }
    void on(const event::ReconnectNow &);

    Actions finish();

private:
    LinkState *find(LinkId id);
    bool any(bool (*is)(const LinkState &)) const { return std::ranges::any_of(m_state.links, is); }
    void openLink();
    void closeLink(LinkId id, const wire::Error &why);
    void closeAll(const wire::Error &why);
    void enter(LinkState &link, Stage stage);
    void ping(LinkState &link);
    void recheck();
    void retryLater(const wire::Error &why);
    void lose(LinkId id, const wire::Error &why);
    void checkLink(LinkId id);
    void checkHandOver(LinkId id);
    void checkHeartbeat(LinkState &link);
    void watchHandedOver();
    bool isFinal(const LinkState &link, wire::Code code) const;
    Phase livePhase() const;
    RetryBounds retryBounds() const;

    TunnelState &m_state;
    const Moment &m_moment;
    const TunnelTimes &m_times;
    Actions m_actions;
};

LinkState *Stepper::find(LinkId id)
{
    const auto found = std::ranges::find(m_state.links, id, &LinkState::id);
    return found == m_state.links.end() ? nullptr : &*found;
}

void Stepper::enter(LinkState &link, Stage stage)
{
    link.stage = stage;
    link.since = m_moment.now;
}

void Stepper::openLink()
{
    m_state.retryAt.reset();
    m_state.links.push_back({.id = ++m_state.lastLink, .since = m_moment.now});
    m_actions.emplace_back(action::OpenLink{m_state.lastLink});
}

void Stepper::closeLink(LinkId id, const wire::Error &why)
{
    const bool wasLive = any(isLive);
    std::erase_if(m_state.links, [id](const LinkState &link) { return link.id == id; });
    m_actions.emplace_back(action::CloseLink{id, why});
    if (wasLive && !any(isLive))
        m_state.lastOnline = m_moment.now;
}

void Stepper::closeAll(const wire::Error &why)
{
    while (!m_state.links.empty())
        closeLink(m_state.links.back().id, why);
    m_state.retryAt.reset();
}

void Stepper::ping(LinkState &link)
{
    link.lastPing = m_moment.now;
    ++link.unanswered;
    m_actions.emplace_back(action::SendPing{link.id});
}

void Stepper::on(const event::Start &start)
{
    closeAll({wire::Code::Cancelled, "the tunnel was started anew"});
    m_state = {.phase = Phase::Connecting,
               .name = start.name,
               .session = start.session,
               .takeover = start.takeover,
               .lastLink = m_state.lastLink};
    openLink();
    m_actions.emplace_back(action::Publish{});
}

void Stepper::on(const event::Stop &)
{
    closeAll({wire::Code::Cancelled, "the tunnel was stopped"});
    m_state.phase = Phase::Stopped;
    m_state.reason = {};
}

void Stepper::on(const event::LinkOpened &opened)
{
    auto *link = find(opened.link);
    if (!link || link->stage != Stage::Connecting)
        return;
    enter(*link, Stage::Joining);
    link->pingInterval = opened.v1 ? m_times.v1PingInterval : m_times.pingInterval;
    if (opened.v1)
        link->handOverAt = m_moment.now + m_times.v1LinkLife;
    wire::Ready ready;
    ready.name = m_state.name;
    ready.session = m_state.session;
    ready.takeover = m_state.takeover;
    ready.links = static_cast<unsigned>(std::ranges::count_if(m_state.links, isLive));
    m_actions.emplace_back(action::SendReady{opened.link, std::move(ready)});
}

void Stepper::on(const event::Established &established)
{
    auto *link = find(established.link);
    if (!link || link->stage != Stage::Joining)
        return;
    enter(*link, Stage::Online);
    if (const auto told = established.server.limits.heartbeatMs; told > 0 && link->handOverAt)
        link->pingInterval = Millis{std::min<std::uint64_t>(told, Millis{wire::kV1PingInterval}.count())};
    m_state.server = established.server;
    m_state.passesUpgrades = !link->handOverAt;
    m_state.name = established.server.tunnelId;
    m_state.joinedBefore = true;
    m_state.retryAt.reset();
    ping(*link);
    watchHandedOver();
    m_actions.emplace_back(action::Publish{});
}

// Many Lambdas each remember for some seconds which link is ours.
void Stepper::watchHandedOver()
{
    for (auto &link : m_state.links)
        if (link.stage == Stage::Draining && link.handOverAt && !link.drained)
            link.watchAt = m_moment.now + m_times.v1Overlap;
}

// What no repetition mends. Another client may hold our name for a moment while we reconnect, so that is not final;
// when it took the name from a link that was online, taking it back would only start a quarrel.
bool Stepper::isFinal(const LinkState &link, wire::Code code) const
{
    switch (code) {
    case wire::Code::Unauthorized:
    case wire::Code::Forbidden:
    case wire::Code::InvalidRequest:
    case wire::Code::ProtocolError: return true;
    case wire::Code::NameTaken: return isLive(link) || !m_state.joinedBefore;
    default: return false;
    }
}

void Stepper::on(const event::Refused &refused)
{
    const auto *link = find(refused.link);
    if (!link)
        return;
    if (!isFinal(*link, refused.why.code))
        return lose(refused.link, refused.why);
    closeAll(refused.why);
    m_state.phase = Phase::Failed;
    m_state.reason = refused.why;
}

void Stepper::on(const event::LinkLost &lost)
{
    if (find(lost.link))
        lose(lost.link, lost.why);
}

void Stepper::on(const event::Heard &heard)
{
    if (auto *link = find(heard.link))
        link->unanswered = 0;
}

void Stepper::on(const event::Draining &draining)
{
    auto *link = find(draining.link);
    if (!link || link->stage != Stage::Online)
        return;
    enter(*link, Stage::Draining);
    if (!link->handOverAt)
        m_actions.emplace_back(action::WatchDrain{draining.link});
    if (!any(isOnline) && !any(isPending))
        openLink();
}

void Stepper::on(const event::Drained &drained)
{
    if (auto *link = find(drained.link))
        link->drained = true;
}

void Stepper::on(const event::Tick &)
{
    std::vector<LinkId> ids;
    ids.reserve(m_state.links.size());
    for (const auto &link : m_state.links)
        ids.push_back(link.id);
    for (const LinkId id : ids)
        checkLink(id);
    if (m_state.retryAt && *m_state.retryAt <= m_moment.now)
        openLink();
}

void Stepper::checkLink(LinkId id)
{
    auto &link = *find(id);
    if (!isPending(link)) {
        checkHandOver(id);
        return checkHeartbeat(*find(id));
    }
    if (m_moment.now >= link.since + m_times.handshake)
        lose(id, {wire::Code::Timeout, "the server did not answer in time"});
}

// Opening the next link moves the others in memory: nothing holds on to one across it.
void Stepper::checkHandOver(LinkId id)
{
    auto &link = *find(id);
    if (isOnline(link) && link.handOverAt && m_moment.now >= *link.handOverAt)
        return on(event::Draining{id});
    if (!link.watchAt || m_moment.now < *link.watchAt)
        return;
    link.watchAt.reset();
    m_actions.emplace_back(action::WatchDrain{id});
}

void Stepper::checkHeartbeat(LinkState &link)
{
    const Millis now = m_moment.now;
    if (link.unanswered >= kPingsToDeath) {
        if (now >= link.lastPing + m_times.pongGrace)
            lose(link.id, {wire::Code::Timeout, "the server stopped answering"});
    } else if (now >= link.lastPing + link.pingInterval) {
        ping(link);
    }
}

// After a change below us: what was under way starts anew, what stood has the pong grace to prove that it still does.
void Stepper::recheck()
{
    const bool hurry = any(isPending) || m_state.retryAt.has_value();
    std::vector<LinkId> pending;
    for (auto &link : m_state.links) {
        if (isPending(link)) {
            pending.push_back(link.id);
        } else {
            link.unanswered = kPingsToDeath;
            ping(link);
        }
    }
    for (const LinkId id : pending)
        closeLink(id, {wire::Code::ConnectionLost, "the network changed"});
    if (hurry)
        openLink();
}

void Stepper::on(const event::ReconnectNow &)
{
    if (m_state.phase == Phase::Idle || m_state.phase == Phase::Stopped)
        return;
    closeAll({wire::Code::ConnectionLost, "reconnecting"});
    m_state.attempt = 0;
    m_state.phase = Phase::Connecting;
    openLink();
}

RetryBounds Stepper::retryBounds() const
{
    RetryBounds bounds = m_times.retry;
    if (m_state.lastOnline && m_moment.now - *m_state.lastOnline < wire::kNameGrace)
        bounds.cap = std::min(bounds.cap, wire::kRetryCapInGrace);
    return bounds;
}

void Stepper::retryLater(const wire::Error &why)
{
    m_state.reason = why;
    ++m_state.attempt;
    m_state.retryAt = m_moment.now + retryDelay(m_state.attempt, m_moment.random, retryBounds());
}

void Stepper::lose(LinkId id, const wire::Error &why)
{
    const auto &link = *find(id);
    if (isOnline(link) && m_moment.now - link.since >= wire::kStableAfter)
        m_state.attempt = 0;
    closeLink(id, why);
    if (!any(isOnline) && !any(isPending) && !m_state.retryAt)
        retryLater(why);
}

Phase Stepper::livePhase() const
{
    if (any(isOnline))
        return Phase::Online;
    if (m_state.retryAt)
        return Phase::Reconnecting;
    const bool handingOver = m_state.phase == Phase::Online && any(isLive);
    return handingOver ? Phase::Online : Phase::Connecting;
}

Actions Stepper::finish()
{
    if (!any(isPending)) {
        const auto links = m_state.links;
        for (const auto &link : links | std::views::filter(&LinkState::drained))
            closeLink(link.id, {});
    }
    const bool running = m_state.retryAt || !m_state.links.empty();
    if (running)
        m_state.phase = livePhase();
    return std::move(m_actions);
}

auto shown(const TunnelState &state)
{
    return std::tuple(state.phase, state.retryAt, state.reason.code);
}

} // namespace

Actions step(TunnelState &state, const Event &event, const Moment &moment, const TunnelTimes &times)
{
    const auto before = shown(state);
    Stepper stepper(state, moment, times);
    std::visit([&stepper](const auto &what) { stepper.on(what); }, event);
    Actions actions = stepper.finish();
    const bool published = std::ranges::find(actions, Action{action::Publish{}}) != actions.end();
    if (!published && shown(state) != before)
        actions.emplace_back(action::Publish{});
    return actions;
}

std::optional<Millis> nextTick(const TunnelState &state, const TunnelTimes &times)
{
    std::optional<Millis> next = state.retryAt;
    for (const auto &link : state.links) {
        const Millis due = dueOf(link, times);
        next = std::min(next.value_or(due), due);
    }
    return next;
}

} // namespace client
