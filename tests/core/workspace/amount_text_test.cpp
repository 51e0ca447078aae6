#include "workspace/amount_text.h"

#include <QTest>

class AmountTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void durations_data();
    void durations();
    void sizes_data();
    void sizes();
};

void AmountTextTest::durations_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](qint64 us, const char *text) { QTest::addRow("%lld us", us) << us << QByteArray(text); };
    row(0, "0.0 ms");
    row(421, "0.4 ms");
    row(812, "0.8 ms");
    row(9'949, "9.9 ms");
    row(9'950, "10 ms");
    row(9'960, "10 ms");
    row(12'300, "12 ms");
    row(123'400, "123 ms");
    row(999'499, "999 ms");
    row(999'500, "1.00 s");
    row(999'600, "1.00 s");
    row(1'240'000, "1.24 s");
    row(59'994'000, "59.99 s");
    row(59'994'999, "59.99 s");
    row(59'995'000, "1 min 0 s");
    row(59'996'000, "1 min 0 s");
    row(185'000'000, "3 min 5 s");
    row(3'599'400'000, "59 min 59 s");
    row(7'260'000'000, "2 h 1 min");
    row(7'380'000'000, "2 h 3 min");
}

void AmountTextTest::durations()
{
    QFETCH(qint64, us);
    QTEST(QByteArray::fromStdString(workspace::durationText(us)), "text");
}

void AmountTextTest::sizes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](quint64 bytes, const char *text) {
        QTest::addRow("%llu bytes", bytes) << bytes << QByteArray(text);
    };
    row(0, "0 B");
    row(412, "412 B");
    row(999, "999 B");
    row(1000, "1.0 kB");
    row(1'700, "1.7 kB");
    row(999'949, "999.9 kB");
    row(999'950, "1.0 MB");
    row(999'960, "1.0 MB");
    row(3'200'000, "3.2 MB");
    row(1'500'000'000, "1.5 GB");
    row(17'179'869'184, "17.2 GB");
    row(18'446'744'073'709'551'615ULL, "18446.7 PB");
}

void AmountTextTest::sizes()
{
    QFETCH(quint64, bytes);
    QTEST(QByteArray::fromStdString(workspace::sizeText(bytes)), "text");
}

QTEST_GUILESS_MAIN(AmountTextTest)
#include "amount_text_test.moc"
