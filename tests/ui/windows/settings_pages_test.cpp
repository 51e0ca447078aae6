#include "ui/windows/settings_pages.h"

#include <QApplication>
#include <QTest>

using ui::Glyph;
using ui::PageList;
using ui::Theme;

class SettingsPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsAsWideAsItsLongestName();
    void theChosenOneIsSeen();
    void iconsFollowTheTheme();

private:
    Theme m_theme{*qApp, settings::Appearance::Light};
};

void SettingsPagesTest::itIsAsWideAsItsLongestName()
{
    PageList pages(m_theme);
    pages.addPage(Glyph::Server, QStringLiteral("Servers"));
    const int usual = pages.sizeHint().width();
    pages.addPage(Glyph::Info, QStringLiteral("Benachrichtigungseinstellungen"));
    QVERIFY(pages.sizeHint().width() > usual);
    QVERIFY(pages.sizeHint().width() >
            pages.fontMetrics().horizontalAdvance(QStringLiteral("Benachrichtigungseinstellungen")));
}

void SettingsPagesTest::theChosenOneIsSeen()
{
    PageList pages(m_theme);
    pages.addPage(Glyph::Server, QStringLiteral("Servers"));
    pages.addPage(Glyph::Info, QStringLiteral("About"));
    pages.setCurrentRow(0);
    pages.resize(200, 200);
    const QImage first = pages.grab().toImage();
    pages.setCurrentRow(1);
    const QImage second = pages.grab().toImage();
    QVERIFY(first != second);
    const QPoint inRow = pages.visualItemRect(pages.item(1)).center() + QPoint(60, 0);
    QCOMPARE(second.pixelColor(inRow), m_theme.colors().selection);
}

void SettingsPagesTest::iconsFollowTheTheme()
{
    PageList pages(m_theme);
    pages.addPage(Glyph::Server, QStringLiteral("Servers"));
    const QImage light = pages.item(0)->icon().pixmap(16).toImage();
    m_theme.setAppearance(settings::Appearance::Dark);
    QVERIFY(pages.item(0)->icon().pixmap(16).toImage() != light);
}

QTEST_MAIN(SettingsPagesTest)
#include "settings_pages_test.moc"
