#include "client/exchange_log.h"
#include "support/screenshot.h"
#include "ui/suggestion_samples.h"
#include "ui/views/har_commands.h"
#include "ui/views/tunnel_commands.h"
#include "ui/widgets/icon_button.h"
#include "ui/windows/main_window_parts.h"
#include "ui/windows/main_window_stage.h"

#include <QMessageBox>
#include <QTest>

#include <functional>

using namespace ui;
using samples::suggestion;
using samples::text;

namespace {

using Prepare = std::function<void(MainWindow &)>;

// A state of the product: what is in the workspace and the store, and what the user did.
struct State {
    support::Home home;
    support::Run run{home};
    traffic::ExchangeStore store;

    QString add(const char *name, quint16 port, const QUrl &server = {})
    {
        return support::added(run, support::entryFor(port, text(name), server));
    }
    void keep(const char *name, QSize size, const Prepare &prepare)
    {
        support::keepScreenshots(text("window-") + text(name), size, [&](Theme &theme) {
            auto *window = new Window(*this, theme);
            window->resize(size);
            prepare(*window);
            return std::unique_ptr<QWidget>(window);
        });
    }

private:
    // With a place for its own state, so that one picture does not shape the next.
    struct Window : private QTemporaryDir, private settings::WindowState, public MainWindow {
        Window(State &state, Theme &theme)
            : settings::WindowState(path()),
              MainWindow(state.run.workspace, state.store, theme, static_cast<settings::WindowState &>(*this))
        {
        }
    };
};

} // namespace

class MainWindowPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyControlHasANameAndTakesTheKeyboard();
    void firstRun();
    void traffic_data();
    void traffic();
    void waitingForTheFirstRequest();
    void noMatch();
    void severalTunnels();
    void exposingAnother();
    void editing();
    void failures_data();
    void failures();
    void cleared();
    void keys();
    void requestsAreExportedAndImported();
};

void MainWindowPartsTest::everyControlHasANameAndTakesTheKeyboard()
{
    support::MainWindowStage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    stage.window->selectExchange(4);
    for (const auto *button : stage.window->findChildren<QAbstractButton *>()) {
        if (!button->isVisible() || qobject_cast<QLineEdit *>(button->parentWidget()))
            continue;
        QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(), button->metaObject()->className());
        QVERIFY2(button->focusPolicy() & Qt::TabFocus,
                 qPrintable(button->accessibleName() + button->text() + text(" takes no focus")));
        QVERIFY2(!button->text().isEmpty() || !button->toolTip().isEmpty(), qPrintable(button->accessibleName()));
    }
}

void MainWindowPartsTest::firstRun()
{
    State state;
    state.keep("first-run", {1280, 800}, [](MainWindow &window) {
        window.parts().form->suggestions()->setSuggestions({suggestion(3000, "node", "Vite + React"),
                                                            suggestion(8080, "nginx", "Welcome to nginx!"),
                                                            suggestion(5432, "postgres", "", false)});
    });
}

void MainWindowPartsTest::traffic_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<quint64>("key");
    QTest::addColumn<int>("tab");
    QTest::newRow("json") << QSize(1280, 800) << quint64{4} << int(DetailsPane::Request);
    QTest::newRow("overview") << QSize(1280, 800) << quint64{13} << int(DetailsPane::Overview);
    QTest::newRow("image") << QSize(1600, 1000) << quint64{14} << int(DetailsPane::Response);
    QTest::newRow("narrow") << QSize(900, 600) << quint64{4} << int(DetailsPane::Overview);
    QTest::newRow("unselected") << QSize(1280, 800) << quint64{0} << int(DetailsPane::Overview);
}

void MainWindowPartsTest::traffic()
{
    QFETCH(QSize, size);
    QFETCH(quint64, key);
    QFETCH(int, tab);
    State state;
    const auto id = state.add("shop", 3000);
    QTRY_VERIFY(state.run.at(0).online());
    samples::fill(state.store, id);
    state.keep(qPrintable(text("traffic-") + text(QTest::currentDataTag())), size, [&](MainWindow &window) {
        window.selectTunnel(id);
        window.parts().details->setTab(DetailsPane::Tab(tab));
        window.selectExchange(key);
    });
}

void MainWindowPartsTest::waitingForTheFirstRequest()
{
    State state;
    const auto id = state.add("shop", 3000);
    QTRY_VERIFY(state.run.at(0).online());
    state.keep("waiting", {1280, 800}, [&](MainWindow &window) { window.selectTunnel(id); });
}

void MainWindowPartsTest::noMatch()
{
    State state;
    samples::fill(state.store, state.add("shop", 3000));
    QTRY_VERIFY(state.run.at(0).online());
    state.keep("no-match", {1280, 800},
               [&](MainWindow &window) { window.parts().filter->setText(text("path:/checkout status:5xx")); });
}

