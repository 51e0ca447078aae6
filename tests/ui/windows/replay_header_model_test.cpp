#include "draft_headers.h"
#include "ui/windows/replay_header_model.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using support::header;

namespace {

struct Bench {
    Bench() : theme(*qApp, settings::Appearance::Light), model(theme), edits(&model, &ReplayHeaderModel::edited)
    {
        model.setHeaders({header("Accept", "*/*"), header("Authorization", "Bearer sk_live_1"), header("X-A", "1")});
    }
    QVariant data(int row, int column, int role = Qt::DisplayRole) const
    {
        return model.data(model.index(row, column), role);
    }
    bool set(int row, int column, const QVariant &value, int role = Qt::EditRole)
    {
        return model.setData(model.index(row, column), value, role);
    }

    Theme theme;
    ReplayHeaderModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy edits;
};

} // namespace

class ReplayHeaderModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheFieldsAndAnEmptyRow()
    {
        Bench bench;
        QCOMPARE(bench.model.rowCount(), 4);
        QCOMPARE(bench.data(0, ReplayHeaderModel::Name).toString(), QStringLiteral("Accept"));
        QCOMPARE(bench.data(0, ReplayHeaderModel::Value).toString(), QStringLiteral("*/*"));
        QVERIFY(bench.model.isBlank(3));
        QCOMPARE(bench.data(3, ReplayHeaderModel::Name, Qt::EditRole).toString(), QString());
        QVERIFY(!bench.data(3, ReplayHeaderModel::Enabled, Qt::CheckStateRole).isValid());
        QVERIFY(bench.edits.isEmpty());
    }

    void secretsAreMaskedButNotToTheirEditor()
    {
        Bench bench;
        QVERIFY(bench.model.hasSecrets());
        QVERIFY(!bench.data(1, ReplayHeaderModel::Value).toString().contains(QStringLiteral("sk_live")));
        QVERIFY(
            !bench.data(1, ReplayHeaderModel::Value, Qt::ToolTipRole).toString().contains(QStringLiteral("sk_live")));
        QCOMPARE(bench.data(1, ReplayHeaderModel::Value, Qt::EditRole).toString(), QStringLiteral("Bearer sk_live_1"));
        bench.model.setRevealed(true);
        QCOMPARE(bench.data(1, ReplayHeaderModel::Value).toString(), QStringLiteral("Bearer sk_live_1"));
    }

    void changesAndSwitchesOff()
    {
        Bench bench;
        QVERIFY(bench.set(0, ReplayHeaderModel::Value, QStringLiteral(" text/html ")));
        QCOMPARE(bench.model.headers()[0].value, QStringLiteral("text/html"));
        QVERIFY(bench.set(2, ReplayHeaderModel::Enabled, Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!bench.model.headers()[2].enabled);
        QCOMPARE(bench.data(2, ReplayHeaderModel::Value, Qt::ForegroundRole).value<QColor>(),
                 bench.theme.colors().disabled);
        QCOMPARE(bench.edits.size(), 2);
        QVERIFY(bench.set(0, ReplayHeaderModel::Value, QStringLiteral("text/html"))); // the same
        QCOMPARE(bench.edits.size(), 2);
    }

    void theEmptyRowTakesANewField()
    {
        Bench bench;
        const QPersistentModelIndex cursor(bench.model.index(3, ReplayHeaderModel::Name));
        QVERIFY(!bench.set(3, ReplayHeaderModel::Name, QStringLiteral("  ")));
        QVERIFY(bench.set(3, ReplayHeaderModel::Name, QStringLiteral("X-New")));
        QCOMPARE(bench.model.rowCount(), 5);
        QCOMPARE(bench.model.headers().last(), header("X-New", ""));
        QCOMPARE(cursor.row(), 3); // stays on what was typed
        QVERIFY(bench.set(3, ReplayHeaderModel::Value, QStringLiteral("2")));
        QCOMPARE(bench.model.headers().last(), header("X-New", "2"));
        QVERIFY(bench.set(4, ReplayHeaderModel::Value, QStringLiteral("a value first")));
        QCOMPARE(bench.model.headers().last(), header("", "a value first"));
    }

    void toggles()
    {
        Bench bench;
        bench.set(1, ReplayHeaderModel::Enabled, Qt::Unchecked, Qt::CheckStateRole);
        bench.model.toggle({0, 1, 3});
        QVERIFY(!bench.model.headers()[0].enabled);
        QVERIFY(bench.model.headers()[1].enabled);
        QVERIFY(bench.model.headers()[2].enabled);
    }

    void removes()
    {
        Bench bench;
        bench.model.remove({0, 3, 2});
        QCOMPARE(bench.model.headers(), (QList{header("Authorization", "Bearer sk_live_1")}));
        QCOMPARE(bench.model.rowCount(), 2);
        QCOMPARE(bench.edits.size(), 1);
    }

    void linesAreWhole()
    {
        Bench bench;
        QCOMPARE(bench.model.line(1), QStringLiteral("Authorization: Bearer sk_live_1"));
        QCOMPARE(bench.model.line(3), QString());
    }

    void readsPastedLines()
    {
        const auto pasted = headersFromText(QStringLiteral("GET /a HTTP/1.1\r\nHost: a.example:80\r\n"
                                                           "X-Empty:\r\nno header\r\nbad name: 1\r\n\r\n"));
        QCOMPARE(pasted, (QList{header("Host", "a.example:80"), header("X-Empty", "")}));
    }
};

QTEST_MAIN(ReplayHeaderModelTest)
#include "replay_header_model_test.moc"
