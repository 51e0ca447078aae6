#include "client/exchange_log.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace client;

namespace {

wire::RequestHead head(const char *uri)
{
    wire::RequestHead head;
    head.method = "GET";
    head.uri = uri;
    head.remoteAddress = "203.0.113.7";
    head.requestId = "req_1";
    head.upgrade = "websocket";
    return head;
}

const TunnelLabel kLabel{QStringLiteral("t1"), QStringLiteral("shop")};

} // namespace

class ExchangeLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsAPendingRowSoon()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        QElapsedTimer timer;
        timer.start();
        const auto record = log.begin(kLabel, head("/a"));
        QTRY_COMPARE(batches.size(), 1);
        QVERIFY(timer.elapsed() < 1000);
        const auto rows = batches[0][0].value<ExchangeBatch>();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].key, record->key);
        QCOMPARE(rows[0].state, ExchangeState::Pending);
        QCOMPARE(rows[0].tunnelId, QStringLiteral("t1"));
        QCOMPARE(rows[0].tunnelName, QStringLiteral("shop"));
        QCOMPARE(rows[0].method, QStringLiteral("GET"));
        QCOMPARE(rows[0].target, QStringLiteral("/a"));
        QCOMPARE(rows[0].remoteAddress, QStringLiteral("203.0.113.7"));
        QCOMPARE(rows[0].requestId, QStringLiteral("req_1"));
        QCOMPARE(rows[0].upgrade, QStringLiteral("websocket"));
        QCOMPARE(rows[0].started.timeSpec(), Qt::UTC);
        QVERIFY(qAbs(rows[0].started.msecsTo(QDateTime::currentDateTimeUtc())) < 10'000);
        QCOMPARE(rows[0].firstByteUs, 0);
    }

    void manyChangesAreOneRow()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        const auto record = log.begin(kLabel, head("/a"));
        for (int i = 0; i < 1000; ++i) {
            ++record->responseBytes;
            log.changed(record);
        }
        record->state = ExchangeState::Done;
        record->status = 404;
        log.flush();
        QCOMPARE(batches.size(), 1);
        const auto rows = batches[0][0].value<ExchangeBatch>();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].responseBytes, 1000ULL);
        QCOMPARE(rows[0].state, ExchangeState::Done);
        QCOMPARE(rows[0].status, 404U);
    }

    void rowsComeInOrderOfFirstAppearance()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        const auto first = log.begin(kLabel, head("/1"));
        const auto second = log.begin(kLabel, head("/2"));
        log.changed(first);
        log.flush();
        const auto rows = batches[0][0].value<ExchangeBatch>();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].target, QStringLiteral("/1"));
        QVERIFY(rows[0].key < rows[1].key);
        log.changed(second);
        log.flush();
        QCOMPARE(batches[1][0].value<ExchangeBatch>()[0].key, second->key);
    }

    void atMostTwentyBatchesASecond()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        QElapsedTimer timer;
        timer.start();
        const auto record = log.begin(kLabel, head("/"));
        QVERIFY(!QTest::qWaitFor([&] { return log.changed(record), false; }, 500));
        QVERIFY(batches.size() >= 2);
        QVERIFY(batches.size() <= timer.elapsed() / 50 + 1);
    }

    void replaysAreMarkedAndTakeTheirPlace()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        const quint64 key = drawExchangeKey();
        const auto visitor = log.begin(kLabel, head("/visitor"));
        const auto replay = log.begin(kLabel, head("/again"), {key, 7});
        QVERIFY(key < visitor->key);
        QCOMPARE(replay->key, key);
        log.flush();
        const auto rows = batches[0][0].value<ExchangeBatch>();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].key, key);
        QCOMPARE(rows[0].origin, ExchangeOrigin::Replay);
        QCOMPARE(rows[0].replayOf, quint64{7});
        QCOMPARE(rows[1].origin, ExchangeOrigin::Visitor);
        QCOMPARE(rows[1].replayOf, quint64{0});
    }

    void recordsLeaveRightAfterTheirRows()
    {
        ExchangeLog log(4);
        QStringList order;
        CaptureBatch recorded;
        connect(&log, &ExchangeLog::batch, this, [&] { order << QStringLiteral("rows"); });
        connect(&log, &ExchangeLog::captures, this, [&](const CaptureBatch &batch) {
            order << QStringLiteral("captures");
            recorded = batch;
        });
        const auto record = log.begin(kLabel, head("/a"));
        record->capture->requestBody("hello");
        log.flush();
        QCOMPARE(order, (QStringList{QStringLiteral("rows"), QStringLiteral("captures")}));
        QCOMPARE(recorded.size(), 1);
        QCOMPARE(recorded[0].key, record->key);
        QCOMPARE(*recorded[0].request, head("/a"));
        QCOMPARE(recorded[0].requestBody, QByteArray("hell"));
        QVERIFY(recorded[0].requestCut);
        log.changed(record); // nothing new was recorded
        log.flush();
        QCOMPARE(order.size(), 3);
        QCOMPARE(order.last(), QStringLiteral("rows"));
    }

    void recordsNothingUnlessAsked()
    {
        ExchangeLog log;
        QSignalSpy captures(&log, &ExchangeLog::captures);
        const auto record = log.begin(kLabel, head("/a"));
        QVERIFY(!record->capture);
        log.flush();
        QVERIFY(captures.isEmpty());
    }

    void tellsTheEnd()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        log.finish(log.begin(kLabel, head("/a")), ExchangeState::Aborted, {wire::Code::Timeout, "late"});
        log.flush();
        const auto row = batches[0][0].value<ExchangeBatch>().first();
        QCOMPARE(row.state, ExchangeState::Aborted);
        QCOMPARE(row.error, (wire::Error{wire::Code::Timeout, "late"}));
    }

    void nothingToSayIsNoBatch()
    {
        ExchangeLog log;
        QSignalSpy batches(&log, &ExchangeLog::batch);
        log.flush();
        QVERIFY(batches.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ExchangeLogTest)
#include "exchange_log_test.moc"
