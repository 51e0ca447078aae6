#include "core/workspace/test_workspace.h"
#include "ui/models/roles.h"
#include "ui/models/tunnel_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    support::Home home;
    support::Run run{home};
    TunnelModel model{run.workspace};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    QString add(const char *name) { return support::added(run, support::entryFor(9, QString::fromUtf8(name))); }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names.append(model.index(row).data().toString());
        return names;
    }
};

} // namespace

class TunnelModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsTheWorkspace();
    void tellsStateInWords();
    void whatNobodySeesIsNoOtherLook();
};

void TunnelModelTest::followsTheWorkspace()
{
    Stage stage;
    const auto shop = stage.add("shop");
    const auto blog = stage.add("blog");
    QCOMPARE(stage.names(), (QStringList{QStringLiteral("shop"), QStringLiteral("blog")}));
    QCOMPARE(stage.model.rowOf(blog), 1);
    QCOMPARE(stage.model.index(1).data(IdRole).toString(), blog);
    QVERIFY(stage.run.workspace.remove(shop).has_value());
    QCOMPARE(stage.names(), QStringList{QStringLiteral("blog")});
    QCOMPARE(stage.model.rowOf(shop), -1);
    QVERIFY(stage.run.workspace.undoRemove());
    QCOMPARE(stage.names(), (QStringList{QStringLiteral("shop"), QStringLiteral("blog")}));
}

void TunnelModelTest::tellsStateInWords()
{
    Stage stage;
    stage.add("shop");
    const auto index = stage.model.index(0);
    QTRY_VERIFY(index.data(TunnelRole).value<workspace::TunnelInfo>().online());
    const QString spoken = index.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("shop")) && spoken.contains(QStringLiteral("Online")) &&
                 spoken.contains(QStringLiteral("localhost:9")),
             qPrintable(spoken));
}

void TunnelModelTest::whatNobodySeesIsNoOtherLook()
{
    workspace::TunnelInfo one;
    one.id = QStringLiteral("t");
    auto two = one;
    two.tokenSent = true;
    QVERIFY(looksTheSame(one, two));
    two.status.paused = true;
    QVERIFY(!looksTheSame(one, two));
    two = one;
    two.status.attempt = 2;
    QVERIFY(!looksTheSame(one, two));
    two = one;
    two.entry.name = QStringLiteral("other");
    QVERIFY(!looksTheSame(one, two));
}

QTEST_MAIN(TunnelModelTest)
#include "tunnel_model_test.moc"
