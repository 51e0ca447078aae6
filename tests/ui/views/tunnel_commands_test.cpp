#include "support/screenshot.h"
#include "ui/text/status_text.h"
#include "ui/views/tunnel_commands.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;
using support::entryFor;

namespace {

struct Stage : support::WorkspaceStage {
    TunnelCommands commands{run.workspace, theme};
    QString id = add("shop");

    [[nodiscard]] QStringList menu()
    {
        QMenu menu;
        commands.fillMenu(menu, id);
        QStringList names;
        for (const auto *action : menu.actions())
            if (!action->isSeparator())
                names << action->text().remove(u'&');
        return names;
    }
    void choose(const char *name)
    {
        QMenu menu;
        commands.fillMenu(menu, id);
        for (auto *action : menu.actions())
            if (action->text().remove(u'&') == text(name))
                return action->trigger();
        QFAIL(name);
    }
    // Of the submenu with the other servers.
    void move(const QString &place)
    {
        QMenu menu;
        commands.fillMenu(menu, id);
        for (auto *action : places(menu))
            if (action->text() == place)
                return action->trigger();
        QFAIL(qPrintable(place));
    }
    [[nodiscard]] QStringList places()
    {
        QMenu menu;
        commands.fillMenu(menu, id);
        QStringList names;
        for (const auto *action : places(menu))
            names << action->text();
        return names;
    }
    static QList<QAction *> places(const QMenu &menu)
    {
        for (const auto *action : menu.actions())
            if (action->menu())
                return action->menu()->actions();
        return {};
    }
    void know(const QUrl &server, const char *label)
    {
        auto preferences = run.workspace.preferences();
        preferences.servers.append({server, text(label)});
        if (!run.workspace.setPreferences(preferences))
            qFatal("cannot save a server");
    }
};

} // namespace

class TunnelCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMenuOffersWhatApplies();
    void pausesAndResumes();
    void stopsAndStarts();
    void copiesAndOpensTheUrl();
    void duplicates();
    void movesToAnotherServerAndBack();
    void aMoveThatFailsIsToldAndCanBeTakenBack();
    void aTokenFileGoesToNoOtherServer();
    void removesAndTells();
    void asksToEdit();
    void whatIsGoneIsLeftAlone();
};

void TunnelCommandsTest::theMenuOffersWhatApplies()
{
    Stage stage;
    QTRY_VERIFY(stage.run.at(0).online());
    QVERIFY(stage.menu().contains(text("Pause")) && stage.menu().contains(text("Stop")));
    QVERIFY(!stage.menu().contains(text("Start")));
    stage.commands.stop(stage.id);
    QTRY_COMPARE(stage.run.phase(), client::Phase::Stopped);
    QVERIFY(stage.menu().contains(text("Start")));
    QVERIFY(!stage.menu().contains(text("Pause")) && !stage.menu().contains(text("Stop")));
}

void TunnelCommandsTest::pausesAndResumes()
{
    Stage stage;
    QTRY_VERIFY(stage.run.at(0).online());
    stage.choose("Pause");
    QTRY_VERIFY(stage.run.at(0).status.paused);
    stage.choose("Resume");
    QTRY_VERIFY(!stage.run.at(0).status.paused);
}

void TunnelCommandsTest::stopsAndStarts()
{
    Stage stage;
    QTRY_VERIFY(stage.run.at(0).online());
    stage.choose("Stop");
    QTRY_COMPARE(stage.run.phase(), client::Phase::Stopped);
    stage.choose("Start");
    QTRY_VERIFY(stage.run.at(0).online());
    stage.choose("Reconnect");
    QTRY_VERIFY(stage.run.at(0).online());
}

void TunnelCommandsTest::copiesAndOpensTheUrl()
{
    Stage stage;
    QTRY_VERIFY(stage.run.at(0).online());
    const QSignalSpy copied(&stage.commands, &TunnelCommands::copied);
    const QSignalSpy opened(&stage.commands, &TunnelCommands::openUrlRequested);
    stage.choose("Copy URL");
    QCOMPARE(QApplication::clipboard()->text(), stage.run.at(0).publicUrl);
    QCOMPARE(copied.size(), 1);
    stage.choose("Open in browser");
    QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(stage.run.at(0).publicUrl));
}

void TunnelCommandsTest::duplicates()
{
    Stage stage;
    const QSignalSpy duplicated(&stage.commands, &TunnelCommands::duplicated);
    stage.choose("Duplicate");
    QCOMPARE(stage.run.workspace.tunnels().size(), 2);
    QCOMPARE(duplicated.at(0).at(0).toString(), stage.run.at(1).id);
}

