#include "client/tunnel_runner.h"

#include "client/local_head.h"
#include "wire/ids.h"

#include <QRandomGenerator>
#include <QSysInfo>

#include <algorithm>
#include <tuple>
#include <utility>

namespace client {

namespace {

TunnelTimes timesOf(const EngineOptions &options)
{
    return {.pingInterval = Millis{options.pingIntervalMs},
            .pongGrace = Millis{options.pongGraceMs},
            .handshake = Millis{options.handshakeTimeoutMs},
            .retry = {.base = Millis{options.retryBaseMs}, .cap = Millis{options.retryCapMs}}};
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString seconds(qint64 ms)
{
    return QString::number(double(ms) / 1000.0, 'f', 1) + QStringLiteral(" s");
}

} // namespace

TunnelRunner::TunnelRunner(const TunnelConfig &config, const EngineOptions &options, LocalPool &pool,
                           LinkServices services, QObject &linkParent, QObject *parent)
    : QObject(parent),
      m_config(config),
      m_times(timesOf(options)),
      m_useSystemProxy(options.useSystemProxy),
      m_services(services),
      m_linkParent(linkParent),
      m_streamSettings{pool.site(config.target),
                       hostFieldFor(config.target),
                       {config.id, config.name},
                       TunnelGuard::forTunnel(config)}
{
    if (const auto *guard = m_streamSettings.guard.get()) {
        connect(guard, &TunnelGuard::visitorWaiting, this, [this](const QString &visitor, const QString &userAgent) {
            Q_EMIT visitorWaiting({m_config.id, visitor, userAgent});
        });
        connect(guard, &TunnelGuard::visitorDecided, this,
                [this](const QString &visitor) { Q_EMIT visitorDecided({m_config.id, visitor, {}}); });
    }
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, [this] { post(event::Tick{}); });
}

TunnelRunner::~TunnelRunner()
{
    for (const auto &[id, link] : m_links)
        link->close({wire::Code::ConnectionLost, "the tunnel was removed"});
}

TunnelIdentity TunnelRunner::identityFor(const TunnelConfig &config) const
{
    const bool same =
        config.server == m_config.server && config.name == m_config.name && config.token == m_config.token;
    return same ? TunnelIdentity{m_state.name, m_state.session} : TunnelIdentity{};
}

void TunnelRunner::start(const TunnelIdentity &identity)
{
    if (auto checked = checkConfig(m_config); !checked) {
        m_state.phase = Phase::Failed;
        m_state.reason = checked.error();
        return perform(action::Publish{});
    }
    m_url = *parseServerUrl(m_config.server);
    post(event::Start{identity.name.empty() ? m_config.name.toStdString() : identity.name,
                      identity.session.empty() ? wire::drawSessionId() : identity.session, m_config.takeover});
}

void TunnelRunner::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) == paused)
        return;
    for (const auto &[id, link] : m_links)
        link->setPaused(paused);
    if (m_state.phase == Phase::Idle)
        return;
    Q_EMIT logged(QStringLiteral("info"),
                  m_config.id + (paused ? QStringLiteral(": paused") : QStringLiteral(": goes on")));
    Q_EMIT statusChanged(status());
}

void TunnelRunner::answerVisitor(const QString &visitor, bool let)
{
    if (m_streamSettings.guard)
        m_streamSettings.guard->answer(visitor, let);
}

// Performing an action can make the next event happen inside it: events wait for their turn.
void TunnelRunner::post(const Event &event)
{
    m_events.push_back(event);
    if (std::exchange(m_handling, true))
        return;
    while (!m_events.empty()) {
        const Event next = std::move(m_events.front());
        m_events.pop_front();
        handle(next);
    }
    m_handling = false;
    scheduleTick();
}

void TunnelRunner::handle(const Event &event)
{
    hearLinks();
    const Moment moment{now(), QRandomGenerator::global()->generateDouble()};
    for (const auto &action : step(m_state, event, moment, m_times))
        std::visit([this](const auto &what) { perform(what); }, action);
}

