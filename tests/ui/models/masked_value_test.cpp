#include "ui/models/masked_value.h"

#include <QTest>

using ui::maskedValue;

class MaskedValueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hidesWhatCouldBeUsed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("masked");
        const auto row = [](const char *name, const char *value, const char *masked) {
            QTest::newRow(value) << QString::fromUtf8(name) << QString::fromUtf8(value) << QString::fromUtf8(masked);
        };
        row("Authorization", "Bearer abc", "Bearer ••••••");
        row("Cookie", "session=abc; theme=dark", "session=••••••; theme=••••••");
        row("X-Api-Key", "café", "••••••");
        row("X-Note", "café", "café");
        row("Authorization", "", "");
    }
    void hidesWhatCouldBeUsed()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QTEST(maskedValue(name, value), "masked");
    }
};

QTEST_GUILESS_MAIN(MaskedValueTest)
#include "masked_value_test.moc"
