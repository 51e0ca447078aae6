#include "support/screenshot.h"
#include "ui/views/copy_line.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace ui;

class CopyLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAndSaysSo();
    void looksRight();
};

void CopyLineTest::copiesAndSaysSo()
{
    Theme theme(*qApp, settings::Appearance::Light);
    CopyLine line(theme, QStringLiteral("Copy the command"));
    line.setText(QStringLiteral("curl -i http://shop.localhost:7000/"));
    line.show();
    QTest::mouseClick(line.button(), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("curl -i http://shop.localhost:7000/"));
    QCOMPARE(line.button()->glyph(), Glyph::Check);
    QTRY_COMPARE(line.button()->glyph(), Glyph::Copy);
}

void CopyLineTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("copy-line"), {420, 40}, [](Theme &theme) {
        auto line = std::make_unique<CopyLine>(theme, QStringLiteral("Copy the command"));
        line->setText(QStringLiteral("curl -i http://shop.localhost:7000/"));
        return line;
    });
}

QTEST_MAIN(CopyLineTest)
#include "copy_line_test.moc"