void MainWindowPartsTest::severalTunnels()
{
    State state;
    const auto shop = state.add("shop", 3000);
    const auto api = state.add("api", 4000);
    const auto blog = state.add("blog", 8080);
    state.add("staging", 5000, QUrl(text("http://127.0.0.1:1")));
    QTRY_VERIFY(state.run.at(0).online() && state.run.at(1).online() && state.run.at(2).online());
    state.run.workspace.setPaused(api, true);
    state.run.workspace.stop(blog);
    QTRY_VERIFY(state.run.at(1).status.paused && state.run.phase(2) == client::Phase::Stopped &&
                state.run.phase(3) == client::Phase::Reconnecting);
    samples::fill(state.store, shop);
    auto more = samples::summary(40, "GET", "/v1/health", 200);
    more.tunnelId = api;
    more.tunnelName = text("api");
    state.store.add({more});
    state.keep("several", {1440, 900}, [&](MainWindow &window) { window.selectExchange(5); });
    state.keep("paused", {1280, 800}, [&](MainWindow &window) { window.selectTunnel(api); });
    state.keep("stopped", {1280, 800}, [&](MainWindow &window) { window.selectTunnel(blog); });
}

void MainWindowPartsTest::exposingAnother()
{
    State state;
    state.add("shop", 3000);
    QTRY_VERIFY(state.run.at(0).online());
    state.keep("expose", {1280, 800}, [&](MainWindow &window) {
        window.showExpose(5173);
        window.parts().form->suggestions()->setSuggestions({suggestion(3000, "node", "Shop"),
                                                            suggestion(5173, "node", "Vite + React"),
                                                            suggestion(5432, "postgres", "", false)});
    });
}

void MainWindowPartsTest::editing()
{
    State state;
    const auto id = state.add("shop", 3000);
    QTRY_VERIFY(state.run.at(0).online());
    samples::fill(state.store, id);
    state.keep("edit", {1280, 800}, [&](MainWindow &window) { window.parts().tunnelCommands->edit(id); });
}

void MainWindowPartsTest::failures_data()
{
    QTest::addColumn<wire::Error>("refusal");
    QTest::newRow("unauthorized") << wire::Error{wire::Code::Unauthorized, "the token is not known here"};
    QTest::newRow("name-taken") << wire::Error{wire::Code::NameTaken, "somebody else has the name shop"};
    QTest::newRow("reconnecting") << wire::Error{};
}

void MainWindowPartsTest::failures()
{
    QFETCH(wire::Error, refusal);
    State state;
    support::WireServer server;
    const bool lost = refusal.message.empty();
    if (!lost)
        server.refusal = refusal;
    const auto id = state.add("shop", 3000, server.url());
    QTRY_VERIFY(state.run.phase() == (lost ? client::Phase::Online : client::Phase::Failed));
    if (lost)
        server.crash();
    QTRY_VERIFY(state.run.phase() == (lost ? client::Phase::Reconnecting : client::Phase::Failed));
    samples::fill(state.store, id);
    state.keep(QTest::currentDataTag(), {1280, 800}, [&](MainWindow &window) { window.selectTunnel(id); });
}

void MainWindowPartsTest::cleared()
{
    State state;
    const auto id = state.add("shop", 3000);
    QTRY_VERIFY(state.run.at(0).online());
    state.keep("cleared", {1280, 800}, [&](MainWindow &window) {
        samples::fill(state.store, id);
        window.selectTunnel(id);
        window.show();
        window.parts().clearButton->click();
        state.run.workspace.noticed(
            {text("keyring"),
             text("No keyring answers, so tokens are kept until you quit. Start a keyring (for example "
                  "gnome-keyring) to keep them for good."),
             false});
    });
}

void MainWindowPartsTest::keys()
{
    State state;
    samples::fill(state.store, state.add("shop", 3000));
    QTRY_VERIFY(state.run.at(0).online());
    state.keep("shortcuts", {1280, 800}, [&](MainWindow &window) {
        window.show();
        window.parts().shortcuts->open();
    });
}

void MainWindowPartsTest::requestsAreExportedAndImported()
{
    while (client::drawExchangeKey() < 17)
        ; // those of the samples are taken
    support::MainWindowStage stage;
    samples::fill(stage.store, stage.add("shop"));
    stage.open();
    auto &har = *stage.parts().harCommands;
    stage.parts().filter->setText(text("method:POST"));
    QTest::keyClick(stage.window.get(), Qt::Key_S, Qt::ControlModifier);
    auto *question = qobject_cast<QMessageBox *>(har.dialog());
    QVERIFY(question && question->text().contains(text("3 requests"))); // those that are shown
    question->reject();
    const auto path = stage.home.folder.filePath(text("a.har"));
    har.save(stage.parts().list->shownKeys(), traffic::Redact::Secrets, path);
    QTRY_VERIFY(stage.parts().toast->text().contains(text("a.har")));
    har.load(path);
    QTRY_COMPARE(stage.store.count(), 20);
    QVERIFY(stage.parts().filter->text().isEmpty());
    QCOMPARE(stage.parts().shown.rowCount(), 20);
    har.load(stage.home.folder.filePath(text("none.har")));
    QTRY_VERIFY(stage.says("none.har"));
    QCOMPARE(stage.store.count(), 20);
}

QTEST_MAIN(MainWindowPartsTest)
#include "main_window_parts_test.moc"
