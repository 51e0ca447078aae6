// Header fields as a table of name and value, in the order received; secret values are masked until revealed. Not a
// live list: a new head replaces all. GUI thread.
#pragma once

#include "wire/http_head.h"

#include <QAbstractTableModel>
#include <QList>

namespace ui {

class HeaderModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Value };

    using QAbstractTableModel::QAbstractTableModel;

    void setHeaders(const wire::HeaderList &headers);
    void setRevealed(bool revealed);
    [[nodiscard]] bool hasSecrets() const { return m_hasSecrets; }
    // "Name: value", whole and not masked: what the user copies is what was sent.
    [[nodiscard]] QString line(int row) const;
    [[nodiscard]] QString value(int row) const { return m_rows.at(row).value; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString name;
        QString value;
        QString masked; // the value itself when it is no secret
    };
    [[nodiscard]] QString shown(const Row &row) const;

    QList<Row> m_rows;
    bool m_hasSecrets = false;
    bool m_revealed = false;
};

} // namespace ui
