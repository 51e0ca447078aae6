#include "support/screenshot.h"
#include "ui/traffic_samples.h"
#include "ui/views/header_table.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTableView>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    HeaderTable table{theme};

    Stage()
    {
        table.setTitle(text("Request headers"));
        table.resize(420, 300);
        table.show();
    }
    [[nodiscard]] QTableView &view() const { return *table.findChild<QTableView *>(); }
    [[nodiscard]] IconButton &reveal() const { return *table.findChildren<IconButton *>().at(0); }
    [[nodiscard]] QString shown(int row) const
    {
        return view().model()->index(row, HeaderModel::Value).data().toString();
    }
};

} // namespace

class HeaderTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void secretsShowOnRequest();
    void anotherHeadIsMaskedAgain();
    void theSameHeadStaysAsItIs();
    void copiesLines();
    void longValuesWrap();
    void noHeadersAreSaid();
    void looksRight();
};

void HeaderTableTest::secretsShowOnRequest()
{
    Stage stage;
    stage.table.setHeaders({{"Host", "a"}});
    QVERIFY(!stage.reveal().isVisible());
    stage.table.setHeaders({{"Authorization", "Bearer abc"}});
    QVERIFY(stage.reveal().isVisible());
    QVERIFY(!stage.shown(0).contains(text("abc")));
    QTest::mouseClick(&stage.reveal(), Qt::LeftButton);
    QCOMPARE(stage.shown(0), text("Bearer abc"));
    QCOMPARE(stage.reveal().glyph(), Glyph::EyeOff);
    QTest::mouseClick(&stage.reveal(), Qt::LeftButton);
    QVERIFY(!stage.shown(0).contains(text("abc")));
}

void HeaderTableTest::anotherHeadIsMaskedAgain()
{
    Stage stage;
    stage.table.setHeaders({{"Authorization", "Bearer abc"}});
    stage.table.setRevealed(true);
    stage.table.setHeaders({{"Authorization", "Bearer def"}});
    QVERIFY(!stage.table.isRevealed());
    QVERIFY(!stage.shown(0).contains(text("def")));
}

void HeaderTableTest::theSameHeadStaysAsItIs()
{
    Stage stage;
    stage.table.setHeaders(samples::webhookHeaders());
    stage.table.setRevealed(true);
    stage.view().selectRow(2);
    stage.table.setHeaders(samples::webhookHeaders());
    QVERIFY(stage.table.isRevealed());
    QVERIFY(stage.view().selectionModel()->isRowSelected(2, {}));
}

void HeaderTableTest::copiesLines()
{
    Stage stage;
    stage.table.setHeaders({{"Host", "a"}, {"Authorization", "Bearer abc"}, {"Accept", "*/*"}});
    stage.view().setFocus();
    stage.view().selectRow(1);
    QTest::keyClick(&stage.view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), text("Authorization: Bearer abc"));
    stage.table.copyAll();
    QCOMPARE(QApplication::clipboard()->text(), text("Host: a\nAuthorization: Bearer abc\nAccept: */*"));
}

void HeaderTableTest::longValuesWrap()
{
    Stage stage;
    stage.table.setHeaders({{"Short", "a"}, {"Long", std::string(400, 'x')}});
    QTRY_VERIFY(stage.view().rowHeight(1) > 3 * stage.view().rowHeight(0));
    QVERIFY(stage.table.contentHeight() > stage.view().rowHeight(1));
    const int narrow = stage.view().rowHeight(1);
    stage.table.resize(1200, 300);
    QTRY_VERIFY(stage.view().rowHeight(1) < narrow);
}

void HeaderTableTest::noHeadersAreSaid()
{
    Stage stage;
    stage.table.setHeaders({{"Host", "a"}});
    stage.table.setHeaders({});
    QVERIFY(!stage.view().isVisible());
    bool said = false;
    for (const auto *label : stage.table.findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text() == text("No headers"));
    QVERIFY(said);
}

void HeaderTableTest::looksRight()
{
    support::keepScreenshots(text("header-table"), {440, 320}, [](Theme &theme) {
        auto table = std::make_unique<HeaderTable>(theme);
        table->setTitle(text("Request headers"));
        table->resize(440, 320);
        table->setHeaders(samples::webhookHeaders());
        return table;
    });
}

QTEST_MAIN(HeaderTableTest)
#include "header_table_test.moc"
