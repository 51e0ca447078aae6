// The header fields of a request in the making: each can be switched off, changed and removed, and an empty row at the
// end takes a new one. Secret values are masked until revealed, but not to who edits them. GUI thread.
#pragma once

#include "traffic/request_draft.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace ui {

class ReplayHeaderModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Enabled, Name, Value };

    explicit ReplayHeaderModel(const Theme &theme, QObject *parent = nullptr);

    void setHeaders(const QList<traffic::DraftHeader> &headers); // not told by edited()
    [[nodiscard]] QList<traffic::DraftHeader> headers() const { return m_rows.first(m_rows.size() - 1); }
    void append(const QList<traffic::DraftHeader> &headers);
    void remove(const QList<int> &rows); // the empty one stays
    void setRevealed(bool revealed);
    [[nodiscard]] bool hasSecrets() const;
    // "Name: value", whole and not masked.
    [[nodiscard]] QString line(int row) const;
    void toggle(const QList<int> &rows); // on or off, each
    [[nodiscard]] bool isBlank(int row) const { return row >= m_rows.size() - 1; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QVariant blankData(int column, int role) const;
    [[nodiscard]] QString shown(const traffic::DraftHeader &header, int column) const;
    bool setText(const QModelIndex &index, const QString &text);

    const Theme &m_theme;
    QList<traffic::DraftHeader> m_rows{{}}; // the last one is the empty row
    bool m_revealed = false;
};

// "Name: value" lines, as copied from anywhere; lines that are no header are passed over.
[[nodiscard]] QList<traffic::DraftHeader> headersFromText(const QString &text);

} // namespace ui
