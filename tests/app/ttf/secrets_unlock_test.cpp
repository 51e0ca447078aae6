#include "settings/session_secret_store.h"
#include "support/wait_for.h"
#include "ttf/secrets_unlock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <optional>
#include <thread>

using namespace ttf;
using settings::FileSecretStore;
using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kPassphrase = "correct horse battery";
constexpr int kWaitMs = 30'000;

// A terminal, at whose other end somebody types.
class Terminal {
public:
    Terminal()
    {
        if (::openpty(&m_outside, &m_inside, nullptr, nullptr, nullptr) != 0)
            qFatal("no terminal");
    }
    ~Terminal()
    {
        ::close(m_inside);
        ::close(m_outside);
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    [[nodiscard]] int end() const { return m_inside; }

private:
    friend class Typist;
    int m_outside = 0;
    int m_inside = 0;
};

// Types a line each time it is asked: what is typed before is thrown away by the prompt.
class Typist {
public:
    Typist(const Terminal &terminal, QByteArrayList lines)
        : m_thread([outside = terminal.m_outside, inside = terminal.m_inside, lines = std::move(lines)] {
              for (const QByteArray &line : lines) {
                  const auto hidden = [inside](bool wanted) {
                      return support::eventually([&] {
                          termios now{};
                          return ::tcgetattr(inside, &now) == 0 && ((now.c_lflag & tcflag_t(ECHO)) == 0) == wanted;
                      });
                  };
                  if (!hidden(true))
                      return;
                  [[maybe_unused]] const auto typed = ::write(outside, line.constData(), std::size_t(line.size()));
                  if (!hidden(false))
                      return;
              }
          })
    {
    }
    ~Typist() { m_thread.join(); }
    Typist(const Typist &) = delete;
    Typist &operator=(const Typist &) = delete;

private:
    std::thread m_thread;
};

} // namespace

class SecretsUnlockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withoutAFileThereIsNothingToDo();
    void aFileHasThePassphrase();
    void aWrongOneInAFileIsAnError();
    void aMissingFileIsAnError();
    void aTerminalIsAsked();
    void anEmptyLineGoesOnWithout();
    void threeWrongOnesAreEnough();
    void nobodyToAskIsAWarning();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1StringView(name)); }
    [[nodiscard]] Result<> run(const QString &passphraseFile, int terminal);
    void write(const char *name, const QByteArray &text) const;
    void makeSecrets();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<settings::SecretVault> m_vault;
    std::vector<std::string> m_warnings;
};

void SecretsUnlockTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_warnings.clear();
    m_vault = std::make_unique<settings::SecretVault>(std::make_unique<settings::SessionSecretStore>(),
                                                      path("secrets.sealed"));
}

void SecretsUnlockTest::makeSecrets()
{
    bool created = false;
    m_vault->createFile(settings::WipedBytes(kPassphrase), this, [&](const auto &made) { created = made.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(created, kWaitMs);
    m_vault = std::make_unique<settings::SecretVault>(std::make_unique<settings::SessionSecretStore>(),
                                                      path("secrets.sealed"));
    QCOMPARE(m_vault->file().state(), FileSecretStore::State::Locked);
}

void SecretsUnlockTest::write(const char *name, const QByteArray &text) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

Result<> SecretsUnlockTest::run(const QString &passphraseFile, int terminal)
{
    SecretsUnlock unlock(*m_vault, passphraseFile, terminal);
    std::optional<Result<>> outcome;
    unlock.run([&](const Result<> &result) { outcome = result; });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, kWaitMs))
        qFatal("no outcome");
    m_warnings = unlock.warnings();
    return *outcome;
}

void SecretsUnlockTest::withoutAFileThereIsNothingToDo()
{
    QVERIFY(run({}, -1));
    QVERIFY(m_warnings.empty());
    QVERIFY(run(QStringLiteral("/nowhere/passphrase"), -1));
    QCOMPARE(m_warnings.size(), std::size_t(1));
}

void SecretsUnlockTest::aFileHasThePassphrase()
{
    makeSecrets();
    write("passphrase", QByteArray(kPassphrase.data()) + "\n");
    QVERIFY(run(path("passphrase"), -1));
    QCOMPARE(m_vault->file().state(), FileSecretStore::State::Unlocked);
    QVERIFY(m_warnings.empty());
}

void SecretsUnlockTest::aWrongOneInAFileIsAnError()
{
    makeSecrets();
    write("passphrase", "something else\n");
    const auto refused = run(path("passphrase"), -1);
    QCOMPARE(refused.error().code, Code::Forbidden);
    QVERIFY(refused.error().message.find("something else") == std::string::npos);
}

void SecretsUnlockTest::aMissingFileIsAnError()
{
    makeSecrets();
    const auto refused = run(path("nothing"), -1);
    QCOMPARE(refused.error().code, Code::InvalidRequest);
    QVERIFY(refused.error().message.find("nothing") != std::string::npos);
}

void SecretsUnlockTest::aTerminalIsAsked()
{
    makeSecrets();
    const Terminal terminal;
    const Typist typist(terminal, {"a typing error\n", QByteArray(kPassphrase.data()) + "\n"});
    QVERIFY(run({}, terminal.end()));
    QCOMPARE(m_vault->file().state(), FileSecretStore::State::Unlocked);
}

void SecretsUnlockTest::anEmptyLineGoesOnWithout()
{
    makeSecrets();
    const Terminal terminal;
    const Typist typist(terminal, {"\n"});
    QVERIFY(run({}, terminal.end()));
    QCOMPARE(m_vault->file().state(), FileSecretStore::State::Postponed);
    QVERIFY(m_warnings.empty()); // it was the user's own choice
}

void SecretsUnlockTest::threeWrongOnesAreEnough()
{
    makeSecrets();
    const Terminal terminal;
    const Typist typist(terminal, {"first\n", "second\n", "third\n"});
    QVERIFY(run({}, terminal.end()));
    QCOMPARE(m_vault->file().state(), FileSecretStore::State::Postponed);
    QCOMPARE(m_warnings.size(), std::size_t(1));
}

void SecretsUnlockTest::nobodyToAskIsAWarning()
{
    makeSecrets();
    QVERIFY(run({}, -1));
    QCOMPARE(m_warnings.size(), std::size_t(1));
    QVERIFY(m_warnings.front().find("--passphrase-file") != std::string::npos);
}

QTEST_GUILESS_MAIN(SecretsUnlockTest)
#include "secrets_unlock_test.moc"
