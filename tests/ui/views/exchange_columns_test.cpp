#include "ui/traffic_samples.h"
#include "ui/views/exchange_columns.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    explicit Stage(settings::WindowState &state)
    {
        view.setModel(&model);
        columns = new ExchangeColumns(*view.horizontalHeader(), state);
        view.resize(1000, 300);
        view.show();
        columns->fit(1000);
    }

    [[nodiscard]] QHeaderView &header() { return *view.horizontalHeader(); }
    [[nodiscard]] bool shown(ExchangeColumn column) { return !header().isSectionHidden(int(column)); }
    [[nodiscard]] int width(ExchangeColumn column) { return header().sectionSize(int(column)); }

    traffic::ExchangeStore store;
    ExchangeModel model{store};
    QTableView view;
    ExchangeColumns *columns;
};

} // namespace

class ExchangeColumnsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePathTakesWhatIsLeft();
    void widthsAndOrderLast();
    void hiddenOnesStayHidden();
    void theMenuShowsAndHides();
    void aNarrowTableDropsTheLeastImportant();
    void resetBringsTheFirstStateBack();
    void damagedStateIsNoState();

private:
    QTemporaryDir m_folder;
};

void ExchangeColumnsTest::thePathTakesWhatIsLeft()
{
    settings::WindowState state(m_folder.path());
    Stage stage(state);
    int sum = 0;
    for (int column = 0; column < kExchangeColumns; ++column)
        sum += stage.header().sectionSize(column);
    QCOMPARE(sum, stage.header().viewport()->width());
    QVERIFY(stage.width(ExchangeColumn::Path) > 200);
    QVERIFY(stage.width(ExchangeColumn::Marker) <= 40);
}

void ExchangeColumnsTest::widthsAndOrderLast()
{
    settings::WindowState state(m_folder.path());
    {
        Stage stage(state);
        stage.header().resizeSection(int(ExchangeColumn::Method), 143);
        stage.header().moveSection(int(ExchangeColumn::Tunnel), 1);
    }
    Stage again(state);
    QCOMPARE(again.width(ExchangeColumn::Method), 143);
    QCOMPARE(again.header().visualIndex(int(ExchangeColumn::Tunnel)), 1);
    QCOMPARE(again.header().visualIndex(int(ExchangeColumn::Time)), 2);
}

void ExchangeColumnsTest::hiddenOnesStayHidden()
{
    settings::WindowState state(m_folder.path());
    {
        Stage stage(state);
        stage.columns->setHidden(ExchangeColumn::Size, true);
        stage.columns->setHidden(ExchangeColumn::Path, true); // never
        QVERIFY(!stage.shown(ExchangeColumn::Size));
        QVERIFY(stage.shown(ExchangeColumn::Path));
    }
    Stage again(state);
    QVERIFY(!again.shown(ExchangeColumn::Size));
    again.columns->setHidden(ExchangeColumn::Size, false);
    QVERIFY(again.shown(ExchangeColumn::Size));
    QVERIFY(again.width(ExchangeColumn::Size) > 30);
}

void ExchangeColumnsTest::theMenuShowsAndHides()
{
    settings::WindowState state(m_folder.path());
    Stage stage(state);
    QMenu menu;
    stage.columns->fillMenu(menu);
    const auto actions = menu.actions();
    QCOMPARE(actions.size(), kExchangeColumns + 2);
    QVERIFY(!actions.at(int(ExchangeColumn::Path))->isEnabled());
    actions.at(int(ExchangeColumn::Time))->trigger();
    QVERIFY(!stage.shown(ExchangeColumn::Time));
    actions.last()->trigger();
    QVERIFY(stage.shown(ExchangeColumn::Time));
}

void ExchangeColumnsTest::aNarrowTableDropsTheLeastImportant()
{
    settings::WindowState state(m_folder.path());
    Stage stage(state);
    stage.columns->fit(480);
    QVERIFY(!stage.shown(ExchangeColumn::Tunnel));
    QVERIFY(stage.shown(ExchangeColumn::Status));
    QVERIFY(stage.shown(ExchangeColumn::Method));
    stage.columns->fit(300);
    QVERIFY(!stage.shown(ExchangeColumn::Time));
    QVERIFY(!stage.columns->isHidden(ExchangeColumn::Time)); // it is not the user who hid it
    stage.columns->fit(1000);
    for (int column = 0; column < kExchangeColumns; ++column)
        QVERIFY(stage.shown(ExchangeColumn(column)));
}

void ExchangeColumnsTest::resetBringsTheFirstStateBack()
{
    settings::WindowState state(m_folder.path());
    Stage stage(state);
    const int width = stage.width(ExchangeColumn::Method);
    stage.header().resizeSection(int(ExchangeColumn::Method), 201);
    stage.header().moveSection(0, 5);
    stage.columns->setHidden(ExchangeColumn::Duration, true);
    stage.columns->reset();
    QCOMPARE(stage.width(ExchangeColumn::Method), width);
    for (int column = 0; column < kExchangeColumns; ++column) {
        QCOMPARE(stage.header().visualIndex(column), column);
        QVERIFY(stage.shown(ExchangeColumn(column)));
    }
}

void ExchangeColumnsTest::damagedStateIsNoState()
{
    for (const QByteArray &damaged : {QByteArray("x"), QByteArray("\1\0\0\0\x63", 5), QByteArray(200, '\xff')}) {
        settings::WindowState state(m_folder.path());
        state.set(QStringLiteral("requests.columns"), damaged);
        Stage stage(state);
        QVERIFY(stage.shown(ExchangeColumn::Path));
        QCOMPARE(stage.header().count(), kExchangeColumns);
    }
}

QTEST_MAIN(ExchangeColumnsTest)
#include "exchange_columns_test.moc"
