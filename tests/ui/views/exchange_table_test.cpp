#include "support/screenshot.h"
#include "ui/theme/metrics.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_columns.h"
#include "ui/views/exchange_table.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

traffic::StoreLimits atMost(qsizetype exchanges)
{
    traffic::StoreLimits limits;
    limits.exchanges = exchanges;
    return limits;
}

struct Stage {
    explicit Stage(traffic::StoreLimits limits = {}) : store(limits)
    {
        table.resize(900, 400);
        table.show();
    }

    void add(quint64 first, int count)
    {
        client::ExchangeBatch batch;
        for (int i = 0; i < count; ++i)
            batch.append(samples::summary(first + quint64(i), "GET", "/path"));
        store.add(batch);
        settle();
    }
    static void settle() { QCoreApplication::processEvents(); } // the view lays out later
    [[nodiscard]] QScrollBar &bar() const { return *table.verticalScrollBar(); }
    [[nodiscard]] bool atEnd() const { return bar().value() == bar().maximum(); }
    [[nodiscard]] quint64 topKey() const { return model.summary(table.rowAt(0)).key; }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&table, Qt::Key(key), modifiers); }
    void clickHeader(ExchangeColumn column)
    {
        auto *header = table.horizontalHeader();
        const int x = header->sectionViewportPosition(int(column)) + header->sectionSize(int(column)) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    }

    QTemporaryDir folder;
    settings::WindowState state{folder.path()};
    Theme theme{*qApp, settings::Appearance::Light};
    traffic::ExchangeStore store;
    ExchangeModel source{store};
    ExchangeFilterModel model{source};
    ExchangeTable table{theme, model, state};
};

} // namespace

class ExchangeTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsHaveOneHeight();
    void followsTheNewestOnlyAtTheEnd();
    void followingOnRequest();
    void evictionDoesNotMoveWhatIsRead();
    void newRowsNeverStealTheSelection();
    void anEvictedSelectionChoosesNoOther();
    void aFilteredSelectionComesBack();
    void keysMove();
    void enterOpensAndEscapeDeselects();
    void theThirdClickRestoresTheOrderOfArrival();
    void aSortedListDoesNotFollow();
    void theMenuComesByMouseAndKey();
    void theHeaderMenuHidesColumns();
    void lettersAreNotASearch();
    void theKeyboardIsSeen();
    void looksRight();
};

void ExchangeTableTest::rowsHaveOneHeight()
{
    Stage stage;
    stage.add(1, 30);
    for (int row = 0; row < 30; ++row)
        QCOMPARE(stage.table.rowHeight(row), kRowHeight);
}

void ExchangeTableTest::followsTheNewestOnlyAtTheEnd()
{
    Stage stage;
    const QSignalSpy following(&stage.table, &ExchangeTable::followingChanged);
    stage.add(1, 100);
    QVERIFY(stage.bar().maximum() > 0);
    QVERIFY(stage.atEnd());
    stage.add(101, 50);
    QVERIFY(stage.atEnd());
    QCOMPARE(following.size(), 0);
    stage.bar().setValue(stage.bar().maximum() / 2);
    QCOMPARE(following.last().at(0).toBool(), false);
    const auto top = stage.topKey();
    const int value = stage.bar().value();
    stage.add(200, 50);
    QCOMPARE(stage.bar().value(), value);
    QCOMPARE(stage.topKey(), top);
    stage.bar().setValue(stage.bar().maximum());
    QCOMPARE(following.last().at(0).toBool(), true);
    stage.add(300, 50);
    QVERIFY(stage.atEnd());
}

void ExchangeTableTest::followingOnRequest()
{
    Stage stage;
    stage.add(1, 100);
    stage.bar().setValue(0);
    QVERIFY(!stage.table.isFollowing());
    stage.table.setFollowing(true);
    QVERIFY(stage.atEnd());
    stage.table.setFollowing(false);
    stage.add(101, 10);
    QVERIFY(!stage.atEnd());
}

