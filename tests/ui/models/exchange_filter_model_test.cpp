#include "ui/models/exchange_filter_model.h"
#include "ui/traffic_samples.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    traffic::ExchangeStore store;
    ExchangeModel source{store};
    ExchangeFilterModel model{source};

    [[nodiscard]] QList<int> keys() const
    {
        QList<int> keys;
        for (int row = 0; row < model.rowCount(); ++row)
            keys.append(int(model.summary(row).key));
        return keys;
    }
    void filter(const char *query) { model.setQuery(ExchangeQuery(text(query))); }
};

struct CheckedStage : Stage {
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

constexpr int kMany = 20'000;
constexpr qint64 kFrameMs = 50;

// CPU time of this thread: other programs do not count.
class Busy {
public:
    [[nodiscard]] qint64 ms() const { return (now() - m_start) / 1'000'000; }

private:
    static qint64 now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    }
    qint64 m_start = now();
};

client::ExchangeBatch many(quint64 first, int count, bool open)
{
    static const char *const paths[] = {"/", "/api/orders?page=2", "/assets/index-4f1a9c2e.js", "/hooks/stripe"};
    client::ExchangeBatch batch;
    for (int i = 0; i < count; ++i) {
        const auto key = first + quint64(i);
        batch.append(open ? samples::pending(key, "GET", paths[key % 4])
                          : samples::summary(key, "GET", paths[key % 4], key % 7 == 0 ? 500 : 200));
    }
    return batch;
}

} // namespace

class ExchangeFilterModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatFits();
    void followsTheStore();
    void aFilterChangesTheLayoutAndNeverResets();
    void theChosenTunnelIsAFilterToo();
    void sortsByEveryColumn_data();
    void sortsByEveryColumn();
    void withoutAColumnItIsTheOrderOfArrival();
    void rowsAreFoundByKey();
    void staysFastWithManyRows_data();
    void staysFastWithManyRows();
};

void ExchangeFilterModelTest::showsWhatFits()
{
    CheckedStage stage;
    samples::fill(stage.store);
    QCOMPARE(stage.model.rowCount(), stage.source.rowCount());
    stage.filter("hooks");
    QCOMPARE(stage.keys(), (QList<int>{4, 10}));
    stage.filter("nothing like this");
    QCOMPARE(stage.keys(), QList<int>());
    stage.filter("status:oops");
    QCOMPARE(stage.model.rowCount(), stage.source.rowCount());
    QVERIFY(!stage.model.query().fault().isEmpty());
}

void ExchangeFilterModelTest::followsTheStore()
{
    CheckedStage stage;
    stage.filter("is:pending");
    stage.store.add({samples::summary(1), samples::pending(2), samples::pending(3)});
    QCOMPARE(stage.keys(), (QList<int>{2, 3}));
    stage.store.add({samples::summary(2)});
    QCOMPARE(stage.keys(), QList<int>{3});
    stage.store.clear();
    QCOMPARE(stage.keys(), QList<int>());
    stage.store.undoClear();
    QCOMPARE(stage.keys(), QList<int>{3});
}