// Links note what they hear without an event each: step() only wants to know before it judges.
void TunnelRunner::hearLinks()
{
    for (const auto &[id, link] : m_links) {
        if (link->takeHeard())
            std::ignore = step(m_state, event::Heard{id}, {now(), 0}, m_times); // asks for nothing
    }
}

void TunnelRunner::scheduleTick()
{
    if (const auto next = nextTick(m_state, m_times))
        m_tick.start(std::max(*next - now(), Millis{0}));
    else
        m_tick.stop();
}

TunnelLink *TunnelRunner::link(LinkId id) const
{
    const auto found = m_links.find(id);
    return found == m_links.end() ? nullptr : found->second;
}

Millis TunnelRunner::now() const
{
    return std::chrono::ceil<Millis>(SteadyClock::now().time_since_epoch());
}

void TunnelRunner::perform(const action::OpenLink &open)
{
    auto *link = new TunnelLink(
        open.link, {m_url, m_config.token, m_useSystemProxy}, m_streamSettings, m_services,
        [this](const Event &event) { post(event); }, &m_linkParent);
    m_links.emplace(open.link, link);
    link->setPaused(m_paused);
    link->open();
}

void TunnelRunner::perform(const action::CloseLink &close)
{
    if (auto *closing = link(close.link)) {
        m_links.erase(close.link);
        closing->close(close.why);
    }
}

void TunnelRunner::perform(const action::SendReady &send)
{
    wire::Ready ready = send.ready;
    ready.clientVersion = TUNNEL_VERSION;
    ready.clientOs = QSysInfo::prettyProductName().toStdString();
    if (auto *opened = link(send.link))
        opened->sendControl(ready);
}

void TunnelRunner::perform(const action::SendPing &send)
{
    if (auto *pinged = link(send.link))
        pinged->ping();
}

void TunnelRunner::perform(const action::WatchDrain &watch)
{
    if (auto *draining = link(watch.link))
        draining->watchDrain();
}

void TunnelRunner::perform(const action::Publish &)
{
    const auto current = status();
    logStatus(current);
    Q_EMIT statusChanged(current);
}

TunnelStatus TunnelRunner::status() const
{
    TunnelStatus status;
    status.id = m_config.id;
    status.phase = m_state.phase;
    status.paused = m_paused;
    status.name = text(m_state.joinedBefore ? m_state.name : m_config.name.toStdString());
    status.publicUrl = text(m_state.server.publicUrl);
    status.subdomainUrl = text(m_state.server.subdomainUrl);
    status.pathBasedUrl = text(m_state.server.pathBasedUrl);
    status.limits = m_state.server.limits;
    status.passesUpgrades = m_state.passesUpgrades;
    if (m_state.phase == Phase::Reconnecting || m_state.phase == Phase::Failed)
        status.reason = m_state.reason;
    if (m_state.phase == Phase::Reconnecting) {
        status.attempt = m_state.attempt;
        status.nextAttemptMs = m_state.retryAt ? std::max(*m_state.retryAt - now(), Millis{0}).count() : 0;
    }
    return status;
}

void TunnelRunner::logStatus(const TunnelStatus &status)
{
    const QString what = m_config.id + QStringLiteral(": ");
    switch (status.phase) {
    case Phase::Online:
        Q_EMIT logged(QStringLiteral("info"), what + QStringLiteral("online at ") + status.publicUrl);
        break;
    case Phase::Reconnecting:
        Q_EMIT logged(QStringLiteral("warning"), what + text(status.reason.message) + QStringLiteral("; attempt ") +
                                                     QString::number(status.attempt) + QStringLiteral(" in ") +
                                                     seconds(status.nextAttemptMs));
        break;
    case Phase::Failed: Q_EMIT logged(QStringLiteral("error"), what + text(status.reason.message)); break;
    default: break;
    }
}

} // namespace client
