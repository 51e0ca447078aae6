#include "desktop/single_instance.h"
#include "running_program.h"
#include "wire/limits.h"

#include <QLocalSocket>
#include <QSignalSpy>

#include <thread>

using desktop::SingleInstance;
using desktop::Start;
using support::ProgramHome;
using support::RunningProgram;

namespace {

const QString kExpose = QStringLiteral("--expose");
const QString kVerbose = QStringLiteral("--verbose");

} // namespace

class SingleInstanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void theSecondHandsOver();
    void theSocketIsTheUsersOnly();
    void othersAreCutOff();
    void anotherStateFolderIsAnotherProgram();
    void aFolderThatCannotBeMadeIsAnError();
    void aFirstThatIsStuckIsTold();
    void afterAKillTheNextIsFirst();
    void manyAtOnceAreOne();

private:
    QString state(const QString &name = QStringLiteral("state")) const { return m_folder->filePath(name); }
    QString run() const { return m_folder->filePath(QStringLiteral("run")); }
    QString socket() const
    {
        const QStringList names = QDir(run()).entryList({QStringLiteral("*.socket")}, QDir::System | QDir::Files);
        return names.isEmpty() ? QString() : run() + u'/' + names.first();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

// The second start is another thread here, for it blocks until the first has answered.
void SingleInstanceTest::theSecondHandsOver()
{
    SingleInstance first(state(), run());
    QSignalSpy told(&first, &SingleInstance::told);
    const auto claimed = first.claim("first");
    QVERIFY(claimed && *claimed == Start::First);
    wire::Result<Start> second = Start::First;
    std::thread other([this, &second] { second = SingleInstance(state(), run()).claim(R"({"expose":true})"); });
    QTRY_COMPARE(told.size(), 1);
    other.join();
    QVERIFY(second && *second == Start::HandedOver);
    QCOMPARE(told.first().first().toByteArray(), QByteArray(R"({"expose":true})"));
}

void SingleInstanceTest::theSocketIsTheUsersOnly()
{
    SingleInstance first(state(), run());
    QVERIFY(first.claim({}));
    QVERIFY(!socket().isEmpty());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!QFile::permissions(socket()).testAnyFlags(others));
}

void SingleInstanceTest::othersAreCutOff()
{
    SingleInstance first(state(), run());
    QSignalSpy told(&first, &SingleInstance::told);
    QVERIFY(first.claim({}));
    QLocalSocket flood;
    flood.connectToServer(socket());
    QVERIFY(flood.waitForConnected());
    flood.write(QByteArray(static_cast<qsizetype>(wire::kMaxInstanceMessageBytes) + 1, 'x'));
    QTRY_COMPARE(flood.state(), QLocalSocket::UnconnectedState);
    QVERIFY(told.isEmpty());
}

void SingleInstanceTest::anotherStateFolderIsAnotherProgram()
{
    SingleInstance one(state(), run());
    SingleInstance other(state(QStringLiteral("other")), run());
    QVERIFY(*one.claim({}) == Start::First);
    QVERIFY(*other.claim({}) == Start::First);
}

void SingleInstanceTest::aFolderThatCannotBeMadeIsAnError()
{
    QFile file(state());
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto claimed = SingleInstance(state(), run()).claim({});
    QVERIFY(!claimed);
    QVERIFY(claimed.error().message.find(state().toStdString()) != std::string::npos);
}

void SingleInstanceTest::aFirstThatIsStuckIsTold()
{
    SingleInstance first(state(), run());
    QVERIFY(first.claim({}));
    const auto second = SingleInstance(state(), run()).claim({}); // in its way: nobody answers
    QVERIFY(!second);
    QVERIFY(second.error().message.find("does not answer") != std::string::npos);
}

void SingleInstanceTest::afterAKillTheNextIsFirst()
{
    const ProgramHome home;
    QByteArray url;
    {
        RunningProgram first({kExpose, QStringLiteral("3999"), kVerbose}, home.environment());
        QTRY_VERIFY_WITH_TIMEOUT(!(url = first.url()).isEmpty(), support::kProcessMs);
        first.signal(SIGKILL);
        QCOMPARE(first.exitCode(), -1);
    }
    RunningProgram next({kVerbose}, home.environment());
    QTRY_COMPARE_WITH_TIMEOUT(next.url(), url, support::kProcessMs); // the same tunnel, the same URL
    next.signal(SIGTERM);
    QCOMPARE(next.exitCode(), 0);
}

void SingleInstanceTest::manyAtOnceAreOne()
{
    const ProgramHome home;
    std::vector<std::unique_ptr<RunningProgram>> starts;
    for (int i = 0; i < 5; ++i)
        starts.push_back(std::make_unique<RunningProgram>(QStringList{kExpose, QString::number(3990 + i), kVerbose},
                                                          home.environment()));
    const auto running = [&starts] {
        return std::ranges::count_if(starts, [](const auto &start) { return start->isRunning(); });
    };
    QTRY_COMPARE_WITH_TIMEOUT(running(), 1, support::kProcessMs);
    const auto first = std::ranges::find_if(starts, [](const auto &start) { return start->isRunning(); });
    QTRY_COMPARE_WITH_TIMEOUT((*first)->complaints().count("online at "), 5, support::kProcessMs);
    for (const auto &start : starts) {
        if (start != *first)
            QCOMPARE(start->exitCode(), 0);
    }
}

QTEST_GUILESS_MAIN(SingleInstanceTest)
#include "single_instance_test.moc"