void TunnelCommandsTest::movesToAnotherServerAndBack()
{
    const support::LoopbackRelay relay;
    Stage stage;
    QVERIFY(!stage.menu().contains(text("Move to server"))); // there is no other
    stage.know(support::urlOf(relay), "Berlin");
    QTRY_VERIFY(stage.run.at(0).online());
    const QString here = stage.run.at(0).publicUrl;
    QCOMPARE(stage.places(), QStringList{text("Berlin")});
    {
        QMenu menu;
        stage.commands.fillMenu(menu, stage.id);
        support::keepScreenshot(text("tunnel-menu"), menu, stage.theme);
        support::keepScreenshot(text("tunnel-menu-move"), *qobject_cast<QMenu *>(Stage::places(menu).at(0)->parent()),
                                stage.theme);
    }

    stage.move(text("Berlin"));
    QTRY_VERIFY(stage.run.at(0).online() && stage.run.at(0).publicUrl.contains(QString::number(relay.port())));
    QCOMPARE(stage.run.names(), QStringList{text("shop")});
    QCOMPARE(stage.places(), QStringList{text("This computer (built-in relay)")});

    stage.move(text("This computer (built-in relay)"));
    QTRY_VERIFY(stage.run.at(0).online() && stage.run.at(0).publicUrl == here);

    stage.commands.stop(stage.id);
    QTRY_COMPARE(stage.run.phase(), client::Phase::Stopped);
    stage.move(text("Berlin"));
    QCOMPARE(stage.run.phase(), client::Phase::Stopped); // closed before and after
    QCOMPARE(stage.run.at(0).entry.server, support::urlOf(relay));
}

void TunnelCommandsTest::aMoveThatFailsIsToldAndCanBeTakenBack()
{
    const support::LoopbackRelay relay;
    Stage stage, other; // which has the name there
    other.know(support::urlOf(relay), "Berlin");
    other.move(text("Berlin"));
    QTRY_VERIFY(other.run.at(0).online() && !other.run.at(0).onEmbeddedRelay());

    stage.know(support::urlOf(relay), "Berlin");
    stage.move(text("Berlin"));
    QTRY_COMPARE(stage.run.phase(), client::Phase::Failed);
    QVERIFY(explanation(stage.run.at(0)).contains(text("shop")));
    stage.move(text("This computer (built-in relay)"));
    QTRY_VERIFY(stage.run.at(0).online());
    QVERIFY(other.run.at(0).online());
}

void TunnelCommandsTest::aTokenFileGoesToNoOtherServer()
{
    Stage stage;
    const QUrl first(text("https://one.example")), second(text("https://two.example"));
    stage.know(first, "");
    stage.know(second, "");
    auto entry = entryFor(3000, text("shop"), first);
    entry.tokenFile = text("/nowhere/token");
    QVERIFY(stage.run.workspace.edit(stage.id, entry));
    const QSignalSpy failed(&stage.commands, &TunnelCommands::failed);
    stage.move(text("two.example"));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(text("/nowhere/token")));
    QCOMPARE(stage.run.at(0).entry.server, first);
}

void TunnelCommandsTest::removesAndTells()
{
    Stage stage;
    const QSignalSpy removed(&stage.commands, &TunnelCommands::removed);
    stage.choose("Remove");
    QCOMPARE(removed.at(0).at(0).toString(), text("shop"));
    QVERIFY(stage.run.workspace.tunnels().isEmpty());
}

void TunnelCommandsTest::asksToEdit()
{
    Stage stage;
    const QSignalSpy edit(&stage.commands, &TunnelCommands::editRequested);
    stage.choose("Edit…");
    QCOMPARE(edit.at(0).at(0).toString(), stage.id);
}

void TunnelCommandsTest::whatIsGoneIsLeftAlone()
{
    Stage stage;
    const QSignalSpy failed(&stage.commands, &TunnelCommands::failed);
    const QSignalSpy removed(&stage.commands, &TunnelCommands::removed);
    stage.commands.remove(text("nobody"));
    stage.commands.edit(text("nobody"));
    stage.commands.copyUrl(text("nobody"));
    stage.commands.duplicate(text("nobody"));
    QCOMPARE(removed.size(), 0);
    QCOMPARE(failed.size(), 1); // the workspace says why it cannot
    QCOMPARE(stage.run.workspace.tunnels().size(), 1);
}

QTEST_MAIN(TunnelCommandsTest)
#include "tunnel_commands_test.moc"
