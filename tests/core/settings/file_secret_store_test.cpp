#include "settings/file_secret_store.h"
#include "store_calls.h"
#include "wire/limits.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace settings;
using State = FileSecretStore::State;
using support::awaited;
using wire::Code;
using wire::Result;

namespace {

const QString kAccount = QStringLiteral("https://relay.example.com");
constexpr std::string_view kPassphrase = "correct horse battery";

WipedBytes bytes(std::string_view text)
{
    return WipedBytes(text);
}

} // namespace

class FileSecretStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withoutAFileNothingIsKept();
    void whatIsCreatedIsReadInTheNextRun();
    void anotherPassphraseIsToldFromADamagedFile();
    void readsWaitForThePassphrase();
    void aUserWhoSaysNoIsNotAskedAgain();
    void thePassphraseIsChanged();
    void itIsForgotten();
    void whatIsBeingWrittenIsWrittenToItsEnd();
    void aFullDiskIsToldAndTheOldFileStays();
    void weakPassphrasesAreRefused();
    void answersMayComeTooLate();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("config/secrets.sealed")); }
    [[nodiscard]] static Result<> create(FileSecretStore &store, const SecretMap &secrets = {});
    [[nodiscard]] static Result<> unlock(FileSecretStore &store, std::string_view passphrase = kPassphrase);
    void makeFile();

    std::unique_ptr<QTemporaryDir> m_folder;
};

Result<> FileSecretStoreTest::create(FileSecretStore &store, const SecretMap &secrets)
{
    return support::done(
        [&](QObject *context, auto answer) { store.create(bytes(kPassphrase), secrets, context, answer); });
}

Result<> FileSecretStoreTest::unlock(FileSecretStore &store, std::string_view passphrase)
{
    return support::done([&](QObject *context, auto answer) { store.unlock(bytes(passphrase), context, answer); });
}

void FileSecretStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void FileSecretStoreTest::makeFile()
{
    FileSecretStore store(path());
    QVERIFY(create(store, {{kAccount, Secret("s3cret")}}));
}

void FileSecretStoreTest::withoutAFileNothingIsKept()
{
    FileSecretStore store(path());
    QCOMPARE(store.state(), State::None);
    QCOMPARE(support::read(store, kAccount).error().code, Code::LocalServiceUnavailable);
    QCOMPARE(support::write(store, kAccount, "s3cret").error().code, Code::LocalServiceUnavailable);
    QVERIFY(!support::probe(store));
    QVERIFY(!QFile::exists(path()));
}

