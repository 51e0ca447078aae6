#include "workspace/run_memory.h"

#include <utility>

namespace workspace {

using settings::AppState;
using settings::TunnelEntry;
using wire::Result;

namespace {

// Beside the keys of ttf: both may run at once, so each has a port of its own.
QString programKey()
{
    return QStringLiteral("http-tunnel");
}

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace

RunMemory::RunMemory(const QString &stateFolder) : m_file(stateFolder)
{
}

Result<> RunMemory::load()
{
    auto state = m_file.load();
    if (!state)
        return std::unexpected(std::move(state).error());
    m_state = *std::move(state);
    m_firstRun = !m_state.tunnels.contains(programKey());
    return {};
}

quint16 RunMemory::relayPort() const
{
    return m_state.tunnels.value(programKey()).relayPort;
}

QList<quint16> RunMemory::portsToTry() const
{
    return relayPort() == 0 ? QList<quint16>{} : m_state.portsToTry(programKey());
}

Result<> RunMemory::change(const std::function<void(AppState &)> &how)
{
    how(m_state);
    return m_file.update(how);
}

Result<> RunMemory::rememberPort(quint16 port)
{
    return change([port](AppState &state) { state.rememberPort(programKey(), port, now()); });
}

// Asked of the file, which draws the name once for all programs.
QString RunMemory::nameFor(const TunnelEntry &entry)
{
    const QString key = settings::targetText(entry.target);
    QString name = m_state.nameFor(key, now());
    const auto saved = m_file.update([&](AppState &state) { name = state.nameFor(key, now()); });
    if (saved)
        m_state.tunnels[key].name = name;
    return name;
}

bool RunMemory::wasOpen(const TunnelEntry &entry) const
{
    if (m_firstRun) // what else is remembered meanwhile, the relay's port, says nothing of it
        return entry.autostart;
    return m_state.openTunnels.contains(settings::openKey(entry));
}

Result<> RunMemory::rememberOpen(const QList<TunnelEntry> &open)
{
    m_firstRun = false;
    QSet<QString> keys;
    for (const TunnelEntry &entry : open)
        keys.insert(settings::openKey(entry));
    return change([&keys](AppState &state) {
        state.tunnels[programKey()].used = now();
        state.openTunnels = keys;
    });
}

bool RunMemory::isNewExpiry(const QString &account, settings::TokenTime expiry, ExpiryStage stage)
{
    const settings::ToldExpiry told{expiry.time_since_epoch().count(), std::to_underlying(stage)};
    const settings::ToldExpiry former = m_state.toldExpiries.value(account);
    if (former.expiry == told.expiry && former.stage >= told.stage)
        return false;
    [[maybe_unused]] const auto saved = change([&](AppState &state) { state.toldExpiries.insert(account, told); });
    return true;
}

} // namespace workspace