void ExchangeFilterModelTest::aFilterChangesTheLayoutAndNeverResets()
{
    CheckedStage stage;
    samples::fill(stage.store);
    const QSignalSpy reset(&stage.model, &QAbstractItemModel::modelReset);
    const QSignalSpy removed(&stage.model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy layout(&stage.model, &QAbstractItemModel::layoutChanged);
    const QPersistentModelIndex chosen(stage.model.index(stage.model.rowOf(4), 0));
    stage.filter("hooks");
    QCOMPARE(reset.size() + removed.size(), 0);
    QCOMPARE(layout.size(), 1);
    QCOMPARE(chosen.row(), 0);
}

void ExchangeFilterModelTest::theChosenTunnelIsAFilterToo()
{
    CheckedStage stage;
    auto other = samples::summary(2, "GET", "/other");
    other.tunnelId = text("t2");
    stage.store.add({samples::summary(1), other, samples::summary(3)});
    stage.model.setTunnel(text("t2"));
    QCOMPARE(stage.keys(), QList<int>{2});
    stage.model.setTunnel({});
    QCOMPARE(stage.keys(), (QList<int>{1, 2, 3}));
}

void ExchangeFilterModelTest::sortsByEveryColumn_data()
{
    QTest::addColumn<ExchangeColumn>("column");
    QTest::addColumn<QList<int>>("ascending");
    QTest::newRow("time") << ExchangeColumn::Time << QList<int>{1, 2, 3};
    QTest::newRow("method") << ExchangeColumn::Method << QList<int>{3, 1, 2};
    QTest::newRow("path") << ExchangeColumn::Path << QList<int>{2, 1, 3};
    QTest::newRow("status") << ExchangeColumn::Status << QList<int>{2, 3, 1};
    QTest::newRow("duration") << ExchangeColumn::Duration << QList<int>{3, 2, 1};
    QTest::newRow("size") << ExchangeColumn::Size << QList<int>{2, 3, 1};
    QTest::newRow("tunnel") << ExchangeColumn::Tunnel << QList<int>{3, 1, 2};
    QTest::newRow("marker") << ExchangeColumn::Marker << QList<int>{2, 1, 3};
}

void ExchangeFilterModelTest::sortsByEveryColumn()
{
    QFETCH(ExchangeColumn, column);
    QFETCH(QList<int>, ascending);
    CheckedStage stage;
    auto one = samples::summary(1, "GET", "/b", 404);
    auto two = samples::pending(2, "POST", "/A");
    auto three = samples::summary(3, "DELETE", "/c", 200);
    one.durationUs = 30;
    two.durationUs = 20;
    three.durationUs = 10;
    one.responseBytes = 9;
    two.responseBytes = 1;
    three.responseBytes = 5;
    three.tunnelName = text("Alpha");
    stage.store.add({one, two, three});
    stage.model.sort(int(column), Qt::AscendingOrder);
    QCOMPARE(stage.keys(), ascending);
    stage.model.sort(int(column), Qt::DescendingOrder);
    std::ranges::reverse(ascending);
    QCOMPARE(stage.keys(), ascending);
}

void ExchangeFilterModelTest::withoutAColumnItIsTheOrderOfArrival()
{
    CheckedStage stage;
    samples::fill(stage.store);
    const auto arrived = stage.keys();
    stage.model.sort(int(ExchangeColumn::Size), Qt::DescendingOrder);
    QVERIFY(!stage.model.inOrderOfArrival());
    QVERIFY(stage.keys() != arrived);
    stage.model.sort(-1);
    QVERIFY(stage.model.inOrderOfArrival());
    QCOMPARE(stage.keys(), arrived);
}

void ExchangeFilterModelTest::rowsAreFoundByKey()
{
    CheckedStage stage;
    samples::fill(stage.store);
    stage.filter("hooks");
    QCOMPARE(stage.model.rowOf(10), 1);
    QCOMPARE(stage.model.rowOf(1), -1);
    QCOMPARE(stage.model.rowOf(9999), -1);
}

void ExchangeFilterModelTest::staysFastWithManyRows_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("column");
    QTest::newRow("all") << QString() << -1;
    QTest::newRow("word") << text("orders") << -1;
    QTest::newRow("several terms") << text("get status:2xx -path:*.js ord") << -1;
    QTest::newRow("sorted by duration") << QString() << int(ExchangeColumn::Duration);
    QTest::newRow("sorted and filtered") << text("status:5xx") << int(ExchangeColumn::Size);
}

// 2,000 requests a second are 100 new ones and 100 answers in each of 20 batches; the store evicts all the while.
void ExchangeFilterModelTest::staysFastWithManyRows()
{
    QFETCH(QString, query);
    QFETCH(int, column);
    Stage stage;
    stage.store.add(many(1, kMany, false));
    const Busy filtering;
    stage.model.setQuery(ExchangeQuery(query));
    QVERIFY(stage.model.rowCount() > 0);
    const auto filtered = filtering.ms();
    QVERIFY2(filtered <= kFrameMs, qPrintable(text("a new filter took %1 ms").arg(filtered)));
    stage.model.sort(column, Qt::DescendingOrder);
    qint64 worst = 0;
    for (int batch = 0; batch < 40; ++batch) {
        const Busy taking;
        const auto first = quint64(kMany + 1 + batch * 100);
        stage.store.add(many(first, 100, true));
        stage.store.add(many(first, 100, false));
        QVERIFY(stage.model.rowCount() > 0);
        worst = std::max(worst, taking.ms());
    }
    QVERIFY2(worst <= kFrameMs, qPrintable(text("a batch took %1 ms").arg(worst)));
    qInfo("filter %lld ms, worst batch %lld ms", qlonglong(filtered), qlonglong(worst));
}

QTEST_MAIN(ExchangeFilterModelTest)
#include "exchange_filter_model_test.moc"
