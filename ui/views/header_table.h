// Header fields as a table: names and values as received, long values wrapped, secrets masked until the user asks for
// them, every line to be copied. GUI thread.
#pragma once

#include "ui/models/header_model.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTableView;

namespace ui {

class IconButton;

class HeaderTable : public QWidget {
    Q_OBJECT
public:
    explicit HeaderTable(const Theme &theme, QWidget *parent = nullptr);

    void setHeaders(const wire::HeaderList &headers); // masked again, unless they are the same
    void setTitle(const QString &title); // "Request headers"
    [[nodiscard]] HeaderModel &model() { return m_model; }
    void setRevealed(bool revealed);
    [[nodiscard]] bool isRevealed() const { return m_revealed; }
    [[nodiscard]] int contentHeight() const; // that shows every field

    void copySelected() const; // "Name: value" lines, whole
    void copyAll() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void fitted(); // contentHeight() may be another

private:
    void build();
    void refresh();
    void fit();
    [[nodiscard]] int heightOf(int row) const;
    void showMenu(const QPoint &position);
    void copyRows(const QList<int> &rows) const;

    const Theme &m_theme;
    HeaderModel m_model;
    wire::HeaderList m_headers;
    QString m_title;
    bool m_revealed = false;
    QTimer m_fitLater; // once the table has its width
    QLabel *m_label;
    IconButton *m_reveal;
    IconButton *m_copy;
    QTableView *m_table;
    QLabel *m_none;
};

} // namespace ui
