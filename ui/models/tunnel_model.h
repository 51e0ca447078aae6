// The workspace's tunnels as a list, in the order of tunnels.toml. GUI thread; the workspace is borrowed.
#pragma once

#include "workspace/workspace.h"

#include <QAbstractListModel>

namespace ui {

// Nothing differs that anybody sees: no reason to make buttons or start a countdown anew.
[[nodiscard]] bool looksTheSame(const workspace::TunnelInfo &a, const workspace::TunnelInfo &b);

class TunnelModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit TunnelModel(workspace::Workspace &workspace, QObject *parent = nullptr);

    [[nodiscard]] const workspace::TunnelInfo &tunnel(int row) const { return m_workspace.tunnels().at(row); }
    [[nodiscard]] int rowOf(const QString &id) const; // -1 when there is none

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    workspace::Workspace &m_workspace;
};

} // namespace ui
