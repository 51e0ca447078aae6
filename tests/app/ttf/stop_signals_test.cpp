#include "ttf/stop_signals.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using ttf::StopSignals;

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
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        const StopSignals signals;
        ::raise(SIGINT);
        ::raise(SIGHUP); // a terminal that closes sends it along with SIGINT's clean-up: no reason to hurry
        ::raise(SIGINT);
        ::_exit(1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 128 + SIGINT);
}

QTEST_GUILESS_MAIN(StopSignalsTest)
#include "stop_signals_test.moc"