void ExchangeTableTest::evictionDoesNotMoveWhatIsRead()
{
    Stage stage(atMost(1000));
    stage.add(1, 1000);
    stage.bar().setValue(stage.bar().maximum() / 2);
    const auto top = stage.topKey();
    const auto before = stage.source.summary(0).key;
    stage.add(1001, 100);
    QVERIFY(stage.source.summary(0).key > before); // some went
    QCOMPARE(stage.topKey(), top);
    QVERIFY(!stage.table.isFollowing());
}

void ExchangeTableTest::newRowsNeverStealTheSelection()
{
    Stage stage;
    stage.add(1, 100);
    stage.table.selectRow(40);
    QCOMPARE(stage.table.selectedKey(), quint64{41});
    const QSignalSpy selected(&stage.table, &ExchangeTable::selected);
    stage.add(101, 200);
    stage.store.add({samples::summary(41, "GET", "/path", 500)});
    Stage::settle();
    QCOMPARE(stage.table.currentIndex().row(), 40);
    QCOMPARE(stage.table.selectedKey(), quint64{41});
    QCOMPARE(selected.size(), 0);
}

void ExchangeTableTest::anEvictedSelectionChoosesNoOther()
{
    Stage stage(atMost(500));
    stage.add(1, 500);
    stage.table.selectRow(0);
    const QSignalSpy selected(&stage.table, &ExchangeTable::selected);
    stage.add(501, 400);
    QVERIFY(stage.source.rowOf(1) < 0);
    QVERIFY(!stage.table.currentIndex().isValid());
    QVERIFY(stage.table.selectionModel()->selectedRows().isEmpty());
    QCOMPARE(selected.size(), 0);
    QCOMPARE(stage.table.selectedKey(), quint64{1}); // the details say that it is gone
}

void ExchangeTableTest::aFilteredSelectionComesBack()
{
    Stage stage;
    samples::fill(stage.store);
    stage.table.select(4);
    QCOMPARE(stage.table.currentIndex().row(), 3);
    stage.model.setQuery(ExchangeQuery(text("favicon")));
    QVERIFY(stage.table.selectionModel()->selectedRows().isEmpty());
    stage.model.setQuery(ExchangeQuery(text("hooks")));
    QCOMPARE(stage.table.currentIndex().row(), 0);
    QVERIFY(stage.table.selectionModel()->isRowSelected(0, {}));
    stage.model.setQuery({});
    QCOMPARE(stage.table.currentIndex().row(), 3);
    stage.store.clear();
    stage.store.undoClear();
    QCOMPARE(stage.table.currentIndex().row(), 3);
}

void ExchangeTableTest::keysMove()
{
    Stage stage;
    stage.add(1, 100);
    const auto row = [&] { return stage.table.currentIndex().row(); };
    stage.key(Qt::Key_K);
    QCOMPARE(row(), 99); // from nowhere: the nearest end
    stage.key(Qt::Key_Home);
    QCOMPARE(row(), 0);
    stage.key(Qt::Key_J);
    stage.key(Qt::Key_Down);
    QCOMPARE(row(), 2);
    stage.key(Qt::Key_Up);
    QCOMPARE(row(), 1);
    stage.key(Qt::Key_PageDown);
    QVERIFY(row() > 5);
    stage.key(Qt::Key_PageUp);
    QCOMPARE(row(), 1);
    stage.key(Qt::Key_End);
    QCOMPARE(row(), 99);
    stage.key(Qt::Key_J);
    QCOMPARE(row(), 99);
    QCOMPARE(stage.table.selectedKey(), quint64{100});
}

void ExchangeTableTest::enterOpensAndEscapeDeselects()
{
    Stage stage;
    stage.add(1, 10);
    const QSignalSpy opened(&stage.table, &ExchangeTable::opened);
    const QSignalSpy selected(&stage.table, &ExchangeTable::selected);
    stage.key(Qt::Key_Return);
    QCOMPARE(opened.size(), 0);
    stage.key(Qt::Key_Home);
    stage.key(Qt::Key_Return);
    QCOMPARE(opened.at(0).at(0).toULongLong(), quint64{1});
    stage.key(Qt::Key_Escape);
    QCOMPARE(selected.last().at(0).toULongLong(), quint64{0});
    QVERIFY(!stage.table.currentIndex().isValid());
    stage.key(Qt::Key_Home); // the same again is chosen again
    QCOMPARE(selected.last().at(0).toULongLong(), quint64{1});
}

