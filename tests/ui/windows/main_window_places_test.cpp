#include "ui/windows/main_window_places.h"
#include "ui/windows/main_window_stage.h"

#include <QSplitter>
#include <QTest>

using namespace ui;
using Stage = support::MainWindowStage;

class MainWindowPlacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesLast();
    void theOnlyTunnelIsChosen();
    void theListMayBeReadLater();
    void aNarrowWindowHasTheDetailsBelow();
    void damagedStateIsNoState();
};

void MainWindowPlacesTest::placesLast()
{
    Stage stage;
    stage.add("shop");
    const auto blog = stage.add("blog");
    stage.open({1400, 700});
    stage.window->selectTunnel(blog);
    stage.parts().columns->setSizes({300, 1100});
    const auto sizes = stage.parts().columns->sizes();
    stage.window->hide();
    settings::WindowState saved(stage.home.folder.path());
    MainWindow again(stage.run.workspace, stage.store, stage.theme, saved);
    QCOMPARE(again.size(), QSize(1400, 700));
    QCOMPARE(again.parts().rail->chosen(), blog);
    again.show();
    QCOMPARE(again.parts().columns->sizes(), sizes);
}

void MainWindowPlacesTest::aNarrowWindowHasTheDetailsBelow()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open({1400, 800});
    QCOMPARE(stage.parts().work->orientation(), Qt::Horizontal);
    stage.parts().work->setSizes({700, 460});
    const auto sizes = stage.parts().work->sizes();
    stage.window->resize(900, 600);
    QCOMPARE(stage.parts().work->orientation(), Qt::Vertical);
    QVERIFY(stage.window->width() == 900);
    stage.window->resize(1400, 800);
    QCOMPARE(stage.parts().work->orientation(), Qt::Horizontal);
    QTRY_COMPARE(stage.parts().work->sizes(), sizes);
}

void MainWindowPlacesTest::theOnlyTunnelIsChosen()
{
    Stage stage;
    const auto shop = stage.add("shop");
    stage.open();
    QCOMPARE(stage.parts().rail->chosen(), shop);
}

// As the program does: the window is there before the list is read.
void MainWindowPlacesTest::theListMayBeReadLater()
{
    support::Home home;
    support::Home::write(home.tunnelsFile(), "[[tunnel]]\nname = \"shop\"\ntarget = 3000\n"
                                             "[[tunnel]]\nname = \"blog\"\ntarget = 3001\n");
    support::TestLocalRelay relay;
    workspace::Workspace workspace({relay, home.secrets}, home.paths(), {});
    traffic::ExchangeStore store;
    const Theme theme(*qApp, settings::Appearance::Light);
    settings::WindowState state(home.folder.path());
    state.set(QStringLiteral("window.tunnel"), "blog");
    MainWindow window(workspace, store, theme, state);
    QVERIFY(window.parts().rail->chosen().isEmpty());
    workspace.open();
    QCOMPARE(window.parts().rail->chosen(), workspace.tunnels().at(1).id);
}

void MainWindowPlacesTest::damagedStateIsNoState()
{
    Stage stage;
    samples::fill(stage.store, stage.add("shop"));
    for (const char *name : {"window.geometry", "window.columns", "window.details.beside", "window.details.below",
                             "window.tunnel", "details.tab", "details.request"})
        stage.state.set(QString::fromUtf8(name), "\xff damaged");
    stage.open();
    QVERIFY(stage.table().isVisible());
    QVERIFY(stage.parts().details->isVisible());
}

QTEST_MAIN(MainWindowPlacesTest)
#include "main_window_places_test.moc"
