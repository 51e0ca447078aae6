#include "workspace/expiry_text.h"

#include <QTest>

using workspace::ExpiryStage;
using namespace std::chrono_literals;

class ExpiryTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void says_data();
    void says();
    void theClockGoes();
};

void ExpiryTextTest::says_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("stage");
    const auto row = [](std::chrono::seconds left, const char *text, ExpiryStage stage) {
        QTest::newRow(text) << qint64(left.count()) << QByteArray(text) << int(stage);
    };
    row(24h * 400, "expires in 400 days", ExpiryStage::Fine);
    row(24h * 7 + 1s, "expires in 7 days", ExpiryStage::Fine);
    row(24h * 7 - 1s, "expires in 6 days", ExpiryStage::Soon);
    row(48h, "expires in 2 days", ExpiryStage::Soon);
    row(47h, "expires in 47 hours", ExpiryStage::Soon);
    row(24h, "expires in 24 hours", ExpiryStage::Near);
    row(1h, "expires in 1 hour", ExpiryStage::Near);
    row(1s, "expires within the hour", ExpiryStage::Near);
    row(0s, "expired within the hour", ExpiryStage::Over);
    row(-1h, "expired 1 hour ago", ExpiryStage::Over);
    row(-24h * 3, "expired 3 days ago", ExpiryStage::Over);
}

void ExpiryTextTest::says()
{
    QFETCH(const qint64, left);
    QFETCH(const QByteArray, text);
    QFETCH(const int, stage);
    const settings::TokenTime now(std::chrono::seconds(1'800'000'000));
    QCOMPARE(QByteArray::fromStdString(workspace::expiryText(now + std::chrono::seconds(left), now)), text);
    QCOMPARE(int(workspace::expiryStage(now + std::chrono::seconds(left), now)), stage);
}

void ExpiryTextTest::theClockGoes()
{
    QVERIFY(workspace::tokenClock().time_since_epoch().count() > 1'700'000'000);
}

QTEST_GUILESS_MAIN(ExpiryTextTest)
#include "expiry_text_test.moc"
