// The window that people keep open: tunnels at the left, their live requests in the middle, details at the right. Puts
// the parts together and keeps their places in WindowState; what it does not do itself it tells by signals. GUI thread;
// everything it is given is borrowed and outlives it.
#pragma once

#include "settings/window_state.h"
#include "traffic/exchange_store.h"
#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QMainWindow>
#include <QUrl>

#include <memory>

namespace ui {

struct MainWindowParts;
class MainWindowPlaces;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(workspace::Workspace &workspace, traffic::ExchangeStore &store, const Theme &theme,
               settings::WindowState &state, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showExpose(quint16 port = 0);
    void selectTunnel(const QString &id); // empty or unknown: all
    void selectExchange(quint64 key);
    // One line over the lower edge, for what the program did on request ("Replayed").
    void tell(const QString &sentence);

    [[nodiscard]] MainWindowParts &parts() { return *m_parts; } // for tests and for the program's wiring

Q_SIGNALS:
    void replayRequested(quint64 key, bool edit);
    void settingsRequested();
    void serverRequested(const QUrl &server); // in the settings, where its token is typed
    void quitRequested();
    void openUrlRequested(const QUrl &url); // in the browser

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void connectTunnels();
    void connectRequests();
    void connectWorkspace();
    void addShortcuts();
    void addShortcut(const QKeySequence &keys, const std::function<void()> &act);
    void adoptTunnel();
    void adoptFilter(const QString &text);
    void edit(const QString &id, bool rename);
    void showMiddle();
    void clearRequests();
    void showImported();
    void replay(bool edit);
    void refreshStatus();
    void showNotice(const workspace::Notice &notice);

    workspace::Workspace &m_workspace;
    traffic::ExchangeStore &m_store;
    std::unique_ptr<MainWindowParts> m_parts;
    std::unique_ptr<MainWindowPlaces> m_places;
    bool m_exposing = false; // the form is shown although there are tunnels
};

} // namespace ui
