// Secrets in a file that a passphrase encrypts (core/seal): for desktops and servers without a keyring. Once unlocked,
// the secrets and the passphrase are in memory until it is destroyed. Keys are derived on a thread of its own; the file
// is replaced in one step, for its owner only. One writer at a time. Main thread; what is being written when it is
// destroyed is written to its end.
#pragma once

#include "seal/wiped_bytes.h"
#include "settings/secret_map.h"
#include "settings/secret_store.h"

#include <QList>
#include <QObject>
#include <QThreadPool>

#include <cstdint>
#include <memory>

namespace settings {

using seal::wipeBytes;
using seal::WipedBytes;

class FileSecretStore : public QObject, public SecretStore {
    Q_OBJECT
public:
    enum class State : std::uint8_t {
        None, // there is no such file: nothing can be kept until create()
        Locked, // reads wait for unlock() or postpone(), as does passphraseWanted() for somebody who asks the user
        Postponed, // locked, and the user does not want to be asked: reads and writes fail
        Unlocked,
    };

    explicit FileSecretStore(const QString &path, QObject *parent = nullptr);
    ~FileSecretStore() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool exists() const { return m_state != State::None; }
    [[nodiscard]] const QString &path() const { return m_path; }

    // Forbidden: another passphrase. InvalidRequest: the file cannot be read, or is damaged.
    void unlock(WipedBytes passphrase, QObject *context, Done done);
    void postpone(); // whoever waits gets an error
    // A new file with these in it, in place of an earlier one.
    void create(WipedBytes passphrase, const SecretMap &secrets, QObject *context, Done done);
    // Unlocked only. Forbidden: `former` is not the passphrase.
    void changePassphrase(const WipedBytes &former, WipedBytes next, QObject *context, Done done);
    // Deletes the file and forgets what is in it, unlocked or not.
    void forget(QObject *context, Done done);
    [[nodiscard]] const SecretMap &secrets() const { return m_secrets; } // empty unless unlocked

    void read(const QString &account, QObject *context, ReadDone done) override;
    void write(const QString &account, const Secret &secret, QObject *context, Done done) override;
    void remove(const QString &account, QObject *context, Done done) override;
    void probe(QObject *context, Done done) override;

Q_SIGNALS:
    void passphraseWanted(); // somebody reads, and it is locked: once for each Locked
    void stateChanged();

private:
    using Passphrase = std::shared_ptr<const WipedBytes>;

    void setState(State state);
    void save(const Passphrase &passphrase, const SecretMap &secrets, QObject *context, const Done &done);
    void adopt(const Passphrase &passphrase, SecretMap secrets);
    void answerWaiting();
    [[nodiscard]] wire::Result<Secret> answer(const QString &account) const;
    [[nodiscard]] std::unexpected<wire::Error> refusal() const;

    QString m_path;
    State m_state;
    bool m_asked = false; // passphraseWanted() was told
    Passphrase m_passphrase; // while unlocked
    SecretMap m_secrets;
    QList<std::function<void()>> m_waiting; // reads
    QThreadPool m_worker; // one thread: files are written in order
};

// Not shorter than kMinPassphraseBytes, not longer than kMaxPasswordBytes; in a sentence.
[[nodiscard]] wire::Result<> checkPassphrase(std::string_view passphrase);

// secrets.sealed in the folder of settings.
[[nodiscard]] QString secretsFilePath(const QString &configFolder);

} // namespace settings
