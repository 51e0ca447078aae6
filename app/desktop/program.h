// The desktop program: makes workspace, store, windows and tray and connects them. Owned by main, main thread; ends by
// QCoreApplication::exit.
#pragma once

#include "desktop/start_request.h"
#include "embedded/desktop_relay.h"
#include "embedded/stop_signals.h"
#include "settings/secret_vault.h"
#include "settings/window_state.h"
#include "traffic/exchange_store.h"
#include "ui/theme/theme.h"
#include "ui/windows/main_window.h"
#include "ui/windows/tray_icon.h"
#include "ui/windows/window_closer.h"
#include "workspace/workspace.h"

#include <QObject>

#include <memory>

class QApplication;

namespace ui {
class PassphraseDialog;
class ReplayWindow;
class SettingsWindow;
} // namespace ui

namespace desktop {

class Program : public QObject {
    Q_OBJECT
public:
    Program(QApplication &application, bool verbose);
    ~Program() override;

    // Opens what was open and shows the window, unless it is to be hidden and there is a tray.
    void start(const StartRequest &request);
    // The same for a later start.
    void adopt(const StartRequest &request);

    [[nodiscard]] workspace::Workspace &workspace() { return m_workspace; }
    [[nodiscard]] traffic::ExchangeStore &store() { return m_store; }
    [[nodiscard]] ui::MainWindow &window() { return m_window; }
    [[nodiscard]] ui::TrayIcon &tray() { return m_tray; }
    [[nodiscard]] ui::ReplayWindow &replayWindow();
    [[nodiscard]] ui::SettingsWindow &settingsWindow();
    [[nodiscard]] ui::PassphraseDialog *unlockDialog() const { return m_unlock.get(); } // null: it was never needed

private:
    void connectEngine(bool verbose);
    void connectWindow();
    void connectTray();
    void showWindow();
    void showSettings();
    void askPassphrase();
    void replay(quint64 key, bool edit);
    void expose(const StartRequest &request);
    [[nodiscard]] QString tunnelTo(const settings::Target &target, const QString &name) const;
    void quit();

    embedded::DesktopRelay m_relay;
    settings::SecretVault m_secrets;
    workspace::Workspace m_workspace;
    traffic::ExchangeStore m_store;
    settings::WindowState m_state;
    ui::Theme m_theme;
    ui::MainWindow m_window;
    ui::TrayIcon m_tray;
    ui::WindowCloser m_closer;
    embedded::StopSignals m_signals;
    std::unique_ptr<ui::ReplayWindow> m_replay;     // made when first needed
    std::unique_ptr<ui::SettingsWindow> m_settings; // the same
    std::unique_ptr<ui::PassphraseDialog> m_unlock; // the same
};

} // namespace desktop
