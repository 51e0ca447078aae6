#include "desktop/program.h"

#include "desktop/log_line.h"
#include "settings/keychain_store.h"
#include "ui/windows/passphrase_dialog.h"
#include "ui/windows/replay_window.h"
#include "ui/windows/settings_window.h"

#include <QApplication>
#include <QDesktopServices>
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

namespace desktop {

using workspace::TunnelInfo;

namespace {

workspace::Paths paths()
{
    return {settings::defaultTunnelsPath(), settings::configFolder(), settings::stateFolder()};
}

// A saved token would mend these.
bool needsToken(const TunnelInfo &tunnel)
{
    return tunnel.failed() && !tunnel.onEmbeddedRelay() &&
           (tunnel.status.reason.code == wire::Code::Unauthorized ||
            tunnel.status.reason.code == wire::Code::Forbidden);
}

void toFront(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

} // namespace

Program::Program(QApplication &application, bool verbose)
    : m_relay(verbose),
      m_secrets(std::make_unique<settings::KeychainStore>(), settings::secretsFilePath(settings::configFolder())),
      m_workspace({m_relay, m_secrets, &m_secrets}, paths(), {}),
      m_state(settings::stateFolder()),
      m_theme(application, m_workspace.preferences().appearance),
      m_window(m_workspace, m_store, m_theme, m_state),
      m_tray(m_workspace, m_theme),
      m_closer(m_window, m_workspace, [this] { return m_tray.isAvailable(); })
{
    QApplication::setQuitOnLastWindowClosed(false);
    connectEngine(verbose);
    connectWindow();
    connectTray();
    connect(&m_secrets.file(), &settings::FileSecretStore::passphraseWanted, this, &Program::askPassphrase);
    connect(&m_signals, &embedded::StopSignals::stopRequested, this, &Program::quit);
    connect(&m_workspace, &workspace::Workspace::preferencesChanged, this,
            [this] { m_theme.setAppearance(m_workspace.preferences().appearance); });
}

Program::~Program() = default;

void Program::connectEngine(bool verbose)
{
    auto &engine = m_workspace.engine();
    connect(&engine, &client::Engine::exchangesChanged, &m_store, &traffic::ExchangeStore::add);
    connect(&engine, &client::Engine::capturesChanged, &m_store, &traffic::ExchangeStore::addCaptures);
    if (verbose)
        connect(&engine, &client::Engine::logged, this, [this](const QString &level, const QString &line) {
            fmt::print(stderr, "{}: {}\n", level.toStdString(), logLine(m_workspace, line).toStdString());
        });
}

void Program::connectWindow()
{
    connect(&m_window, &ui::MainWindow::replayRequested, this, &Program::replay);
    connect(&m_window, &ui::MainWindow::settingsRequested, this, &Program::showSettings);
    connect(&m_window, &ui::MainWindow::serverRequested, this,
            [this](const QUrl &server) { settingsWindow().showServer(server); });
    connect(&m_window, &ui::MainWindow::quitRequested, this, &Program::quit);
    connect(&m_window, &ui::MainWindow::openUrlRequested, this, &QDesktopServices::openUrl);
    connect(&m_closer, &ui::WindowCloser::quitRequested, this, &Program::quit);
}

void Program::connectTray()
{
    connect(&m_tray, &ui::TrayIcon::windowRequested, this, &Program::showWindow);
    connect(&m_tray, &ui::TrayIcon::settingsRequested, this, &Program::showSettings);
    connect(&m_tray, &ui::TrayIcon::quitRequested, this, &Program::quit);
    connect(&m_tray, &ui::TrayIcon::openUrlRequested, this, &QDesktopServices::openUrl);
    connect(&m_tray, &ui::TrayIcon::exposeRequested, this, [this] {
        showWindow();
        m_window.showExpose();
    });
    connect(&m_tray, &ui::TrayIcon::inspectRequested, this, [this](const QString &id) {
        m_window.selectTunnel(id);
        showWindow();
    });
    // Nobody could reach it any more.
    connect(&m_tray, &ui::TrayIcon::availableChanged, this, [this](bool available) {
        if (!available && !m_window.isVisible())
            m_window.showMinimized();
    });
}

void Program::start(const StartRequest &request)
{
    m_workspace.open();
    if (!request.hidden)
        showWindow();
    else if (!m_tray.isAvailable())
        m_window.showMinimized(); // reachable, and out of the way
    expose(request);
}

void Program::adopt(const StartRequest &request)
{
    if (!request.hidden)
        showWindow();
    expose(request);
}

void Program::expose(const StartRequest &request)
{
    if (!request.expose)
        return;
    if (request.target.isEmpty())
        return m_window.showExpose();
    const auto target = settings::parseTarget(request.target.toStdString());
    if (!target)
        return m_window.tell(QString::fromStdString(target.error().message));
    if (const QString known = tunnelTo(*target, request.name); !known.isEmpty()) {
        m_workspace.start(known);
        return m_window.selectTunnel(known);
    }
    settings::TunnelEntry entry;
    entry.target = *target;
    entry.name = request.name;
    if (const auto id = m_workspace.add(entry))
        m_window.selectTunnel(*id);
    else
        m_window.tell(QString::fromStdString(id.error().message));
}

QString Program::tunnelTo(const settings::Target &target, const QString &name) const
{
    const auto &tunnels = m_workspace.tunnels();
    const auto found = std::ranges::find_if(tunnels, [&](const TunnelInfo &tunnel) {
        return tunnel.entry.target == target && (name.isEmpty() || tunnel.entry.name == name);
    });
    return found == tunnels.end() ? QString() : found->id;
}

void Program::showWindow()
{
    toFront(m_window);
}

ui::ReplayWindow &Program::replayWindow()
{
    if (!m_replay)
        m_replay = std::make_unique<ui::ReplayWindow>(m_workspace, m_store, m_theme, m_state);
    return *m_replay;
}

ui::SettingsWindow &Program::settingsWindow()
{
    if (!m_settings) {
        m_settings =
            std::make_unique<ui::SettingsWindow>(m_workspace, m_theme, [this] { return m_tray.isAvailable(); });
        connect(m_settings.get(), &ui::SettingsWindow::openUrlRequested, this, &QDesktopServices::openUrl);
    }
    return *m_settings;
}

// Where a token is missing, there.
void Program::showSettings()
{
    const auto &tunnels = m_workspace.tunnels();
    const auto needy = std::ranges::find_if(tunnels, needsToken);
    if (needy != tunnels.end())
        settingsWindow().showServer(needy->entry.server);
    else
        toFront(settingsWindow());
}

// Who says no starts without what is saved.
void Program::askPassphrase()
{
    using ui::PassphraseDialog;
    if (!m_unlock) {
        m_unlock = std::make_unique<PassphraseDialog>(m_secrets, m_theme, PassphraseDialog::Task::Unlock);
        connect(m_unlock.get(), &QDialog::rejected, this, [this] { m_secrets.file().postpone(); });
    }
    toFront(*m_unlock);
}

// What was imported goes nowhere before the user has seen where to.
void Program::replay(quint64 key, bool edit)
{
    const auto *exchange = m_store.find(key);
    const bool imported = exchange && exchange->summary.origin == client::ExchangeOrigin::Import;
    replayWindow().open(key, edit);
    if (!edit && !imported)
        replayWindow().send();
}

// Not QApplication::quit(), which asks windows to close: that means something else here.
void Program::quit()
{
    m_tray.icon().hide();
    QApplication::exit(0);
}

} // namespace desktop
