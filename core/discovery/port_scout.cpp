#include "discovery/port_scout.h"

#include "discovery/known_services.h"
#include "discovery/title_probe.h"
#include "wire/limits.h"

#include <algorithm>
#include <utility>

namespace discovery {

namespace {

bool isSameService(const ListeningPort &a, const ListeningPort &b)
{
    return a.port == b.port && a.pid == b.pid;
}

} // namespace

ScoutOptions::ScoutOptions()
    : ports(listeningPorts), probeTimeout(wire::kTitleProbeTimeout), silentServiceRest(wire::kSilentServiceRest)
{
}

PortScout::PortScout(QObject *parent) : PortScout(ScoutOptions(), parent)
{
}

PortScout::PortScout(ScoutOptions options, QObject *parent) : QObject(parent), m_options(std::move(options))
{
}

PortScout::~PortScout()
{
    if (m_reader.joinable())
        m_reader.join(); // it takes milliseconds, and posts to this object
}

void PortScout::leaveOut(const QSet<quint16> &ports)
{
    m_leftOut = ports;
}

void PortScout::refresh()
{
    if (m_reader.joinable())
        m_again = true; // what it reads just now may be out of date
    else
        read();
}

void PortScout::read()
{
    const auto tell = [this](const wire::Result<QList<ListeningPort>> &listening) {
        m_reader.join();
        if (std::exchange(m_again, false))
            return read();
        if (listening)
            take(*listening);
        else
            Q_EMIT failed(QString::fromStdString(listening.error().message));
    };
    m_reader = std::thread([this, tell, ports = m_options.ports] {
        QMetaObject::invokeMethod(this, [tell, listening = ports()] { tell(listening); }, Qt::QueuedConnection);
    });
}

void PortScout::take(const QList<ListeningPort> &ports)
{
    forgetOthers(ports);
    m_suggestions.clear();
    m_waiting.clear();
    for (const auto &listening : ports) {
        if (m_leftOut.contains(listening.port))
            continue;
        m_suggestions += recalled(listening);
        if (isToBeAsked(listening))
            m_waiting += listening;
    }
    tell();
    askNext();
}

Suggestion PortScout::recalled(const ListeningPort &listening) const
{
    Suggestion suggestion;
    const auto known = m_known.constFind(listening.port);
    if (known != m_known.cend() && isSameService(known->suggestion.listening, listening))
        suggestion = known->suggestion;
    suggestion.listening = listening;
    return suggestion;
}

bool PortScout::isToBeAsked(const ListeningPort &listening) const
{
    if (isKnownNotHttp(listening))
        return false;
    const auto *probe = m_probes.value(listening.port);
    if (probe && isSameService(probe->listening(), listening))
        return false;
    const auto known = m_known.constFind(listening.port);
    return known == m_known.cend() || !isSameService(known->suggestion.listening, listening) ||
           known->rest.hasExpired();
}

// Services that ended; what takes their port is another one.
void PortScout::forgetOthers(const QList<ListeningPort> &ports)
{
    m_known.removeIf([&](QHash<quint16, Known>::iterator known) {
        return std::ranges::none_of(
            ports, [&](const auto &listening) { return isSameService(listening, known->suggestion.listening); });
    });
}

void PortScout::askNext()
{
    for (auto next = m_waiting.begin();
         next != m_waiting.end() && m_probes.size() < qsizetype(wire::kMaxTitleProbes);) {
        if (m_probes.contains(next->port)) {
            ++next; // its predecessor is still being asked
            continue;
        }
        ask(*next);
        next = m_waiting.erase(next);
    }
}

void PortScout::ask(const ListeningPort &listening)
{
    auto *probe = new TitleProbe(listening, m_options.probeTimeout, this);
    m_probes.insert(listening.port, probe);
    connect(probe, &TitleProbe::answered, this, [this, probe](const PageAnswer &answer, bool tls) {
        m_probes.remove(probe->listening().port);
        probe->deleteLater();
        learn(probe->listening(), answer, tls);
        askNext();
    });
    probe->start();
}

void PortScout::learn(const ListeningPort &listening, const PageAnswer &answer, bool tls)
{
    Known known;
    known.suggestion = {listening, true, answer.http, tls, answer.title};
    known.rest.setRemainingTime(answer.http ? 0 : m_options.silentServiceRest.count());
    m_known.insert(listening.port, known);
    const auto shown = std::ranges::find_if(
        m_suggestions, [&](const auto &suggestion) { return isSameService(suggestion.listening, listening); });
    if (shown == m_suggestions.end() || *shown == known.suggestion)
        return;
    *shown = recalled(shown->listening);
    tell();
}

void PortScout::tell()
{
    auto sorted = m_suggestions;
    std::ranges::sort(sorted, {}, [](const auto &shown) { return std::pair(!shown.http, shown.listening.port); });
    Q_EMIT found(sorted);
}

} // namespace discovery
