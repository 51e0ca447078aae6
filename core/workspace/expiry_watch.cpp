#include "workspace/expiry_watch.h"

#include "settings/secret_store.h"
#include "wire/limits.h"

#include <utility>

namespace workspace {

namespace {

QString noticeKey(const QString &account)
{
    return QStringLiteral("expiry:") + account;
}

} // namespace

ExpiryWatch::ExpiryWatch(RunMemory &memory, NoticeBoard &notices, Clock clock, QObject *parent)
    : QObject(parent), m_memory(memory), m_notices(notices), m_clock(std::move(clock))
{
    m_timer.setInterval(std::chrono::milliseconds(wire::kExpiryCheck));
    connect(&m_timer, &QTimer::timeout, this, &ExpiryWatch::look);
}

void ExpiryWatch::note(const QUrl &server, std::optional<settings::TokenTime> expiry)
{
    const QString account = settings::secretAccount(server);
    const auto former = m_known.constFind(account);
    if (expiry && former != m_known.cend() && former->expiry == *expiry)
        return;
    m_notices.tell({noticeKey(account), {}}); // of another token
    if (!expiry) {
        m_known.remove(account);
        return;
    }
    m_known.insert(account, {server, *expiry});
    m_timer.start();
    lookAt(account, m_known[account]);
}

void ExpiryWatch::look()
{
    for (auto it = m_known.cbegin(); it != m_known.cend(); ++it)
        lookAt(it.key(), *it);
}

void ExpiryWatch::lookAt(const QString &account, const Known &known)
{
    const auto now = m_clock();
    const ExpiryStage stage = expiryStage(known.expiry, now);
    if (stage == ExpiryStage::Fine || !m_memory.isNewExpiry(account, known.expiry, stage))
        return;
    const QString when = QString::fromStdString(expiryText(known.expiry, now));
    const QString sentence = stage == ExpiryStage::Over
                                 ? tr("The token for %1 %2. Save a new one from its operator.")
                                 : tr("The token for %1 %2. Ask its operator for a new one, and save it.");
    const QString text = sentence.arg(known.server.host(), when);
    m_notices.tell({noticeKey(account), text, stage == ExpiryStage::Over, known.server});
    Q_EMIT told(known.server, text);
}

} // namespace workspace
