#include "support/screenshot.h"
#include "ui/widgets/badge_row.h"

#include <QApplication>
#include <QTest>

using namespace ui;

namespace {

QList<Badge> badges(const Colors &colors)
{
    return {{QStringLiteral("Password"), Glyph::Lock, colors.success, colors.successSoft},
            {QStringLiteral("Some requests"), Glyph::Filter, colors.info, colors.infoSoft},
            {QStringLiteral("Open until 18:00"), Glyph::Clock, colors.info, colors.infoSoft}};
}

} // namespace

class BadgeRowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isReadOut()
    {
        Theme theme(*qApp, settings::Appearance::Light);
        BadgeRow row(theme);
        row.setBadges(badges(theme.colors()), QStringLiteral("Password, Some requests"));
        QCOMPARE(row.accessibleName(), QStringLiteral("Password, Some requests"));
        QCOMPARE(row.toolTip(), row.accessibleName());
        QCOMPARE(row.badges().size(), 3);
        QVERIFY(row.minimumSizeHint().width() < row.sizeHint().width());
    }

    void looksRight_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 420;
        QTest::newRow("narrow") << 150;
    }
    void looksRight()
    {
        QFETCH(int, width);
        support::keepScreenshots(QStringLiteral("badge-row-") + QString::fromLatin1(QTest::currentDataTag()),
                                 {width, 28}, [](Theme &theme) {
                                     auto row = std::make_unique<BadgeRow>(theme);
                                     row->setBadges(badges(theme.colors()), QStringLiteral("all"));
                                     return row;
                                 });
    }
};

QTEST_MAIN(BadgeRowTest)
#include "badge_row_test.moc"
