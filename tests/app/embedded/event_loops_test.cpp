#include "embedded/event_loops.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QTest>

#include <thread>

namespace {

QByteArray loopOfAnotherThread()
{
    QByteArray name;
    std::thread([&name] {
        const QEventLoop loop;
        name = QAbstractEventDispatcher::instance()->metaObject()->className();
    }).join();
    return name;
}

} // namespace

class EventLoopsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadsHaveQtsOwn();
};

void EventLoopsTest::threadsHaveQtsOwn()
{
    QVERIFY2(loopOfAnotherThread().contains("Glib"), "what this is for no longer happens");
    embedded::preferQtEventLoops();
    QCOMPARE(loopOfAnotherThread(), QByteArrayLiteral("QEventDispatcherUNIX"));
}

QTEST_GUILESS_MAIN(EventLoopsTest)
#include "event_loops_test.moc"
