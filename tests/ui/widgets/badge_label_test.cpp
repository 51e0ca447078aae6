#include "ui/widgets/badge_label.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace ui;

namespace {

Badge online(const Theme &theme)
{
    return {QStringLiteral("Online"), Glyph::StatusOnline, theme.colors().success, theme.colors().successSoft};
}

QImage painted(const Theme &theme, const QRect &cell, Qt::Alignment alignment)
{
    QImage image(200, 40, QImage::Format_RGB32);
    image.fill(theme.colors().surface);
    QPainter painter(&image);
    paintBadge(painter, cell, online(theme), theme, alignment);
    return image;
}

} // namespace

class BadgeLabelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itSaysItsWord();
    void aLongerWordNeedsMoreRoom();
    void itIsPaintedWhereItIsAligned();
    void itStaysInItsCell();
    void thePainterIsLeftAsItWas();
};

void BadgeLabelTest::itSaysItsWord()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    BadgeLabel label(theme);
    label.setBadge(online(theme));
    QCOMPARE(label.accessibleName(), QStringLiteral("Online"));
    QVERIFY(label.sizeHint().height() >= kBadgeHeight);
    label.resize(label.sizeHint());
    const QImage image = label.grab().toImage();
    QCOMPARE(image.pixelColor(image.width() / 2, 1), theme.colors().successSoft);
}

void BadgeLabelTest::aLongerWordNeedsMoreRoom()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    Badge longer = online(theme);
    longer.word = QStringLiteral("Reconnecting");
    QVERIFY(badgeSize(longer, theme).width() > badgeSize(online(theme), theme).width());
}

void BadgeLabelTest::itIsPaintedWhereItIsAligned()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    const QRect cell(0, 0, 200, 40);
    const QImage left = painted(theme, cell, Qt::AlignLeft | Qt::AlignVCenter);
    QCOMPARE(left.pixelColor(4, 20), theme.colors().successSoft);
    QCOMPARE(left.pixelColor(195, 20), theme.colors().surface);
    const QImage right = painted(theme, cell, Qt::AlignRight | Qt::AlignVCenter);
    QCOMPARE(right.pixelColor(195, 20), theme.colors().successSoft);
    QCOMPARE(right.pixelColor(4, 20), theme.colors().surface);
}

void BadgeLabelTest::itStaysInItsCell()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    const QRect cell(20, 0, 48, 40); // too narrow for the word
    const QImage image = painted(theme, cell, Qt::AlignLeft | Qt::AlignVCenter);
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (!cell.adjusted(-1, -1, 1, 1).contains(x, y))
                QCOMPARE(image.pixelColor(x, y), theme.colors().surface);
        }
    }
}

void BadgeLabelTest::thePainterIsLeftAsItWas()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QImage image(100, 40, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setPen(Qt::red);
    const QFont font = painter.font();
    paintBadge(painter, image.rect(), online(theme), theme);
    QCOMPARE(painter.pen().color(), QColor(Qt::red));
    QCOMPARE(painter.font(), font);
    QVERIFY(!painter.testRenderHint(QPainter::Antialiasing));
}

QTEST_MAIN(BadgeLabelTest)
#include "badge_label_test.moc"
