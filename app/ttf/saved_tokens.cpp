#include "ttf/saved_tokens.h"

#include "workspace/token_file.h"

#include <fmt/core.h>

#include <utility>

namespace ttf {

using settings::Secret;
using wire::Result;

SavedTokens::SavedTokens(settings::SecretStore &store, std::chrono::milliseconds patience) : m_store(store)
{
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(patience);
    connect(&m_timeout, &QTimer::timeout, this, &SavedTokens::onTimeout);
}

void SavedTokens::ask(const QSet<QString> &accounts, Done done)
{
    Q_ASSERT(!accounts.isEmpty() && !m_done);
    m_pending = accounts;
    m_done = std::move(done);
    m_timeout.start();
    for (const QString &account : accounts)
        m_store.read(account, this, [this, account](const Result<Secret> &answer) { onAnswer(account, answer); });
}

void SavedTokens::onAnswer(const QString &account, const Result<Secret> &answer)
{
    if (!m_pending.remove(account))
        return; // too late
    const std::string name = account.toStdString();
    if (!answer) {
        m_answer.remarks.push_back(fmt::format("no saved token for {}: {}", name, answer.error().message));
    } else if (!answer->isEmpty()) {
        auto token = workspace::checkedToken(answer->reveal(), fmt::format("the saved token for {}", name));
        if (!token)
            m_answer.warnings.push_back(token.error().message);
        else
            m_answer.remarks.push_back(fmt::format("the token for {} is the saved one", name));
        m_answer.tokens.insert(account, token.value_or(client::Token()));
    }
    if (m_pending.isEmpty())
        finish();
}

void SavedTokens::onTimeout()
{
    for (const QString &account : std::exchange(m_pending, {}))
        m_answer.warnings.push_back(fmt::format("the keyring does not say whether it has a token for {}: unlock it, or "
                                                "use --token-file or TUNNEL_TOKEN",
                                                account.toStdString()));
    finish();
}

void SavedTokens::finish()
{
    m_timeout.stop();
    m_done(m_answer);
}

} // namespace ttf
