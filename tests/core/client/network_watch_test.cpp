#include "client/network_watch.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class NetworkWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seesSleep()
    {
        client::ResumeDetector detector;
        QVERIFY(!detector.update(100s, 90s)); // slept before we looked
        QVERIFY(!detector.update(105s, 95s));
        QVERIFY(!detector.update(110s, 99s)); // read one after the other, under load
        QVERIFY(detector.update(215s, 104s)); // 100 s asleep
        QVERIFY(!detector.update(220s, 109s));
        QVERIFY(detector.update(224s, 110s));
    }

    void sleepBeforeItsTimeIsNoResume()
    {
        client::NetworkWatch::loadBackend();
        client::NetworkWatch watch;
        QSignalSpy resumed(&watch, &client::NetworkWatch::resumed);
        QVERIFY(!QTest::qWaitFor([&] { return !resumed.isEmpty(); }, 50));
    }
};

QTEST_GUILESS_MAIN(NetworkWatchTest)
#include "network_watch_test.moc"
