#include "workspace/token_lookup.h"

#include <fmt/core.h>

#include <utility>

namespace workspace {

using settings::Secret;
using wire::Result;

namespace {

FoundToken fromStore(const Result<Secret> &kept)
{
    if (kept)
        return {client::Token(kept->reveal()), {}};
    return {{}, {fmt::format("the saved token could not be read: {}", kept.error().message)}};
}

} // namespace

TokenLookup::TokenLookup(const LocalRelay &relay, settings::SecretStore &secrets, std::chrono::milliseconds slow,
                         QObject *parent)
    : QObject(parent), m_relay(relay), m_secrets(secrets)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(slow);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        m_waits = true;
        Q_EMIT waitsForUser(true);
    });
}

void TokenLookup::cancel(const QString &id)
{
    m_asked.remove(id);
    settle();
}

void TokenLookup::settle()
{
    if (!m_asked.isEmpty())
        return;
    m_slow.stop();
    if (std::exchange(m_waits, false))
        Q_EMIT waitsForUser(false);
}

void TokenLookup::find(const QString &id, const settings::TunnelEntry &entry, const Done &done)
{
    cancel(id);
    if (entry.server.isEmpty())
        done(FoundToken{m_relay.token(), {}});
    else if (!entry.tokenFile.isEmpty())
        done(readTokenFile(entry.tokenFile));
    else
        ask(id, entry.server, done);
}

void TokenLookup::ask(const QString &id, const QUrl &server, const Done &done)
{
    const quint64 question = ++m_questions;
    m_asked.insert(id, question);
    if (!m_waits && !m_slow.isActive())
        m_slow.start();
    m_secrets.read(settings::secretAccount(server), this, [this, id, question, done](const Result<Secret> &kept) {
        if (m_asked.value(id) != question)
            return;
        m_asked.remove(id);
        settle();
        done(fromStore(kept));
    });
}

} // namespace workspace
