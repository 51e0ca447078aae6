#include "settings/file_secret_store.h"

#include "guard/crypto.h"
#include "seal/sealed_file.h"
#include "settings/run_then.h"
#include "settings/small_file.h"
#include "wire/limits.h"

#include <QFile>
#include <QPointer>
#include <fmt/core.h>

#include <utility>

namespace settings {

using wire::Code;
using wire::Error;
using wire::fail;
using wire::Result;

namespace {

std::string named(const QString &path, const std::string &what)
{
    return fmt::format("{} {}", path.toStdString(), what);
}

Result<SecretMap> load(const QString &path, std::string_view passphrase)
{
    const auto bytes = readSmallFile(path, wire::kMaxSecretsFileBytes);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto file = seal::readSealedFile(*bytes);
    if (!file)
        return fail(file.error().code, named(path, file.error().message));
    const auto content = seal::open(*file, passphrase);
    if (!content)
        return fail(content.error().code, content.error().code == Code::Forbidden
                                              ? std::string("This is not the passphrase of the file")
                                              : named(path, content.error().message));
    const auto decoded = seal::decodeSecrets(content->view());
    auto secrets = decoded ? fromBytes(*decoded) : std::unexpected(decoded.error());
    if (!secrets)
        return fail(Code::InvalidRequest, named(path, "holds something else: " + secrets.error().message));
    return secrets;
}

Result<> deleteFile(const QString &path)
{
    QFile file(path);
    if (!file.exists() || file.remove())
        return {};
    return fail(Code::InternalError,
                fmt::format("{} cannot be deleted: {}", path.toStdString(), file.errorString().toStdString()));
}

template <class D, class T>
void later(QObject *context, D done, Result<T> result)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done), result = std::move(result)] { done(result); }, Qt::QueuedConnection);
}

} // namespace

FileSecretStore::FileSecretStore(const QString &path, QObject *parent)
    : QObject(parent), m_path(path), m_state(QFile::exists(path) ? State::Locked : State::None)
{
    m_worker.setMaxThreadCount(1);
}

FileSecretStore::~FileSecretStore()
{
    m_worker.waitForDone();
}

