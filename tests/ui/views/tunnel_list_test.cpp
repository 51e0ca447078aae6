#include "support/screenshot.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_delegate.h"
#include "ui/views/tunnel_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    TunnelModel model{run.workspace};
    TunnelCommands commands{run.workspace, theme};
    TunnelList list{theme, model, commands};
    QSignalSpy chosen{&list, &TunnelList::chosenChanged};

    Stage()
    {
        list.resize(240, 500);
        list.show();
    }
    [[nodiscard]] QListView &view() const { return *list.findChild<QListView *>(); }
    [[nodiscard]] QToolButton &all() const
    {
        for (auto *button : list.findChildren<QToolButton *>())
            if (button->isCheckable())
                return *button;
        qFatal("no button for all");
    }
    void click(int row, QPoint offset = {60, 10})
    {
        const QRect rect = view().visualRect(model.index(row));
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, rect.topLeft() + offset);
    }
};

} // namespace

class TunnelListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesOneOrAll();
    void allAreOfferedFromTwoOn();
    void aRemovedChoiceMeansAll();
    void actionsAreInEachRow();
    void keysEditAndRemove();
    void asksToExpose();
    void looksRight();
};

void TunnelListTest::choosesOneOrAll()
{
    Stage stage;
    const auto shop = stage.add("shop");
    const auto blog = stage.add("blog");
    QVERIFY(stage.list.chosen().isEmpty());
    QVERIFY(stage.all().isChecked());
    stage.click(1);
    QCOMPARE(stage.list.chosen(), blog);
    QVERIFY(!stage.all().isChecked());
    stage.list.choose(shop);
    QCOMPARE(stage.view().currentIndex().row(), 0);
    QTest::mouseClick(&stage.all(), Qt::LeftButton);
    QVERIFY(stage.list.chosen().isEmpty());
    QVERIFY(!stage.view().currentIndex().isValid());
    QCOMPARE(stage.chosen.size(), 3);
    stage.list.choose(text("nobody"));
    QCOMPARE(stage.chosen.size(), 3);
}

void TunnelListTest::allAreOfferedFromTwoOn()
{
    Stage stage;
    stage.add("shop");
    QVERIFY(!stage.all().isVisible());
    stage.add("blog");
    QVERIFY(stage.all().isVisible());
    QVERIFY(stage.all().text().contains(text("2")));
}

void TunnelListTest::aRemovedChoiceMeansAll()
{
    Stage stage;
    const auto shop = stage.add("shop");
    stage.add("blog");
    stage.list.choose(shop);
    QVERIFY(stage.run.workspace.remove(shop).has_value());
    QVERIFY(stage.list.chosen().isEmpty());
    QCOMPARE(stage.chosen.last().at(0).toString(), QString());
}

void TunnelListTest::actionsAreInEachRow()
{
    Stage stage;
    stage.add("shop");
    const QRect row = stage.view().visualRect(stage.model.index(0));
    QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {}, TunnelDelegate::moreRect(row).center());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QVERIFY(menu->actions().size() > 5);
    menu->close();
    Q_EMIT stage.view().customContextMenuRequested(row.center());
    QVERIFY(QApplication::activePopupWidget());
    QApplication::activePopupWidget()->close();
}

void TunnelListTest::keysEditAndRemove()
{
    Stage stage;
    const auto shop = stage.add("shop");
    const QSignalSpy edit(&stage.commands, &TunnelCommands::editRequested);
    stage.view().setFocus();
    stage.list.choose(shop);
    QTest::keyClick(&stage.view(), Qt::Key_F2);
    QCOMPARE(edit.size(), 1);
    QTest::keyClick(&stage.view(), Qt::Key_Delete);
    QVERIFY(stage.run.workspace.tunnels().isEmpty());
    QTest::keyClick(&stage.view(), Qt::Key_Delete); // nothing is left
}

void TunnelListTest::asksToExpose()
{
    Stage stage;
    const QSignalSpy asked(&stage.list, &TunnelList::exposeRequested);
    QTest::mouseClick(stage.list.findChild<IconButton *>(), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
}

void TunnelListTest::looksRight()
{
    support::Home home;
    support::Run run(home);
    const auto shop = support::added(run, support::entryFor(3000, text("shop")));
    const auto paused = support::added(run, support::entryFor(5173, text("vite-react-storefront-preview")));
    const auto stopped = support::added(run, support::entryFor(8080, text("blog")));
    support::added(run, support::entryFor(4000, text("api"), QUrl(text("http://127.0.0.1:1"))));
    QTRY_VERIFY(run.at(0).online() && run.at(1).online());
    run.workspace.setPaused(paused, true);
    run.workspace.stop(stopped);
    QTRY_VERIFY(run.at(1).status.paused && run.phase(2) == client::Phase::Stopped &&
                run.phase(3) == client::Phase::Reconnecting);
    TunnelModel model(run.workspace);
    support::keepScreenshots(text("tunnel-list"), {232, 440}, [&](Theme &theme) {
        auto *commands = new TunnelCommands(run.workspace, theme, &theme);
        auto list = std::make_unique<TunnelList>(theme, model, *commands);
        list->choose(shop);
        return list;
    });
}

QTEST_MAIN(TunnelListTest)
#include "tunnel_list_test.moc"
