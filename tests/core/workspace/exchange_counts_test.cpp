#include "workspace/exchange_counts.h"

#include <QTest>

using client::ExchangeOrigin;
using client::ExchangeState;
using client::ExchangeSummary;
using workspace::countEnded;

namespace {

ExchangeSummary exchange(const QString &tunnel, ExchangeState state, unsigned status,
                         ExchangeOrigin origin = ExchangeOrigin::Visitor)
{
    ExchangeSummary summary;
    summary.tunnelId = tunnel;
    summary.state = state;
    summary.status = status;
    summary.origin = origin;
    return summary;
}

} // namespace

class ExchangeCountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endedOnesCountByTunnel();
    void pendingOnesAndReplaysDoNot();
};

void ExchangeCountsTest::endedOnesCountByTunnel()
{
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    const auto counts = countEnded({exchange(a, ExchangeState::Done, 200), exchange(a, ExchangeState::Done, 404),
                                    exchange(a, ExchangeState::Done, 500), exchange(a, ExchangeState::Aborted, 200),
                                    exchange(b, ExchangeState::Done, 302)});
    QCOMPARE(counts.size(), 2);
    QCOMPARE(counts[a].requests, quint64{4});
    QCOMPARE(counts[a].failures, quint64{2});
    QCOMPARE(counts[b].requests, quint64{1});
    QCOMPARE(counts[b].failures, quint64{0});
}

void ExchangeCountsTest::pendingOnesAndReplaysDoNot()
{
    const QString a = QStringLiteral("a");
    QVERIFY(countEnded(
                {exchange(a, ExchangeState::Pending, 0), exchange(a, ExchangeState::Done, 500, ExchangeOrigin::Replay)})
                .isEmpty());
}

QTEST_APPLESS_MAIN(ExchangeCountsTest)
#include "exchange_counts_test.moc"