void ExchangeTableTest::theThirdClickRestoresTheOrderOfArrival()
{
    Stage stage;
    samples::fill(stage.store);
    stage.clickHeader(ExchangeColumn::Duration);
    QCOMPARE(stage.model.sortColumn(), int(ExchangeColumn::Duration));
    const auto first = stage.model.summary(0).key;
    stage.clickHeader(ExchangeColumn::Duration);
    QVERIFY(stage.model.summary(0).key != first);
    stage.clickHeader(ExchangeColumn::Duration);
    QVERIFY(stage.model.inOrderOfArrival());
    QCOMPARE(stage.model.summary(0).key, quint64{1});
}

void ExchangeTableTest::aSortedListDoesNotFollow()
{
    Stage stage;
    stage.add(1, 100);
    stage.clickHeader(ExchangeColumn::Duration);
    Stage::settle();
    stage.bar().setValue(0);
    stage.add(101, 100);
    QCOMPARE(stage.bar().value(), 0);
    stage.table.setFollowing(true); // "Follow newest" means the order of arrival
    QVERIFY(stage.model.inOrderOfArrival());
    stage.add(201, 10);
    QVERIFY(stage.atEnd());
}

void ExchangeTableTest::theMenuComesByMouseAndKey()
{
    Stage stage;
    samples::fill(stage.store);
    const auto open = [&](QContextMenuEvent::Reason reason, const QPoint &position) {
        QContextMenuEvent event(reason, position, stage.table.viewport()->mapToGlobal(position));
        QCoreApplication::sendEvent(stage.table.viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        const bool shown = menu != nullptr;
        if (menu)
            menu->close();
        return shown;
    };
    QVERIFY(open(QContextMenuEvent::Mouse, {20, 10}));
    QVERIFY(!open(QContextMenuEvent::Mouse, {20, 5000}));
    stage.table.clearChoice();
    QVERIFY(!open(QContextMenuEvent::Keyboard, {}));
    stage.table.selectRow(2);
    QVERIFY(open(QContextMenuEvent::Keyboard, {}));
}

void ExchangeTableTest::theHeaderMenuHidesColumns()
{
    Stage stage;
    auto *header = stage.table.horizontalHeader();
    Q_EMIT header->customContextMenuRequested({10, 10});
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    menu->actions().at(int(ExchangeColumn::Size))->trigger();
    QVERIFY(header->isSectionHidden(int(ExchangeColumn::Size)));
    menu->close();
}

void ExchangeTableTest::lettersAreNotASearch()
{
    Stage stage;
    samples::fill(stage.store);
    stage.table.selectRow(0);
    QTest::keyClicks(&stage.table, text("put"));
    QCOMPARE(stage.table.currentIndex().row(), 0);
}

void ExchangeTableTest::theKeyboardIsSeen()
{
    Stage stage;
    stage.add(1, 3);
    QVERIFY(QTest::qWaitForWindowActive(&stage.table));
    const auto corner = [&](int y) { return stage.table.viewport()->grab().toImage().pixelColor(0, y); };
    stage.table.setFocus();
    QCOMPARE(corner(0), stage.theme.colors().accent); // around all while nothing is chosen
    stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Down);
    QVERIFY(corner(0) != stage.theme.colors().accent);
    QCOMPARE(corner(kRowHeight + kRowHeight / 2), stage.theme.colors().accent); // then at the current row
    stage.table.clearFocus();
    QVERIFY(corner(kRowHeight + kRowHeight / 2) != stage.theme.colors().accent);
}

void ExchangeTableTest::looksRight()
{
    QTemporaryDir folder;
    settings::WindowState state(folder.path());
    traffic::ExchangeStore store;
    samples::fill(store);
    ExchangeModel source(store);
    ExchangeFilterModel model(source);
    const auto make = [&](Theme &theme) {
        auto table = std::make_unique<ExchangeTable>(theme, model, state);
        table->select(4);
        return table;
    };
    support::keepScreenshots(text("requests-wide"), {1000, 600}, make);
    support::keepScreenshots(text("requests-narrow"), {460, 600}, make);
}

QTEST_MAIN(ExchangeTableTest)
#include "exchange_table_test.moc"
