#include "ui/models/tunnel_model.h"

#include "ui/models/roles.h"
#include "ui/text/access_text.h"
#include "ui/text/plain_tip.h"
#include "ui/text/status_text.h"

#include <algorithm>

namespace ui {

namespace {

// What a screen reader says of a row: its name, state and where it leads.
QString spoken(const workspace::TunnelInfo &tunnel)
{
    return TunnelModel::tr("%1, %2, to %3, %4")
        .arg(titleOf(tunnel), badgeOf(tunnel.status, lightColors()).word, targetText(tunnel.entry),
             spokenBadges(accessBadges(tunnel.entry.access, lightColors())));
}

} // namespace

bool looksTheSame(const workspace::TunnelInfo &a, const workspace::TunnelInfo &b)
{
    return a.id == b.id && a.entry == b.entry && a.publicUrl == b.publicUrl && a.wanted == b.wanted &&
           a.status.phase == b.status.phase && a.status.paused == b.status.paused &&
           a.status.attempt == b.status.attempt && a.status.nextAttemptMs == b.status.nextAttemptMs &&
           a.status.reason == b.status.reason;
}

TunnelModel::TunnelModel(workspace::Workspace &workspace, QObject *parent)
    : QAbstractListModel(parent), m_workspace(workspace)
{
    using workspace::Workspace;
    connect(&workspace, &Workspace::aboutToInsert, this,
            [this](qsizetype row) { beginInsertRows({}, int(row), int(row)); });
    connect(&workspace, &Workspace::inserted, this, [this] { endInsertRows(); });
    connect(&workspace, &Workspace::aboutToRemove, this,
            [this](qsizetype row) { beginRemoveRows({}, int(row), int(row)); });
    connect(&workspace, &Workspace::removed, this, [this] { endRemoveRows(); });
    connect(&workspace, &Workspace::changed, this,
            [this](qsizetype row) { Q_EMIT dataChanged(index(int(row)), index(int(row))); });
}

int TunnelModel::rowOf(const QString &id) const
{
    const auto &all = m_workspace.tunnels();
    const auto found = std::ranges::find(all, id, &workspace::TunnelInfo::id);
    return found == all.end() ? -1 : int(found - all.begin());
}

int TunnelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_workspace.tunnels().size());
}

QVariant TunnelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &info = tunnel(index.row());
    switch (role) {
    case Qt::DisplayRole: return titleOf(info);
    case Qt::AccessibleTextRole: return spoken(info);
    case Qt::ToolTipRole: return plainTip(explanation(info));
    case IdRole: return info.id;
    case TunnelRole: return QVariant::fromValue(info);
    default: return {};
    }
}

} // namespace ui
