#include "settings/keychain_store.h"

#include "settings/keychain_error.h"
#include "settings/keyring_lock.h"

#include <QFile>

#include <utility>

namespace settings {

using wire::Code;
using wire::Result;

namespace {

const QString kProbeAccount = QStringLiteral("probe"); // no URL, so no server's account

// Without a session bus, GLib would start one for us, and leave it behind.
bool nobodyCanAnswer()
{
#if defined(Q_OS_LINUX)
    return qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") &&
           !QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
#else
    return false;
#endif
}

Result<> outcomeOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
        return {};
    return std::unexpected(keychainError(job.error(), job.errorString()));
}

// The job deletes itself, and never before it is done: the library's callbacks would find it gone. What must not
// outlive `context` is only the connection.
void run(QKeychain::Job *job, const QString &account, QObject *context, std::function<void(const Result<> &)> finished)
{
    if (nobodyCanAnswer()) {
        delete job;
        const auto error = keychainError(QKeychain::NoBackendAvailable, QStringLiteral("there is no session bus"));
        QMetaObject::invokeMethod(
            context, [finished = std::move(finished), error] { finished(std::unexpected(error)); },
            Qt::QueuedConnection);
        return;
    }
    job->setKey(account);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [finished = std::move(finished)](QKeychain::Job *done) { finished(outcomeOf(*done)); });
    job->start();
}

} // namespace

void KeychainStore::read(const QString &account, QObject *context, ReadDone done)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    auto finish = [job, service = m_service, account, context, done = std::move(done)](const Result<> &outcome) {
        if (!outcome)
            return done(std::unexpected(outcome.error()));
        Secret secret(job->textData().toUtf8());
        if (!secret.isEmpty())
            return done(secret);
        askWhetherEntryIsLocked(service, account, context, [done](bool locked) {
            if (locked)
                done(std::unexpected(lockedKeyring()));
            else
                done(Secret());
        });
    };
    run(job, account, context, std::move(finish));
}

void KeychainStore::write(const QString &account, const Secret &secret, QObject *context, Done done)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(QString::fromUtf8(secret.reveal()));
    run(job, account, context, [context, done = std::move(done)](const Result<> &outcome) {
        if (outcome || outcome.error().code == Code::Forbidden || nobodyCanAnswer())
            return done(outcome);
        askWhetherKeyringIsLocked(context, [outcome, done](bool locked) {
            done(locked ? Result<>(std::unexpected(lockedKeyring())) : outcome);
        });
    });
}

void KeychainStore::remove(const QString &account, QObject *context, Done done)
{
    auto finish = [service = m_service, account, context, done = std::move(done)](const Result<> &outcome) {
        if (nobodyCanAnswer())
            return done(outcome);
        askWhetherEntryIsLocked(service, account, context, [outcome, done](bool locked) {
            done(locked ? Result<>(std::unexpected(lockedKeyring())) : outcome);
        });
    };
    run(new QKeychain::DeletePasswordJob(m_service), account, context, std::move(finish));
}

void KeychainStore::probe(QObject *context, Done done)
{
    auto afterWrite = [service = m_service, context, done = std::move(done)](const Result<> &written) {
        if (!written)
            return done(written);
        // What was written shows that it works; the entry is only tidied away.
        KeychainStore(service).remove(kProbeAccount, context, [done](const Result<> &) { done({}); });
    };
    write(kProbeAccount, Secret("probe"), context, std::move(afterWrite));
}

} // namespace settings
