// step() as a script to read: an event goes in at a time, the actions come out as text.
#pragma once

#include "client/tunnel.h"

#include <QString>
#include <QStringList>

namespace support {

using namespace client;

class Script {
public:
    QString feed(const Event &event)
    {
        QStringList lines;
        for (const auto &action : step(m_state, event, {m_now, m_random}, m_times))
            lines << std::visit([](const auto &what) { return describe(what); }, action);
        return lines.join(QStringLiteral("; "));
    }
    Script &after(Millis pause)
    {
        m_now += pause;
        return *this;
    }
    QString tick() { return feed(event::Tick{}); }
    void hearEverything() { m_hearing = true; }
    // Lets time pass as the runner would: a tick whenever one is due, until `until`.
    QString runTo(Millis until)
    {
        QStringList lines;
        for (auto next = nextTick(m_state, m_times); next && *next <= until; next = nextTick(m_state, m_times)) {
            m_now = *next;
            if (m_hearing)
                for (const auto &link : m_state.links)
                    feed(event::Heard{link.id});
            if (const QString actions = tick(); !actions.isEmpty())
                lines << QString::number(m_now.count() / 1000) + u's' + u' ' + actions;
        }
        m_now = until;
        return lines.join(QStringLiteral(" | "));
    }
    void online(LinkId link, const char *name = "shop")
    {
        feed(event::LinkOpened{link});
        feed(event::Established{link, server(name)});
    }
    void start() { feed(event::Start{"shop", "s1", false}); }

    static wire::ConnectionEstablished server(const char *name)
    {
        wire::ConnectionEstablished server;
        server.tunnelId = name;
        server.publicUrl = std::string("https://") + name + ".example";
        return server;
    }

    const TunnelState &state() const { return m_state; }
    Phase phase() const { return m_state.phase; }
    void setRandom(double random) { m_random = random; }
    Millis now() const { return m_now; }

private:
    static QString number(LinkId link) { return QString::number(link); }
    static QString describe(const action::OpenLink &a) { return QStringLiteral("open ") + number(a.link); }
    static QString describe(const action::CloseLink &a) { return QStringLiteral("close ") + number(a.link); }
    static QString describe(const action::SendPing &a) { return QStringLiteral("ping ") + number(a.link); }
    static QString describe(const action::WatchDrain &a) { return QStringLiteral("watch ") + number(a.link); }
    static QString describe(const action::Publish &) { return QStringLiteral("publish"); }
    static QString describe(const action::SendReady &a)
    {
        return QStringLiteral("ready %1 name=%2 session=%3 links=%4%5")
            .arg(number(a.link), QString::fromStdString(a.ready.name), QString::fromStdString(a.ready.session))
            .arg(a.ready.links)
            .arg(a.ready.takeover ? QStringLiteral(" takeover") : QString());
    }

    TunnelState m_state;
    Millis m_now{0};
    double m_random = 1.0;
    bool m_hearing = false;
    TunnelTimes m_times;
};

} // namespace support