void FileSecretStoreTest::whatIsCreatedIsReadInTheNextRun()
{
    {
        FileSecretStore store(path());
        QSignalSpy changed(&store, &FileSecretStore::stateChanged);
        QVERIFY(create(store));
        QCOMPARE(store.state(), State::Unlocked);
        QCOMPARE(changed.size(), 1);
        QVERIFY(support::write(store, kAccount, "s3cret"));
        QVERIFY(support::write(store, QStringLiteral("other"), "x"));
        QVERIFY(support::remove(store, QStringLiteral("other")));
        QVERIFY(support::remove(store, QStringLiteral("other"))); // none kept is no error
        QVERIFY(support::probe(store));
    }
    const auto permissions = QFileInfo(path()).permissions();
    QVERIFY(!permissions.testAnyFlags(QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(!kept.contains("s3cret"));
    QVERIFY(!kept.contains("relay.example"));

    FileSecretStore next(path());
    QCOMPARE(next.state(), State::Locked);
    QVERIFY(unlock(next));
    QCOMPARE(support::read(next, kAccount)->reveal(), QByteArray("s3cret"));
    QVERIFY(support::read(next, QStringLiteral("other"))->isEmpty());
}

void FileSecretStoreTest::anotherPassphraseIsToldFromADamagedFile()
{
    makeFile();
    FileSecretStore store(path());
    const auto wrong = unlock(store, "correct horse batterz");
    QCOMPARE(wrong.error().code, Code::Forbidden);
    QCOMPARE(store.state(), State::Locked);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(file.size() - 1);
    QVERIFY(file.putChar('x'));
    file.close();
    const auto damaged = unlock(store);
    QCOMPARE(damaged.error().code, Code::InvalidRequest);
    QVERIFY(damaged.error().message.find("damaged") != std::string::npos);
    QVERIFY(damaged.error().message.find(path().toStdString()) != std::string::npos);
}

void FileSecretStoreTest::readsWaitForThePassphrase()
{
    makeFile();
    FileSecretStore store(path());
    QSignalSpy wanted(&store, &FileSecretStore::passphraseWanted);
    std::optional<Result<Secret>> first;
    std::optional<Result<Secret>> second;
    store.read(kAccount, this, [&](const auto &result) { first = result; });
    store.read(QStringLiteral("other"), this, [&](const auto &result) { second = result; });
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!unlock(store, "something else"));
    QVERIFY(!first);
    QVERIFY(unlock(store));
    QCOMPARE(awaited(first)->reveal(), QByteArray("s3cret"));
    QVERIFY(awaited(second)->isEmpty());
    QCOMPARE(wanted.size(), 1);
}

void FileSecretStoreTest::aUserWhoSaysNoIsNotAskedAgain()
{
    makeFile();
    FileSecretStore store(path());
    QSignalSpy wanted(&store, &FileSecretStore::passphraseWanted);
    std::optional<Result<Secret>> answer;
    store.read(kAccount, this, [&](const auto &result) { answer = result; });
    store.postpone();
    QCOMPARE(awaited(answer).error().code, Code::Forbidden);
    QCOMPARE(store.state(), State::Postponed);
    QCOMPARE(support::read(store, kAccount).error().code, Code::Forbidden);
    QCOMPARE(support::write(store, kAccount, "x").error().code, Code::Forbidden);
    QCOMPARE(support::probe(store).error().code, Code::Forbidden);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(unlock(store)); // changed his mind
    QCOMPARE(support::read(store, kAccount)->reveal(), QByteArray("s3cret"));
}

void FileSecretStoreTest::thePassphraseIsChanged()
{
    makeFile();
    FileSecretStore store(path());
    const auto change = [&](std::string_view former, std::string_view next) {
        return support::done([&](QObject *context, auto answer) {
            store.changePassphrase(bytes(former), bytes(next), context, answer);
        });
    };
    QCOMPARE(change(kPassphrase, "another passphrase").error().code, Code::Forbidden); // locked
    QVERIFY(unlock(store));
    QCOMPARE(change("not this one", "another passphrase").error().code, Code::Forbidden);
    QCOMPARE(change(kPassphrase, "short").error().code, Code::InvalidRequest);
    QVERIFY(change(kPassphrase, "another passphrase"));
    QVERIFY(support::write(store, QStringLiteral("other"), "kept too"));

    FileSecretStore next(path());
    QCOMPARE(unlock(next).error().code, Code::Forbidden);
    QVERIFY(unlock(next, "another passphrase"));
    QCOMPARE(support::read(next, kAccount)->reveal(), QByteArray("s3cret"));
    QCOMPARE(support::read(next, QStringLiteral("other"))->reveal(), QByteArray("kept too"));
}

void FileSecretStoreTest::itIsForgotten()
{
    makeFile();
    FileSecretStore store(path());
    std::optional<Result<Secret>> answer;
    store.read(kAccount, this, [&](const auto &result) { answer = result; });
    QVERIFY(support::done([&](QObject *context, auto done) { store.forget(context, done); }));
    QVERIFY(!awaited(answer));
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(store.state(), State::None);
    QVERIFY(create(store));
    QVERIFY(support::read(store, kAccount)->isEmpty());
}

void FileSecretStoreTest::whatIsBeingWrittenIsWrittenToItsEnd()
{
    makeFile();
    {
        FileSecretStore store(path());
        QVERIFY(unlock(store));
        store.write(QStringLiteral("one"), Secret("1"), this, [](const auto &) {});
        store.write(QStringLiteral("two"), Secret("2"), this, [](const auto &) {});
    }
    FileSecretStore next(path());
    QVERIFY(unlock(next));
    QCOMPARE(next.secrets().size(), 3);
}

void FileSecretStoreTest::aFullDiskIsToldAndTheOldFileStays()
{
    makeFile();
    FileSecretStore store(path());
    QVERIFY(unlock(store));
    QVERIFY(QFile::rename(path(), path() + QStringLiteral(".kept")));
    QVERIFY(QDir().mkpath(path())); // in its way, also for root
    QVERIFY(QFile(path() + QStringLiteral("/x")).open(QIODevice::WriteOnly));
    const auto failed = support::write(store, kAccount, "newer");
    QCOMPARE(failed.error().code, Code::InternalError);
    QVERIFY(QDir(path()).removeRecursively());
    QVERIFY(QFile::rename(path() + QStringLiteral(".kept"), path()));
    FileSecretStore next(path());
    QVERIFY(unlock(next));
    QCOMPARE(support::read(next, kAccount)->reveal(), QByteArray("s3cret"));
}

void FileSecretStoreTest::weakPassphrasesAreRefused()
{
    QVERIFY(!checkPassphrase("1234567"));
    QVERIFY(checkPassphrase("12345678"));
    QVERIFY(checkPassphrase(std::string(wire::kMaxPasswordBytes, 'x')));
    QVERIFY(!checkPassphrase(std::string(wire::kMaxPasswordBytes + 1, 'x')));
    FileSecretStore store(path());
    const auto refused = support::done(
        [&](QObject *context, auto answer) { store.create(bytes("short"), SecretMap(), context, answer); });
    QCOMPARE(refused.error().code, Code::InvalidRequest);
    QVERIFY(!store.exists());
}

void FileSecretStoreTest::answersMayComeTooLate()
{
    makeFile();
    auto store = std::make_unique<FileSecretStore>(path());
    bool told = false;
    {
        QObject gone;
        store->read(kAccount, &gone, [&](const auto &) { told = true; });
        store->unlock(bytes(kPassphrase), &gone, [&](const auto &) { told = true; });
    }
    QVERIFY(unlock(*store));
    std::optional<Result<>> written;
    store->write(kAccount, Secret("newer"), this, [&](const auto &result) { written = result; });
    store.reset();
    QVERIFY(awaited(written));
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(FileSecretStoreTest)
#include "file_secret_store_test.moc"
