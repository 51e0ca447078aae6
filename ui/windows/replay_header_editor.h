// The header fields of a request as an editable table: checkboxes switch them off, the empty row at the end takes a new
// one, Del removes, lines copied from elsewhere can be pasted. Under it, what is added on the way. GUI thread.
#pragma once

#include "ui/windows/replay_header_model.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace ui {

class IconButton;

class ReplayHeaderEditor : public QWidget {
    Q_OBJECT
public:
    explicit ReplayHeaderEditor(const Theme &theme, QWidget *parent = nullptr);

    void setHeaders(const QList<traffic::DraftHeader> &headers); // masked again
    [[nodiscard]] QList<traffic::DraftHeader> headers() const { return m_model.headers(); }
    // What is sent besides: "Host: localhost:3000", or nothing.
    void setAdded(const QString &sentence);
    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] ReplayHeaderModel &model() { return m_model; }

    void commit(); // what is being typed into a cell
    void addRow(); // puts the cursor into the empty row
    void removeSelected();
    void copySelected() const;
    void paste();

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void refresh();
    void fit();
    void setRevealed(bool revealed);
    void editWhatFollows();
    void showMenu(const QPoint &position);
    [[nodiscard]] QList<int> selectedRows() const;

    const Theme &m_theme;
    ReplayHeaderModel m_model;
    bool m_revealed = false;
    QLabel *m_title;
    IconButton *m_reveal;
    IconButton *m_add;
    IconButton *m_remove;
    QTableView *m_table;
    QLabel *m_added;
};

} // namespace ui
