#include "replay_samples.h"
#include "ui/windows/replay_shelf.h"

#include <QTest>

using namespace ui;

namespace {

ReplaySession session(quint64 key)
{
    return beginReplay(support::recordedOrder(key), support::localTarget());
}

} // namespace

class ReplayShelfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNewestIsFirst()
    {
        ReplayShelf shelf;
        QVERIFY(shelf.isEmpty());
        QVERIFY(!shelf.bringForward(1));
        QVERIFY(!shelf.put(session(1)));
        QVERIFY(!shelf.put(session(2)));
        QCOMPARE(shelf.front().key(), quint64{2});
        shelf.front().draft.body = "edited";
        QVERIFY(shelf.bringForward(1));
        QCOMPARE(shelf.front().key(), quint64{1});
        QVERIFY(shelf.bringForward(2));
        QCOMPARE(shelf.front().draft.body, QByteArray("edited"));
        QCOMPARE(shelf.sessions().size(), std::size_t{2});
    }

    void theOldestMakesRoom()
    {
        ReplayShelf shelf;
        for (quint64 key = 1; key <= kKeptSessions; ++key)
            QVERIFY(!shelf.put(session(key)));
        QVERIFY(shelf.bringForward(1)); // used again: no longer the oldest
        const auto gone = shelf.put(session(100));
        QVERIFY(gone);
        QCOMPARE(gone->key(), quint64{2});
        QCOMPARE(shelf.sessions().size(), kKeptSessions);
        QVERIFY(!shelf.bringForward(2));
        QVERIFY(shelf.bringForward(1));
    }

    void knowsWhatIsAwaited()
    {
        ReplayShelf shelf;
        QVERIFY(!shelf.put(session(1)));
        addAttempt(shelf.front(), 50);
        auto coming = session(2);
        coming.original.summary.state = client::ExchangeState::Pending;
        QVERIFY(!shelf.put(coming));
        QCOMPARE(shelf.awaited(), (QList<quint64>{2, 50}));
        QVERIFY(!shelf.takeNews(support::recordedOrder(50))); // of one that is not shown
        QCOMPARE(shelf.awaited(), (QList<quint64>{2}));
        QVERIFY(shelf.takeNews(support::recordedOrder(2)));
        QVERIFY(shelf.awaited().isEmpty());
        QVERIFY(!shelf.takeNews(support::recordedOrder(99)));
    }
};

QTEST_GUILESS_MAIN(ReplayShelfTest)
#include "replay_shelf_test.moc"