void FileSecretStore::setState(State state)
{
    m_asked = m_asked && state == State::Locked;
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

// --- The user's choices ----------------------------------------------------------------------------------------------

void FileSecretStore::unlock(WipedBytes passphrase, QObject *context, Done done)
{
    const auto shared = std::make_shared<const WipedBytes>(std::move(passphrase));
    const auto finish = [self = QPointer(this), shared, done = std::move(done)](const Result<SecretMap> &loaded) {
        if (!loaded)
            return done(std::unexpected(loaded.error()));
        if (self)
            self->adopt(shared, *loaded);
        done({});
    };
    runThen(m_worker, context, [path = m_path, shared] { return load(path, shared->view()); }, finish);
}

void FileSecretStore::adopt(const Passphrase &passphrase, SecretMap secrets)
{
    m_passphrase = passphrase;
    m_secrets = std::move(secrets);
    setState(State::Unlocked);
    answerWaiting();
}

void FileSecretStore::postpone()
{
    if (m_state != State::Locked)
        return;
    setState(State::Postponed);
    answerWaiting();
}

void FileSecretStore::answerWaiting()
{
    for (const auto &waiting : std::exchange(m_waiting, {}))
        waiting();
}

void FileSecretStore::save(const Passphrase &passphrase, const SecretMap &secrets, QObject *context, const Done &done)
{
    runThen(
        m_worker, context,
        [path = m_path, passphrase, secrets] {
            return saveSmallFile(path, seal::seal(seal::encodeSecrets(toBytes(secrets)).view(), passphrase->view()));
        },
        done);
}

void FileSecretStore::create(WipedBytes passphrase, const SecretMap &secrets, QObject *context, Done done)
{
    if (auto fine = checkPassphrase(passphrase.view()); !fine)
        return later(context, std::move(done), fine);
    const auto shared = std::make_shared<const WipedBytes>(std::move(passphrase));
    save(shared, secrets, context,
         [self = QPointer(this), shared, secrets, done = std::move(done)](const Result<> &saved) {
             if (saved && self)
                 self->adopt(shared, secrets);
             done(saved);
         });
}

void FileSecretStore::changePassphrase(const WipedBytes &former, WipedBytes next, QObject *context, Done done)
{
    if (m_state != State::Unlocked)
        return later(context, std::move(done), Result<>(refusal()));
    if (!guard::sameBytes(former.view(), m_passphrase->view()))
        return later(context, std::move(done),
                     Result<>(fail(Code::Forbidden, "This is not the passphrase of the file")));
    if (auto fine = checkPassphrase(next.view()); !fine)
        return later(context, std::move(done), fine);
    const auto shared = std::make_shared<const WipedBytes>(std::move(next));
    const auto old = std::exchange(m_passphrase, shared); // at once: what is written from now on has the new one
    save(shared, m_secrets, context,
         [self = QPointer(this), shared, old, done = std::move(done)](const Result<> &saved) {
             if (!saved && self && self->m_passphrase == shared)
                 self->m_passphrase = old;
             done(saved);
         });
}

// After what is being written, which would bring it back.
void FileSecretStore::forget(QObject *context, Done done)
{
    const auto finish = [self = QPointer(this), done = std::move(done)](const Result<> &deleted) {
        if (deleted && self) {
            self->m_secrets.clear();
            self->m_passphrase.reset();
            self->setState(State::None);
            self->answerWaiting();
        }
        done(deleted);
    };
    runThen(m_worker, context, [path = m_path] { return deleteFile(path); }, finish);
}

// --- As a store --------------------------------------------------------------------------------------------------------

std::unexpected<Error> FileSecretStore::refusal() const
{
    if (m_state == State::None)
        return fail(Code::LocalServiceUnavailable, "There is no file for secrets");
    return fail(Code::Forbidden, "The file with the saved tokens is locked: unlock it in Settings, under Servers");
}

Result<Secret> FileSecretStore::answer(const QString &account) const
{
    if (m_state != State::Unlocked)
        return refusal();
    return m_secrets.value(account);
}

void FileSecretStore::read(const QString &account, QObject *context, ReadDone done)
{
    if (m_state != State::Locked)
        return later(context, std::move(done), answer(account));
    m_waiting.append([this, account, context = QPointer(context), done = std::move(done)] {
        if (context)
            later(context.data(), done, answer(account));
    });
    if (!std::exchange(m_asked, true))
        Q_EMIT passphraseWanted();
}

void FileSecretStore::write(const QString &account, const Secret &secret, QObject *context, Done done)
{
    if (m_state != State::Unlocked)
        return later(context, std::move(done), Result<>(refusal()));
    if (auto storable = seal::checkStorable(toBytes(m_secrets), account.toStdString(), secret.reveal().toStdString());
        !storable)
        return later(context, std::move(done), storable);
    m_secrets.insert(account, secret);
    save(m_passphrase, m_secrets, context, done);
}

void FileSecretStore::remove(const QString &account, QObject *context, Done done)
{
    if (m_state != State::Unlocked)
        return later(context, std::move(done), Result<>(refusal()));
    if (m_secrets.remove(account) == 0)
        return later(context, std::move(done), Result<>());
    save(m_passphrase, m_secrets, context, done);
}

void FileSecretStore::probe(QObject *context, Done done)
{
    later(context, std::move(done), m_state == State::Unlocked ? Result<>() : Result<>(refusal()));
}

Result<> checkPassphrase(std::string_view passphrase)
{
    if (passphrase.size() < wire::kMinPassphraseBytes)
        return fail(Code::InvalidRequest,
                    fmt::format("A passphrase has at least {} characters; some words in a row are good and long",
                                wire::kMinPassphraseBytes));
    if (passphrase.size() > wire::kMaxPasswordBytes)
        return fail(Code::InvalidRequest, fmt::format("A passphrase has at most {} bytes", wire::kMaxPasswordBytes));
    return {};
}

QString secretsFilePath(const QString &configFolder)
{
    return configFolder + QStringLiteral("/secrets.sealed");
}

} // namespace settings
