#include "ui/windows/tray_icon.h"

#include "ui/theme/tray_icon_art.h"
#include "ui/windows/tray_menu.h"
#include "ui/windows/tray_text.h"

#include <chrono>
#include <utility>

namespace ui {

using workspace::Workspace;

namespace {

constexpr std::chrono::seconds kProbeInterval{2}; // nothing tells when a tray comes; asking is one X or D-Bus call

} // namespace

TrayIcon::TrayIcon(Workspace &workspace, const Theme &theme, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_menu(std::make_unique<TrayMenu>(workspace, theme)),
      m_news(workspace),
      m_available(QSystemTrayIcon::isSystemTrayAvailable())
{
    m_icon.setContextMenu(m_menu.get());
    connectMenu();
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT windowRequested();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT inspectRequested(m_notifiedId); });
    connect(&m_news, &TrayNews::told, this, &TrayIcon::notify);
    connect(&workspace, &Workspace::overallChanged, this, &TrayIcon::refresh);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TrayIcon::refreshTooltip);
    for (const auto signal : {&Workspace::inserted, &Workspace::removed, &Workspace::changed})
        connect(&workspace, signal, &m_soon, qOverload<>(&QTimer::start));
    connect(&m_probe, &QTimer::timeout, this, &TrayIcon::probe);
    m_probe.start(kProbeInterval);
    refresh();
    m_icon.show();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::connectMenu()
{
    connect(m_menu.get(), &TrayMenu::windowRequested, this, &TrayIcon::windowRequested);
    connect(m_menu.get(), &TrayMenu::exposeRequested, this, &TrayIcon::exposeRequested);
    connect(m_menu.get(), &TrayMenu::settingsRequested, this, &TrayIcon::settingsRequested);
    connect(m_menu.get(), &TrayMenu::quitRequested, this, &TrayIcon::quitRequested);
    connect(m_menu.get(), &TrayMenu::inspectRequested, this, &TrayIcon::inspectRequested);
    connect(m_menu.get(), &TrayMenu::openUrlRequested, this, &TrayIcon::openUrlRequested);
}

void TrayIcon::refresh()
{
    m_icon.setIcon(trayIcon(m_workspace.overall()));
    refreshTooltip();
}

void TrayIcon::refreshTooltip()
{
    const QString tooltip = trayTooltip(m_workspace.tunnels());
    if (m_icon.toolTip() != tooltip)
        m_icon.setToolTip(tooltip);
}

void TrayIcon::probe()
{
    const bool available = QSystemTrayIcon::isSystemTrayAvailable();
    if (std::exchange(m_available, available) == available)
        return;
    if (available) { // an icon that was shown without a tray does not move into one by itself everywhere
        m_icon.hide();
        m_icon.show();
    }
    Q_EMIT availableChanged(available);
}

void TrayIcon::notify(const QString &title, const QString &text, const QString &tunnelId)
{
    if (!m_workspace.preferences().notifications || !m_available)
        return;
    m_notifiedId = tunnelId;
    m_icon.showMessage(title, text, trayIcon(m_workspace.overall()));
    Q_EMIT notified(title, text);
}

} // namespace ui
