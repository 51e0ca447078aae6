// One tunnel at work: feeds step() with what its links, the clock and the user do, and carries out what it says. Owned
// by EngineWorker, engine thread.
#pragma once

#include "client/engine.h"
#include "client/tunnel.h"
#include "client/tunnel_link.h"
#include "client/visitor_question.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <unordered_map>

namespace client {

// By what the server knows a tunnel again: kept when the user starts it anew, so that its URL stays.
struct TunnelIdentity {
    std::string name;
    std::string session;
};

class TunnelRunner : public QObject {
    Q_OBJECT
public:
    // `linkParent` owns the links: a closing one outlives its runner.
    TunnelRunner(const TunnelConfig &config, const EngineOptions &options, LocalPool &pool, LinkServices services,
                 QObject &linkParent, QObject *parent);
    ~TunnelRunner() override;

    void start(const TunnelIdentity &identity);
    void stop() { post(event::Stop{}); }
    void reconnect() { post(event::ReconnectNow{}); }
    void networkChanged() { post(event::NetworkChanged{}); }
    void resumed() { post(event::Resumed{}); }
    // Holds for every link, also of the future. Told by statusChanged(); before start() by the first status.
    void setPaused(bool paused);
    // The owner's answer to visitorWaiting().
    void answerVisitor(const QString &visitor, bool let);

    // For another run with this configuration; nothing of it when another server, name or token is meant.
    [[nodiscard]] TunnelIdentity identityFor(const TunnelConfig &config) const;

Q_SIGNALS:
    void statusChanged(const client::TunnelStatus &status);
    void logged(const QString &level, const QString &line);
    void visitorWaiting(const client::VisitorQuestion &question);
    void visitorDecided(const client::VisitorQuestion &question);

private:
    void post(const Event &event);
    void handle(const Event &event);
    void hearLinks();
    void scheduleTick();
    void perform(const action::OpenLink &open);
    void perform(const action::CloseLink &close);
    void perform(const action::SendReady &send);
    void perform(const action::SendPing &send);
    void perform(const action::WatchDrain &watch);
    void perform(const action::Publish &);
    [[nodiscard]] TunnelStatus status() const;
    void logStatus(const TunnelStatus &status);
    [[nodiscard]] TunnelLink *link(LinkId id) const;
    [[nodiscard]] Millis now() const;

    const TunnelConfig m_config;
    const TunnelTimes m_times;
    const bool m_useSystemProxy;
    LinkServices m_services;
    QObject &m_linkParent;
    StreamSettings m_streamSettings;
    ServerUrl m_url;
    TunnelState m_state;
    std::unordered_map<LinkId, TunnelLink *> m_links;
    std::deque<Event> m_events; // those that came while one was being handled
    bool m_handling = false;
    bool m_paused = false;
    QTimer m_tick;
};

} // namespace client
