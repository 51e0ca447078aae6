#include "ui/models/exchange_model.h"
#include "ui/models/roles.h"
#include "ui/traffic_samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using Store = traffic::ExchangeStore;
using samples::text;

namespace {

struct Stage {
    explicit Stage(traffic::StoreLimits limits = {}) : store(limits) {}

    Store store;
    ExchangeModel model{store};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    [[nodiscard]] QString cell(int row, ExchangeColumn column) const
    {
        return model.index(row, int(column)).data().toString();
    }
};

traffic::StoreLimits atMost(qsizetype exchanges)
{
    traffic::StoreLimits limits;
    limits.exchanges = exchanges;
    return limits;
}

} // namespace

class ExchangeModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsComeInOneInsertionABatch();
    void aChangeNamesItsRows();
    void theOldestGoInOneRemoval();
    void onlyClearingResets();
    void cellsReadWell();
    void whatIsPendingHasNoNumbersYet();
    void numbersStandAtTheRight();
    void rolesGiveKeyAndSummary();
    void everyColumnButTheMarkerHasAName();
};

void ExchangeModelTest::rowsComeInOneInsertionABatch()
{
    Stage stage;
    const QSignalSpy inserted(&stage.model, &QAbstractItemModel::rowsInserted);
    stage.store.add(samples::morning());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 0);
    QCOMPARE(inserted.at(0).at(2).toInt(), int(samples::morning().size()) - 1);
    stage.store.add({samples::summary(50), samples::summary(51)});
    QCOMPARE(inserted.at(1).at(1).toInt(), int(samples::morning().size()));
    QCOMPARE(stage.model.rowCount(), int(samples::morning().size()) + 2);
}

void ExchangeModelTest::aChangeNamesItsRows()
{
    Stage stage;
    stage.store.add({samples::summary(1), samples::pending(2), samples::pending(3)});
    const QSignalSpy changed(&stage.model, &QAbstractItemModel::dataChanged);
    stage.store.add({samples::summary(3, "GET", "/done", 204)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 2);
    QCOMPARE(changed.at(0).at(1).toModelIndex().column(), kExchangeColumns - 1);
    QCOMPARE(stage.cell(2, ExchangeColumn::Status), text("204"));
}

void ExchangeModelTest::theOldestGoInOneRemoval()
{
    Stage stage(atMost(100));
    const QSignalSpy removed(&stage.model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy reset(&stage.model, &QAbstractItemModel::modelReset);
    for (quint64 key = 1; key <= 150; ++key)
        stage.store.add({samples::summary(key)});
    QVERIFY(removed.size() >= 1);
    QCOMPARE(removed.at(0).at(1).toInt(), 0);
    QVERIFY(stage.model.rowCount() <= 100);
    QCOMPARE(stage.model.summary(stage.model.rowCount() - 1).key, quint64{150});
    QCOMPARE(reset.size(), 0);
}

void ExchangeModelTest::onlyClearingResets()
{
    Stage stage;
    const QSignalSpy reset(&stage.model, &QAbstractItemModel::modelReset);
    stage.store.add(samples::morning());
    QCOMPARE(reset.size(), 0);
    stage.store.clear();
    QCOMPARE(reset.size(), 1);
    QCOMPARE(stage.model.rowCount(), 0);
    QVERIFY(stage.store.undoClear());
    QCOMPARE(stage.model.rowCount(), int(samples::morning().size()));
}

void ExchangeModelTest::cellsReadWell()
{
    Stage stage;
    auto exchange = samples::summary(1, "POST", "/hooks?a=b", 201);
    exchange.durationUs = 12'400;
    exchange.responseBytes = 1700;
    stage.store.add({exchange});
    QCOMPARE(stage.cell(0, ExchangeColumn::Time), exchange.started.toLocalTime().toString(text("HH:mm:ss")));
    QCOMPARE(stage.cell(0, ExchangeColumn::Method), text("POST"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Path), text("/hooks?a=b"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Status), text("201"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Duration), text("12 ms"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Size), text("1.7 kB"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Tunnel), text("shop"));
    QVERIFY(stage.cell(0, ExchangeColumn::Marker).isEmpty());
}

void ExchangeModelTest::whatIsPendingHasNoNumbersYet()
{
    Stage stage;
    stage.store.add({samples::pending(1), samples::aborted(2, "/", wire::Code::Timeout, "too slow"),
                     samples::replayed(3, "GET", "/"), samples::upgraded(4, "/ws"),
                     samples::imported(5, "http://h/items")});
    QCOMPARE(stage.cell(0, ExchangeColumn::Duration), text("–"));
    QCOMPARE(stage.cell(0, ExchangeColumn::Size), text("–"));
    QVERIFY(!stage.cell(0, ExchangeColumn::Status).isEmpty());
    QVERIFY(!stage.cell(1, ExchangeColumn::Marker).isEmpty());
    QVERIFY(!stage.cell(2, ExchangeColumn::Marker).isEmpty());
    QVERIFY(stage.cell(3, ExchangeColumn::Marker).contains(text("websocket")));
    QVERIFY(stage.cell(4, ExchangeColumn::Marker).contains(text("Imported")));
    const auto why = stage.model.index(1, int(ExchangeColumn::Status)).data(Qt::ToolTipRole).toString();
    QVERIFY2(!why.isEmpty(), "the reason of an aborted request");
}

void ExchangeModelTest::numbersStandAtTheRight()
{
    Stage stage;
    stage.store.add({samples::summary(1)});
    for (int column = 0; column < kExchangeColumns; ++column) {
        const bool number =
            ExchangeColumn(column) == ExchangeColumn::Duration || ExchangeColumn(column) == ExchangeColumn::Size;
        const auto alignment = stage.model.index(0, column).data(Qt::TextAlignmentRole).toInt();
        QCOMPARE(bool(alignment & Qt::AlignRight), number);
        QCOMPARE(stage.model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt(), alignment);
    }
}

void ExchangeModelTest::rolesGiveKeyAndSummary()
{
    Stage stage;
    stage.store.add(samples::morning());
    const auto index = stage.model.index(3, 0);
    QCOMPARE(index.data(KeyRole).toULongLong(), quint64{4});
    QCOMPARE(index.data(SummaryRole).value<client::ExchangeSummary>().target, text("/hooks/stripe?livemode=false"));
    QCOMPARE(stage.model.rowOf(4), 3);
    QCOMPARE(stage.model.rowOf(400), -1);
}

void ExchangeModelTest::everyColumnButTheMarkerHasAName()
{
    const Stage stage;
    for (int column = 1; column < kExchangeColumns; ++column)
        QVERIFY(!stage.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
    QVERIFY(!stage.model.headerData(kExchangeColumns, Qt::Horizontal, Qt::DisplayRole).isValid());
}

QTEST_MAIN(ExchangeModelTest)
#include "exchange_model_test.moc"
