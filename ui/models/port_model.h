// The listening ports to expose, as a list. A new list is taken as insertions, removals and moves, so that the row the
// user is about to press does not vanish. GUI thread.
#pragma once

#include "discovery/port_scout.h"

#include <QAbstractListModel>

namespace ui {

class PortModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setSuggestions(const QList<discovery::Suggestion> &suggestions); // each port once
    [[nodiscard]] const discovery::Suggestion &suggestion(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void removeMissing(const QList<discovery::Suggestion> &suggestions);
    void put(int row, const discovery::Suggestion &suggestion);
    [[nodiscard]] int rowOf(quint16 port) const;

    QList<discovery::Suggestion> m_rows;
};

} // namespace ui
