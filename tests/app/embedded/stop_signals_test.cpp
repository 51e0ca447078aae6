#include "embedded/stop_signals.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using embedded::StopSignals;

namespace {

constexpr const char *kChild = "--signal-yourself"; // this program, started by its own test

// In a process of its own: a child forked off a process with threads gets no signals under ThreadSanitizer.
int signalYourself()
{
    const StopSignals signals;
    std::raise(SIGINT);
    std::raise(SIGHUP); // a terminal that closes sends it along with SIGINT's clean-up: no reason to hurry
    std::raise(SIGINT);
    return 1;
}

} // namespace

class StopSignalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachSignalAsksToStop_data();
    void eachSignalAsksToStop();
    void formerHandlersComeBack();
    void aSecondSignalEndsTheProcess();
};

void StopSignalsTest::eachSignalAsksToStop_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void StopSignalsTest::eachSignalAsksToStop()
{
    QFETCH(const int, number);
    StopSignals signals;
    QSignalSpy requested(&signals, &StopSignals::stopRequested);
    QCOMPARE(::raise(number), 0);
    QTRY_COMPARE(requested.count(), 1);
}

void StopSignalsTest::formerHandlersComeBack()
{
    struct sigaction before{};
    struct sigaction during{};
    struct sigaction after{};
    ::sigaction(SIGTERM, nullptr, &before);
    {
        const StopSignals signals;
        ::sigaction(SIGTERM, nullptr, &during);
    }
    ::sigaction(SIGTERM, nullptr, &after);
    QVERIFY(during.sa_handler != before.sa_handler);
    QVERIFY(after.sa_handler == before.sa_handler);
}

void StopSignalsTest::aSecondSignalEndsTheProcess()
{
    const int status = QProcess::execute(QCoreApplication::applicationFilePath(), {QString::fromLatin1(kChild)});
    QCOMPARE(status, 128 + SIGINT);
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (QCoreApplication::arguments().contains(QString::fromLatin1(kChild)))
        return signalYourself();
    StopSignalsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "stop_signals_test.moc"
