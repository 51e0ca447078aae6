#include "client/retry_delay.h"

#include <QTest>

using client::retryDelay;
using namespace std::chrono_literals;

class RetryDelayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ceilingDoublesUpToTheCap_data()
    {
        QTest::addColumn<unsigned>("attempt");
        QTest::addColumn<qint64>("ceilingMs");
        QTest::newRow("first") << 1U << qint64{500};
        QTest::newRow("second") << 2U << qint64{1000};
        QTest::newRow("fifth") << 5U << qint64{8000};
        QTest::newRow("seventh") << 7U << qint64{32'000};
        QTest::newRow("capped") << 8U << qint64{60'000};
        QTest::newRow("never overflows") << 4'000'000'000U << qint64{60'000};
        QTest::newRow("zero counts as one") << 0U << qint64{500};
    }
    void ceilingDoublesUpToTheCap()
    {
        QFETCH(unsigned, attempt);
        QFETCH(qint64, ceilingMs);
        QCOMPARE(retryDelay(attempt, 1.0).count(), ceilingMs);
        QCOMPARE(retryDelay(attempt, 0.5).count(), ceilingMs / 2);
        QCOMPARE(retryDelay(attempt, 0.0).count(), qint64{0});
    }

    void diceOutsideTheirRangeAreClamped()
    {
        QCOMPARE(retryDelay(1, 7.0), 500ms);
        QCOMPARE(retryDelay(1, -1.0), 0ms);
    }

    void ownBounds() { QCOMPARE(retryDelay(3, 1.0, {.base = 10ms, .cap = 25ms}), 25ms); }
};

QTEST_APPLESS_MAIN(RetryDelayTest)
#include "retry_delay_test.moc"
