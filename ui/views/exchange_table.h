// The live list of requests: rows of one height, sorted by a click on a header (the third one restores the order of
// arrival), following the newest only while the user is at the end, and never moving what is selected or being read.
// Signals tell what the user wants done with a request. GUI thread.
#pragma once

#include "settings/window_state.h"
#include "ui/models/exchange_filter_model.h"
#include "ui/theme/theme.h"

#include <QTableView>

namespace ui {

class ExchangeColumns;
class ExchangeDelegate;

class ExchangeTable : public QTableView {
    Q_OBJECT
public:
    ExchangeTable(const Theme &theme, ExchangeFilterModel &model, settings::WindowState &state,
                  QWidget *parent = nullptr);

    [[nodiscard]] quint64 selectedKey() const { return m_selected; } // 0: none; it may be filtered out
    void select(quint64 key);
    void clearChoice();

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following); // true: to the end, in order of arrival
    [[nodiscard]] ExchangeColumns &columns() { return *m_columns; }

Q_SIGNALS:
    void selected(quint64 key); // by the user; 0: none
    void opened(quint64 key);    // Enter or double click: into the details
    void followingChanged(bool following);
    void copyUrlRequested(quint64 key);
    void copyCurlRequested(quint64 key, bool withSecrets);
    void exportRequested(const QList<quint64> &keys);
    void replayRequested(quint64 key, bool edit);
    void filterRequested(const QString &term); // to be added to the filter: "path:/hooks"

public:
    void keyboardSearch(const QString & /*text*/) override {} // letters are shortcuts here

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void updateGeometries() override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void build();
    void watchModel();
    void adoptRowHeight();
    void hover(int row);
    void noteScroll();
    void moveBy(int rows);
    void reselect();
    void showMenu(int row, const QPoint &globalPosition);
    [[nodiscard]] bool follows() const { return m_following && m_model.inOrderOfArrival(); }

    const Theme &m_theme;
    ExchangeFilterModel &m_model;
    ExchangeDelegate *m_delegate;
    ExchangeColumns *m_columns;
    quint64 m_selected = 0;
    int m_hovered = -1;
    int m_removedAbove = 0; // rows that are about to go above what is visible
    bool m_following = true;
    bool m_entering = false; // the keyboard comes in
    bool m_adjusting = false; // the scroll position is moved by us, not by the user
};

} // namespace ui
