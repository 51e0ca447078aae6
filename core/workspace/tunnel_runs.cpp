#include "workspace/tunnel_runs.h"

#include "workspace/config_mapping.h"

namespace workspace {

using client::Phase;
using client::TunnelStatus;
using wire::Code;
using wire::Error;
using wire::Result;

TunnelRuns::TunnelRuns(const Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_tokens(parts.relay, parts.secrets), m_access(parts.secrets)
{
    connect(&m_parts.engine, &client::Engine::statusChanged, this, &TunnelRuns::onStatus);
    connect(&m_tokens, &TokenLookup::waitsForUser, this, &TunnelRuns::tokensAwaited);
}

void TunnelRuns::start(const QString &id)
{
    const TunnelInfo *tunnel = m_parts.list.find(id);
    if (!tunnel)
        return;
    const settings::TunnelEntry entry = tunnel->entry;
    if (tunnel->onEmbeddedRelay()) {
        const quint16 former = m_parts.relayStart.port();
        if (auto started = m_parts.relayStart.ensure(); !started)
            return fail(id, started.error());
        if (m_parts.relayStart.port() != former)
            refreshUrls();
    }
    m_handed.remove(id);
    m_access.cancel(id);
    show(id, Phase::Connecting, {});
    m_tokens.find(id, entry, [this, id](const Result<FoundToken> &found) { handOver(id, found); });
}

void TunnelRuns::handOver(const QString &id, const Result<FoundToken> &found)
{
    const qsizetype index = m_parts.list.indexOf(id);
    if (index < 0)
        return;
    if (!found)
        return fail(id, found.error());
    if (found->token.isEmpty() && !found->warnings.empty())
        m_noTokenWhy.insert(id, QString::fromStdString(found->warnings.front()));
    else
        m_noTokenWhy.remove(id);
    const bool sent = !found->token.isEmpty();
    if (const TunnelInfo &tunnel = m_parts.list.tunnels()[index]; sent && !tunnel.onEmbeddedRelay())
        Q_EMIT tokenFound(tunnel.entry.server, found->token);
    m_parts.list.update(index, [sent](TunnelInfo &tunnel) { tunnel.tokenSent = sent; });
    m_access.find(
        id, m_parts.list.tunnels()[index].entry.access,
        [this, id, token = found->token](const Result<guard::Secrets> &secrets) { begin(id, token, secrets); });
}

void TunnelRuns::begin(const QString &id, const client::Token &token, const Result<guard::Secrets> &secrets)
{
    const TunnelInfo *tunnel = m_parts.list.find(id);
    if (!tunnel)
        return;
    if (!secrets)
        return fail(id, secrets.error());
    auto config = configOf(*tunnel, token);
    config.secrets = *secrets;
    m_handed.insert(id);
    m_parts.engine.start(config);
}

client::TunnelConfig TunnelRuns::configOf(const TunnelInfo &tunnel, const client::Token &token)
{
    client::TunnelConfig config = toConfig(tunnel.entry, tunnel.id, token);
    if (!tunnel.onEmbeddedRelay())
        return config;
    config.server = m_parts.relay.url();
    if (config.name.isEmpty())
        config.name = m_parts.memory.nameFor(tunnel.entry);
    return config;
}

void TunnelRuns::stop(const QString &id)
{
    m_tokens.cancel(id);
    m_access.cancel(id);
    m_handed.remove(id);
    m_parts.engine.stop(id);
    m_parts.engine.setPaused(id, false);
    show(id, Phase::Stopped, {});
}

void TunnelRuns::forget(const QString &id)
{
    m_tokens.cancel(id);
    m_access.cancel(id);
    m_handed.remove(id);
    m_noTokenWhy.remove(id);
    m_parts.engine.remove(id);
}

// One that failed may need another token by now, or the relay.
void TunnelRuns::reconnect(const QString &id)
{
    const TunnelInfo *tunnel = m_parts.list.find(id);
    if (tunnel && m_handed.contains(id) && tunnel->running())
        m_parts.engine.reconnect(id);
    else
        start(id);
}

void TunnelRuns::fail(const QString &id, const Error &why)
{
    if (m_handed.remove(id))
        m_parts.engine.stop(id);
    show(id, Phase::Failed, why);
}

// What the engine does not know of.
void TunnelRuns::show(const QString &id, Phase phase, const Error &reason)
{
    const qsizetype index = m_parts.list.indexOf(id);
    if (index < 0)
        return;
    m_parts.list.update(index, [&](TunnelInfo &tunnel) {
        tunnel.status.phase = phase;
        tunnel.status.reason = reason;
        tunnel.status.nextAttemptMs = 0;
        tunnel.status.paused = tunnel.status.paused && phase != Phase::Stopped;
    });
    Q_EMIT statusChanged();
}

void TunnelRuns::onStatus(const TunnelStatus &status)
{
    const qsizetype index = m_parts.list.indexOf(status.id);
    if (index < 0 || !m_handed.contains(status.id))
        return;
    m_parts.list.update(index, [&](TunnelInfo &tunnel) {
        tunnel.status = explained(status);
        if (!status.publicUrl.isEmpty())
            tunnel.publicUrl = status.publicUrl;
    });
    Q_EMIT statusChanged();
}

// A server that asks for a token says so; that one is saved but could not be read, only we know.
TunnelStatus TunnelRuns::explained(const TunnelStatus &status) const
{
    TunnelStatus told = status;
    const QString why = m_noTokenWhy.value(status.id);
    if (status.phase == Phase::Failed && status.reason.code == Code::Unauthorized && !why.isEmpty())
        told.reason.message += "; " + why.toStdString();
    return told;
}

QString TunnelRuns::expectedUrl(const settings::TunnelEntry &entry) const
{
    return entry.server.isEmpty() ? embeddedUrl(entry.name, m_parts.relayStart.port()) : QString();
}

void TunnelRuns::refreshUrls()
{
    for (qsizetype i = 0; i < m_parts.list.tunnels().size(); ++i) {
        const TunnelInfo &tunnel = m_parts.list.tunnels()[i];
        const QString url = expectedUrl(tunnel.entry);
        if (tunnel.onEmbeddedRelay() && !tunnel.running() && tunnel.publicUrl != url)
            m_parts.list.update(i, [&url](TunnelInfo &changed) { changed.publicUrl = url; });
    }
}

} // namespace workspace
