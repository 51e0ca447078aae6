#include "ui/theme/metrics.h"
#include "ui/windows/settings_page.h"

#include <QApplication>
#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

class SettingsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsLookAlike();
};

void SettingsPageTest::partsLookAlike()
{
    const ui::Theme theme(*qApp);
    QWidget page;
    auto *column = ui::settingsColumn(&page);
    QCOMPARE(column->contentsMargins().left(), ui::kSection);
    QCOMPARE(ui::settingsHeading(theme, QStringLiteral("Servers"), &page)->font(), theme.heading());
    QVERIFY(ui::settingsSection(QStringLiteral("Group"), &page)->font().weight() > QFont::Normal);
    const auto *sentence = ui::settingsSentence(QStringLiteral("<b>plain</b>"), &page);
    QVERIFY(sentence->wordWrap());
    QCOMPARE(sentence->textFormat(), Qt::PlainText);
}

QTEST_MAIN(SettingsPageTest)
#include "settings_page_test.moc"
