#include "core/workspace/test_workspace.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_commands.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    support::Home home;
    support::Run run{home};
    traffic::ExchangeStore store;
    ExchangeCommands commands{run.workspace, store};
    QSignalSpy told{&commands, &ExchangeCommands::told};

    [[nodiscard]] static QString clipboard() { return QApplication::clipboard()->text(); }
};

} // namespace

class ExchangeCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theUrlIsThatOfTheTunnel();
    void withoutATunnelTheHostTellsIt();
    void secretsAreCopiedOnRequestOnly();
    void whatIsGoneIsSaid();
};

void ExchangeCommandsTest::theUrlIsThatOfTheTunnel()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(9, text("shop")));
    samples::fill(stage.store, id);
    QTRY_VERIFY(stage.run.at(0).online());
    QString base = stage.run.at(0).publicUrl;
    if (base.endsWith(u'/'))
        base.chop(1);
    stage.commands.copyUrl(4);
    QCOMPARE(Stage::clipboard(), base + text("/hooks/stripe?livemode=false"));
    QCOMPARE(stage.told.size(), 1);
}

void ExchangeCommandsTest::withoutATunnelTheHostTellsIt()
{
    Stage stage;
    samples::fill(stage.store);
    stage.commands.copyUrl(4);
    QCOMPARE(Stage::clipboard(), text("http://shop.localhost:7000/hooks/stripe?livemode=false"));
    stage.commands.copyUrl(1); // no head was recorded
    QCOMPARE(Stage::clipboard(), text("/"));
    stage.store.add({samples::imported(99, "https://api.example.com/items")});
    stage.commands.copyCurl(99);
    QVERIFY(Stage::clipboard().contains(text("https://api.example.com/items")));
}

void ExchangeCommandsTest::secretsAreCopiedOnRequestOnly()
{
    Stage stage;
    samples::fill(stage.store);
    stage.commands.copyCurl(4);
    QVERIFY(Stage::clipboard().startsWith(text("curl")));
    QVERIFY(!Stage::clipboard().contains(text("sk_live_51HqLyjWDarjtT1zdp7dc")));
    QVERIFY(stage.told.last().at(0).toString().contains(text("REDACTED")));
    stage.commands.copyCurl(4, true);
    QVERIFY(Stage::clipboard().contains(text("sk_live_51HqLyjWDarjtT1zdp7dc")));
    QVERIFY(stage.told.last().at(0).toString().contains(text("secrets in it")));
    stage.commands.copyCurl(14);
    QCOMPARE(stage.told.last().at(0).toString(), text("Copied as cURL."));
}

void ExchangeCommandsTest::whatIsGoneIsSaid()
{
    Stage stage;
    QApplication::clipboard()->setText(text("before"));
    stage.commands.copyCurl(77);
    stage.commands.copyUrl(77);
    QCOMPARE(stage.told.size(), 2);
    QCOMPARE(Stage::clipboard(), text("before"));
}

QTEST_MAIN(ExchangeCommandsTest)
#include "exchange_commands_test.moc"
