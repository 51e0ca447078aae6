#include "core/traffic/store_mirror.h"
#include "traffic/exchange_store.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using client::CaptureUpdate;
using client::ExchangeBatch;
using client::ExchangeState;
using client::ExchangeSummary;
using support::StoreMirror;
using traffic::ExchangeStore;
using traffic::StoreLimits;

namespace {

StoreLimits limits(qsizetype exchanges, qint64 bodyBytes = 1 << 20, qint64 headBytes = 1 << 20)
{
    StoreLimits made;
    made.exchanges = exchanges;
    made.bodyBytes = bodyBytes;
    made.headBytes = headBytes;
    return made;
}

ExchangeSummary summary(quint64 key, ExchangeState state = ExchangeState::Done, unsigned status = 200)
{
    ExchangeSummary made;
    made.key = key;
    made.state = state;
    made.status = status;
    made.method = QStringLiteral("GET");
    made.target = QStringLiteral("/%1").arg(key);
    return made;
}

ExchangeBatch batch(std::initializer_list<quint64> keys, ExchangeState state = ExchangeState::Done)
{
    ExchangeBatch made;
    for (const auto key : keys)
        made += summary(key, state);
    return made;
}

CaptureUpdate capture(quint64 key, const QByteArray &request, const QByteArray &response = {})
{
    CaptureUpdate made;
    made.key = key;
    made.requestBody = request;
    made.responseBody = response;
    return made;
}

std::shared_ptr<const wire::RequestHead> headOf(std::size_t bytes)
{
    auto head = std::make_shared<wire::RequestHead>();
    head->headers = {{"X-Filler", std::string(bytes, 'x')}};
    return head;
}

QList<quint64> keysOf(const ExchangeStore &store)
{
    QList<quint64> keys;
    for (qsizetype row = 0; row < store.count(); ++row)
        keys += store.at(row).summary.key;
    return keys;
}

QList<QPair<qsizetype, qsizetype>> rangesOf(const QSignalSpy &changed)
{
    QList<QPair<qsizetype, qsizetype>> ranges;
    for (const auto &arguments : changed)
        ranges += {arguments[0].value<qsizetype>(), arguments[1].value<qsizetype>()};
    return ranges;
}

} // namespace

class ExchangeStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderOfAppearance()
    {
        ExchangeStore store(limits(100));
        store.add(batch({1, 2, 7}, ExchangeState::Pending));
        store.add(batch({5, 8, 6}, ExchangeState::Pending)); // replays draw their keys on another thread
        QCOMPARE(keysOf(store), (QList<quint64>{1, 2, 7, 5, 8, 6}));
        QCOMPARE(store.rowOf(7), 2);
        QCOMPARE(store.rowOf(5), 3);
        QCOMPARE(store.rowOf(6), 5);
        QCOMPARE(store.rowOf(3), -1);
        QCOMPARE(store.find(8)->summary.target, QStringLiteral("/8"));
        QVERIFY(!store.find(9));
    }

    void whatIsAddedWholeCountsLikeTheRest()
    {
        ExchangeStore store(limits(10, 100));
        StoreMirror mirror(store);
        store.add(batch({1, 2}));
        store.addCaptures({capture(1, QByteArray(60, 'x'))});
        traffic::Exchange whole;
        whole.summary = summary(3);
        whole.responseBody = QByteArray(50, 'y');
        store.addWhole({whole});
        QCOMPARE(keysOf(store), (QList<quint64>{1, 2, 3}));
        QCOMPARE(store.find(3)->responseBody.size(), 50);
        QCOMPARE(store.bodyBytes(), 50);
        QVERIFY(store.find(1)->bodiesDropped); // the older body made room
        QVERIFY(mirror.isSame());
        store.addWhole(std::vector<traffic::Exchange>(10, whole));
        QVERIFY(store.count() <= 10);
        QVERIFY(mirror.isSame());
    }

    void updatesInPlaceAndTellsRanges()
    {
        ExchangeStore store(limits(1000));
        ExchangeBatch pending;
        for (quint64 key = 1; key <= 100; ++key)
            pending += summary(key, ExchangeState::Pending, 0);
        store.add(pending);
        QSignalSpy changed(&store, &ExchangeStore::changed);
        QSignalSpy appended(&store, &ExchangeStore::appended);
        store.add(batch({91, 3, 90, 4, 1}));
        QCOMPARE(rangesOf(changed), (QList<QPair<qsizetype, qsizetype>>{{0, 3}, {89, 90}}));
        QCOMPARE(appended.count(), 0);
        QCOMPARE(store.count(), 100);
        QCOMPARE(store.at(89).summary.status, 200U);
        QCOMPARE(store.at(88).summary.status, 0U);
    }

    void takesOneKeyTwiceInOneBatch()
    {
        ExchangeStore store(limits(10));
        QSignalSpy changed(&store, &ExchangeStore::changed);
        store.add({summary(1, ExchangeState::Pending, 0), summary(2), summary(1, ExchangeState::Done, 204)});
        QCOMPARE(keysOf(store), (QList<quint64>{1, 2}));
        QCOMPARE(store.at(0).summary.status, 204U);
        QCOMPARE(changed.count(), 0);
    }

    void evictsTheOldestInBlocks()
    {
        ExchangeStore store(limits(100));
        QSignalSpy evict(&store, &ExchangeStore::aboutToEvict);
        for (quint64 key = 1; key <= 100; ++key)
            store.add(batch({key}));
        QCOMPARE(evict.count(), 0);
        store.add(batch({101}));
        QCOMPARE(evict.count(), 1);
        QCOMPARE(evict[0][0].value<qsizetype>(), 6); // one too many and 5 %
        QCOMPARE(store.count(), 95);
        QCOMPARE(store.at(0).summary.key, 7U);
        QCOMPARE(store.rowOf(6), -1);
        QCOMPARE(store.rowOf(7), 0);
        QCOMPARE(store.rowOf(101), 94);
        QCOMPARE(store.evicted(), 6U);
    }

    void whatWasEvictedPendingDoesNotAppearAgain()
    {
        ExchangeStore store(limits(4));
        store.add(batch({1}, ExchangeState::Pending));
        store.add(batch({2, 3, 4, 5}));
        QCOMPARE(store.rowOf(1), -1);
        store.add(batch({1}, ExchangeState::Pending));
        store.add(batch({1}));
        store.addCaptures({capture(1, "late")});
        QCOMPARE(store.rowOf(1), -1);
        QCOMPARE(store.bodyBytes(), 0);
    }

    void aBatchLargerThanTheRingKeepsItsEnd()
    {
        ExchangeStore store(limits(10));
        StoreMirror mirror(store);
        ExchangeBatch large;
        for (quint64 key = 1; key <= 50; ++key)
            large += summary(key);
        store.add(large);
        QCOMPARE(store.count(), 9);
        QCOMPARE(store.at(8).summary.key, 50U);
        QVERIFY(mirror.isSame());
    }

    void joinsWhatWasCaptured()
    {
        ExchangeStore store(limits(10));
        store.add(batch({1, 2}, ExchangeState::Pending));
        QSignalSpy detail(&store, &ExchangeStore::detailChanged);
        auto first = capture(1, "ab", {});
        first.request = headOf(3);
        auto second = capture(1, "cd", "xyz");
        second.response = std::make_shared<wire::ResponseHead>();
        second.responseCut = true;
        store.addCaptures({first, capture(99, "nobody's")});
        store.addCaptures({second});
        const auto &exchange = store.at(0);
        QCOMPARE(exchange.requestBody, "abcd");
        QCOMPARE(exchange.responseBody, "xyz");
        QVERIFY(exchange.request == first.request && exchange.response == second.response);
        QVERIFY(!exchange.requestCut && exchange.responseCut && !exchange.bodiesDropped);
        QCOMPARE(store.bodyBytes(), 7);
        QCOMPARE(detail.count(), 2);
        QCOMPARE(detail[0][0].value<quint64>(), 1U);
    }

    void dropsTheOldestBodiesBeforeAnyRow()
    {
        ExchangeStore store(limits(100, 10));
        store.add(batch({1, 2, 3, 4}));
        QSignalSpy detail(&store, &ExchangeStore::detailChanged);
        store.addCaptures({capture(1, "1234"), capture(2, {}, "1234")});
        QCOMPARE(store.bodyBytes(), 8);
        store.addCaptures({capture(3, "123", "4")});
        QCOMPARE(store.bodyBytes(), 8);
        QVERIFY(store.at(0).bodiesDropped && store.at(0).requestBody.isEmpty());
        QVERIFY(!store.at(1).bodiesDropped);
        QCOMPARE(detail.count(), 4); // 1, 2; 1 that was dropped, 3
        QCOMPARE(store.count(), 4);
    }

    void dropsABodyThatCameLateForAnOldRow()
    {
        ExchangeStore store(limits(100, 10));
        store.add(batch({1, 2, 3}, ExchangeState::Pending));
        store.addCaptures({capture(2, "123456")});
        store.addCaptures({capture(3, "123456")}); // 2 is dropped, 1 was passed over
        QVERIFY(store.at(1).bodiesDropped);
        store.addCaptures({capture(1, "123456"), capture(2, "more")});
        QVERIFY(store.at(0).bodiesDropped);
        QVERIFY(store.at(1).requestBody.isEmpty());
        QCOMPARE(store.at(2).requestBody, "123456");
        QCOMPARE(store.bodyBytes(), 6);
    }

    void evictsRowsWhenTheHeadsAreTooLarge()
    {
        ExchangeStore store(limits(100, 1000, 5000));
        StoreMirror mirror(store);
        store.add(batch({1, 2, 3}));
        for (const quint64 key : {1U, 2U, 3U}) {
            CaptureUpdate update;
            update.key = key;
            update.request = headOf(2000);
            store.addCaptures({update});
        }
        QCOMPARE(keysOf(store), QList<quint64>{}); // the block is 5 rows
        QVERIFY(mirror.isSame());
        ExchangeStore small(limits(10, 1000, 5000));
        small.add(batch({1, 2, 3}));
        for (const quint64 key : {1U, 2U, 3U}) {
            CaptureUpdate update;
            update.key = key;
            update.request = headOf(2000);
            small.addCaptures({update});
        }
        QCOMPARE(keysOf(small), (QList<quint64>{2, 3}));
    }

    void bringsBackWhatWasCleared()
    {
        ExchangeStore store(limits(100));
        StoreMirror mirror(store);
        store.add(batch({1, 2}, ExchangeState::Pending));
        store.addCaptures({capture(1, "body")});
        QVERIFY(!store.undoClear());
        store.clear();
        QCOMPARE(store.count(), 0);
        QVERIFY(store.canUndoClear());
        QCOMPARE(store.rowOf(1), -1);
        store.add({summary(3), summary(2, ExchangeState::Done, 404)}); // of a cleared row: not seen, not lost
        QCOMPARE(keysOf(store), (QList<quint64>{3}));
        store.addCaptures({capture(2, {}, "later")});
        QVERIFY(store.undoClear());
        QCOMPARE(keysOf(store), (QList<quint64>{1, 2, 3}));
        QCOMPARE(store.at(0).requestBody, "body");
        QCOMPARE(store.at(1).summary.status, 404U);
        QCOMPARE(store.at(1).responseBody, "later");
        QVERIFY(!store.undoClear());
        QVERIFY(mirror.isSame());
    }

    void theSecondClearForgetsTheFirst()
    {
        ExchangeStore store(limits(100));
        store.add(batch({1}, ExchangeState::Pending));
        store.clear();
        store.clear(); // of nothing: changes nothing
        QVERIFY(store.canUndoClear());
        store.add(batch({2}));
        store.clear();
        QVERIFY(store.undoClear());
        store.add(batch({1}));
        QCOMPARE(keysOf(store), (QList<quint64>{2}));
    }

    void clearedRowsGoFirst()
    {
        ExchangeStore store(limits(20, 10));
        StoreMirror mirror(store);
        for (quint64 key = 1; key <= 10; ++key)
            store.add(batch({key}));
        store.addCaptures({capture(10, "123456")});
        store.clear();
        QSignalSpy evict(&store, &ExchangeStore::aboutToEvict);
        for (quint64 key = 11; key <= 22; ++key)
            store.add(batch({key}));
        store.addCaptures({capture(11, "123456")});
        QCOMPARE(evict.count(), 0);
        QCOMPARE(store.count(), 12);
        QCOMPARE(store.bodyBytes(), 6);
        QVERIFY(store.undoClear());
        QCOMPARE(store.count(), 20); // of 22
        QCOMPARE(store.evicted(), 2U);
        QVERIFY(store.find(10)->bodiesDropped);
        QVERIFY(mirror.isSame());
    }

    void anyOrderOfEventsKeepsRowsAndIndexRight()
    {
        QRandomGenerator random(20240607);
        ExchangeStore store(limits(60, 400, 20'000));
        StoreMirror mirror(store);
        QSignalSpy evictions(&store, &ExchangeStore::evictedRows);
        quint64 last = 0;
        for (int step = 0; step < 4000; ++step) {
            ExchangeBatch rows;
            CaptureBatch bodies;
            for (auto count = random.bounded(6); count > 0; --count) {
                const bool fresh = random.bounded(2) == 0;
                const auto key = fresh ? ++last : 1 + random.generate64() % (last + 2);
                last = std::max(last, key);
                rows += summary(key, random.bounded(3) == 0 ? ExchangeState::Pending : ExchangeState::Done,
                                random.bounded(100U, 600U));
                bodies += capture(key, QByteArray(random.bounded(40), 'b'));
                bodies.last().request = headOf(random.bounded(300U));
            }
            store.add(rows);
            store.addCaptures(bodies);
            if (random.bounded(50) == 0)
                store.clear();
            if (random.bounded(50) == 0)
                QVERIFY(store.undoClear() || !store.canUndoClear());
            QVERIFY2(mirror.isSame(), qPrintable(QString::number(step)));
            QVERIFY(store.count() <= 60 && store.bodyBytes() <= 400);
            for (qsizetype row = 0; row < store.count(); ++row)
                QCOMPARE(store.rowOf(store.at(row).summary.key), row);
        }
        QVERIFY(evictions.count() > 100);
    }

    void twoThousandRequestsASecondAreNoWork()
    {
        ExchangeStore store;
        int signalCount = 0;
        connect(&store, &ExchangeStore::changed, this, [&] { ++signalCount; });
        constexpr quint64 kPerBatch = 100; // at 20 batches a second
        constexpr int kBatches = 400;
        const auto head = headOf(400);
        QElapsedTimer clock;
        clock.start();
        for (quint64 number = 0; number < kBatches; ++number) {
            ExchangeBatch rows;
            CaptureBatch bodies;
            for (quint64 key = number * kPerBatch + 1; key <= (number + 1) * kPerBatch; ++key) {
                if (key > kPerBatch)
                    rows += summary(key - kPerBatch);
                rows += summary(key, ExchangeState::Pending, 0);
                bodies += capture(key, QByteArray(500, 'a'), QByteArray(2000, 'b'));
                bodies.last().request = head;
            }
            store.add(rows);
            store.addCaptures(bodies);
        }
        const auto perBatchMs = double(clock.elapsed()) / kBatches;
        qInfo("%.2f ms a batch, with making it", perBatchMs);
        QVERIFY(perBatchMs < 5);
        QCOMPARE(signalCount, kBatches - 1);
        QVERIFY(store.count() >= 19'000 && store.count() <= 20'000);
        QVERIFY(store.bodyBytes() <= 64 * 1024 * 1024);
    }

private:
    using CaptureBatch = client::CaptureBatch;
};

QTEST_GUILESS_MAIN(ExchangeStoreTest)
#include "exchange_store_test.moc"
