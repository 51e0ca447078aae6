#include "ui/windows/tray_news.h"

#include "ui/text/status_text.h"
#include "ui/views/visitor_bar.h"
#include "ui/windows/tray_text.h"
#include "wire/limits.h"
#include "workspace/tunnel_names.h"

#include <algorithm>
#include <utility>

namespace ui {

using workspace::TunnelInfo;
using workspace::Workspace;

namespace {

bool sameAddress(const settings::TunnelEntry &one, const settings::TunnelEntry &other)
{
    return one.name == other.name && one.server == other.server;
}

} // namespace

NewsTimes::NewsTimes() : downBeforeTold(wire::kDownBeforeTold), toldAgainAfter(wire::kToldAgainAfter)
{
}

TrayNews::TrayNews(const Workspace &workspace, NewsTimes times, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_times(times)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &TrayNews::tellDown);
    connect(&workspace, &Workspace::changed, this, &TrayNews::look);
    connect(&workspace.visitors(), &workspace::VisitorQuestions::asked, this, &TrayNews::tellVisitor);
    connect(&workspace.expiries(), &workspace::ExpiryWatch::told, this, &TrayNews::tellExpiry);
    connect(&workspace, &Workspace::aboutToRemove, this,
            [this](qsizetype index) { m_known.remove(m_workspace.tunnels()[index].id); });
}

void TrayNews::look(qsizetype index)
{
    const TunnelInfo &tunnel = m_workspace.tunnels()[index];
    Known &known = m_known[tunnel.id];
    lookAtUrl(tunnel, known);
    lookAtPhase(tunnel, known);
}

// Another address of a tunnel that the user himself moved is no news.
void TrayNews::lookAtUrl(const TunnelInfo &tunnel, Known &known)
{
    if (!sameAddress(known.entry, tunnel.entry))
        known.url.clear();
    known.entry = tunnel.entry;
    if (tunnel.publicUrl.isEmpty() || (!known.url.isEmpty() && !tunnel.online()))
        return;
    const QString former = std::exchange(known.url, tunnel.publicUrl);
    if (!former.isEmpty() && former != tunnel.publicUrl)
        tell(tr("%1 has another address").arg(titleOf(tunnel)), tunnel.publicUrl, tunnel.id);
}

void TrayNews::lookAtPhase(const TunnelInfo &tunnel, Known &known)
{
    const bool failed = tunnel.failed();
    const bool down = tunnel.wanted && !tunnel.online() && !failed;
    if (failed && !std::exchange(known.failedTold, true))
        tell(tr("%1 failed").arg(titleOf(tunnel)), explanation(tunnel), tunnel.id);
    known.failedTold = failed;
    if (!down) {
        known.down.invalidate();
        known.downTold = false;
    } else if (!known.down.isValid()) {
        known.down.start();
        if (!m_due.isActive())
            m_due.start(m_times.downBeforeTold);
    }
}

bool TrayNews::isQuiet(const Known &known) const
{
    return known.told.isValid() && known.told.elapsed() < m_times.toldAgainAfter.count();
}

// When one has been down for long, all that have been for at least half as long are told with it: what takes several
// tunnels down is seldom noticed by all of them in the same turn. The others wait for their own time.
void TrayNews::tellDown()
{
    const qint64 limit = m_times.downBeforeTold.count();
    const bool due = std::ranges::any_of(m_workspace.tunnels(), [&](const TunnelInfo &tunnel) {
        const Known &known = m_known[tunnel.id];
        return known.waits() && known.down.elapsed() >= limit;
    });
    QStringList names;
    QString id;
    qint64 next = -1;
    for (const TunnelInfo &tunnel : m_workspace.tunnels()) {
        Known &known = m_known[tunnel.id];
        if (!known.waits())
            continue;
        const qint64 left = limit - known.down.elapsed();
        if (left > (due ? limit / 2 : 0)) {
            next = next < 0 ? left : std::min(next, left);
            continue;
        }
        known.downTold = true;
        if (isQuiet(known))
            continue;
        names.append(titleOf(tunnel));
        id = tunnel.id;
        known.told.start();
    }
    if (next >= 0)
        m_due.start(static_cast<int>(next));
    if (!names.isEmpty())
        Q_EMIT told(names.size() == 1 ? tr("%1 is down").arg(names.first())
                                      : tr("%1 tunnels are down").arg(names.size()),
                    tr("%1 cannot be reached from outside. HTTP Tunnel keeps trying.").arg(namesText(names)), id);
}

// Each of them: somebody waits for the answer. The engine bounds how many wait.
void TrayNews::tellVisitor(const client::VisitorQuestion &question)
{
    Q_EMIT told(tr("A visitor waits"), questionText(m_workspace, question), question.tunnel);
}

// Once each, as the watch sees to: beside the quiet time of the tunnel that stands for the server here.
void TrayNews::tellExpiry(const QUrl &server, const QString &text)
{
    const auto &tunnels = m_workspace.tunnels();
    const auto user = std::ranges::find_if(
        tunnels, [&server](const TunnelInfo &tunnel) { return workspace::sameServer(tunnel.entry.server, server); });
    Q_EMIT told(tr("A token is about to end"), text, user == tunnels.end() ? QString() : user->id);
}

void TrayNews::tell(const QString &title, const QString &text, const QString &id)
{
    Known &known = m_known[id];
    if (isQuiet(known))
        return;
    known.told.start();
    Q_EMIT told(title, text, id);
}

} // namespace ui
