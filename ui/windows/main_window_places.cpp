#include "ui/windows/main_window_places.h"

#include "ui/theme/metrics.h"
#include "ui/views/tunnel_list.h"
#include "ui/windows/main_window_parts.h"

#include <QMainWindow>
#include <QSplitter>

#include <algorithm>

namespace ui {

namespace {

const auto kGeometryState = QStringLiteral("window.geometry");
const auto kColumnsState = QStringLiteral("window.columns");
const auto kBesideState = QStringLiteral("window.details.beside");
const auto kBelowState = QStringLiteral("window.details.below");
const auto kTunnelState = QStringLiteral("window.tunnel");
constexpr QSize kFirstSize(1280, 800);
constexpr int kBesideWidth = 1120; // narrower windows have the details below the list

} // namespace

MainWindowPlaces::MainWindowPlaces(QMainWindow &window, MainWindowParts &parts, workspace::Workspace &workspace,
                                   settings::WindowState &state)
    : m_window(window), m_parts(parts), m_workspace(workspace), m_state(state)
{
}

bool MainWindowPlaces::isBelow() const
{
    return m_parts.work->orientation() == Qt::Vertical;
}

void MainWindowPlaces::arrange()
{
    const int scale = std::max(m_window.fontMetrics().height(), kIconSize); // large text needs a wider window
    const bool below = m_window.width() < kBesideWidth * scale / kIconSize;
    if (below == isBelow())
        return;
    m_state.set(below ? kBesideState : kBelowState, m_parts.work->saveState());
    m_parts.setDetailsBelow(below);
    m_parts.work->restoreState(m_state.value(below ? kBelowState : kBesideState));
}

void MainWindowPlaces::restore()
{
    m_window.resize(kFirstSize);
    m_window.restoreGeometry(m_state.value(kGeometryState));
    m_parts.columns->restoreState(m_state.value(kColumnsState));
    m_parts.work->restoreState(m_state.value(kBesideState));
    arrange();
    chooseTunnel();
}

void MainWindowPlaces::chooseTunnel()
{
    const QString name = QString::fromUtf8(m_state.value(kTunnelState));
    const auto tunnels = m_workspace.tunnels();
    for (const auto &tunnel : tunnels)
        if (tunnel.entry.name == name || tunnels.size() == 1)
            m_parts.rail->choose(tunnel.id);
}

void MainWindowPlaces::save()
{
    const auto *tunnel = m_workspace.find(m_parts.rail->chosen());
    m_state.set(kGeometryState, m_window.saveGeometry());
    m_state.set(kColumnsState, m_parts.columns->saveState());
    m_state.set(isBelow() ? kBelowState : kBesideState, m_parts.work->saveState());
    m_state.set(kTunnelState, tunnel ? tunnel->entry.name.toUtf8() : QByteArray());
    m_state.save();
}

} // namespace ui
