#include "workspace/limits_text.h"

#include <QTest>

using workspace::limitsText;

namespace {

client::TunnelStatus with(const wire::Limits &limits)
{
    client::TunnelStatus status;
    status.limits = limits;
    return status;
}

} // namespace

class LimitsTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aServerThatToldNothing();
    void theUsualOnes();
    void everyOne();
    void aServerThatPassesNoUpgrades();
    void rates_data();
    void rates();
};

void LimitsTextTest::aServerThatToldNothing()
{
    QCOMPARE(limitsText(with({})), QString());
    QCOMPARE(limitsText(with({.maxMessageBytes = 1})), QString());
}

void LimitsTextTest::theUsualOnes()
{
    QCOMPARE(limitsText(with({.maxBodyBytes = 25'000'000, .requestTimeoutMs = 120'000})),
             QStringLiteral("25.0 MB a request, 2 min for an answer"));
    QCOMPARE(limitsText(with({.requestTimeoutMs = 90'000})), QStringLiteral("90 s for an answer"));
    QCOMPARE(limitsText(with({.requestTimeoutMs = 1500})), QStringLiteral("1.5 s for an answer"));
}

void LimitsTextTest::everyOne()
{
    const wire::Limits limits{.maxBodyBytes = 1000,
                              .requestTimeoutMs = 30'000,
                              .requestsPerHour = 180'000,
                              .requestBurst = 100,
                              .maxRequests = 20,
                              .uploadBytesPerSecond = 2'000'000,
                              .downloadBytesPerSecond = 500'000};
    QCOMPARE(limitsText(with(limits)),
             QStringLiteral("50 requests/s (100 at once), 20 in flight, 1.0 kB a request, 2.0 MB/s from visitors, "
                            "500.0 kB/s to visitors, 30 s for an answer"));
}

void LimitsTextTest::aServerThatPassesNoUpgrades()
{
    auto status = with({.maxBodyBytes = 6'000'000, .requestTimeoutMs = 29'000});
    status.passesUpgrades = false;
    QCOMPARE(limitsText(status), QStringLiteral("no WebSockets, 6.0 MB a request, 29 s for an answer"));
}

void LimitsTextTest::rates_data()
{
    QTest::addColumn<quint64>("perHour");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << quint64{3600} << QStringLiteral("1 requests/s");
    QTest::newRow("fraction") << quint64{9000} << QStringLiteral("2.5 requests/s");
    QTest::newRow("minute") << quint64{1800} << QStringLiteral("30 requests/min");
    QTest::newRow("hour") << quint64{5} << QStringLiteral("5 requests/h");
    QTest::newRow("many") << quint64{36'000'000} << QStringLiteral("10000 requests/s");
}

void LimitsTextTest::rates()
{
    QFETCH(quint64, perHour);
    QTEST(limitsText(with({.requestsPerHour = perHour, .requestBurst = 1})), "text");
}

QTEST_GUILESS_MAIN(LimitsTextTest)
#include "limits_text_test.moc"
