#include "workspace/relay_start.h"

#include <fmt/core.h>

namespace workspace {

using wire::Result;

namespace {

constexpr quint16 kAnyPort = 0;

const QString &noticeKey()
{
    static const QString key = QStringLiteral("relay");
    return key;
}

} // namespace

RelayStart::RelayStart(LocalRelay &relay, RunMemory &memory, Tell tell)
    : m_relay(relay), m_memory(memory), m_tell(std::move(tell))
{
}

quint16 RelayStart::port() const
{
    return m_relay.port() != 0 ? m_relay.port() : m_memory.relayPort();
}

Result<> RelayStart::ensure()
{
    if (m_relay.port() != 0)
        return {};
    const quint16 former = m_memory.relayPort();
    if (auto started = m_relay.start(m_memory.portsToTry() + QList<quint16>{kAnyPort}); !started) {
        const std::string text = fmt::format(
            "The relay inside this program could not start, so tunnels without a server stay closed: {}. Start one of "
            "them to try again.",
            started.error().message);
        m_tell({noticeKey(), QString::fromStdString(text)});
        return started;
    }
    compare(former);
    return {};
}

void RelayStart::compare(quint16 former)
{
    const quint16 port = m_relay.port();
    Notice notice{noticeKey(), {}};
    if (former != 0 && former != port)
        notice.text = QString::fromStdString(
            fmt::format("Another program has taken port {}, so the addresses of local tunnels have port {} this time. "
                        "They have port {} again when it is free at the next start.",
                        former, port, former));
    if (const auto saved = m_memory.rememberPort(port); !saved) {
        notice.text = QString::fromStdString(
            fmt::format("The addresses of local tunnels may be others the next time: {}", saved.error().message));
    }
    m_tell(notice);
}

} // namespace workspace
