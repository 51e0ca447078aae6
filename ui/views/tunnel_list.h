// The rail at the left: all tunnels, then each with its state and actions; choosing one shows its requests only.
// GUI thread.
#pragma once

#include "ui/models/tunnel_model.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QListView;
class QToolButton;

namespace ui {

class IconButton;
class TunnelCommands;

class TunnelList : public QWidget {
    Q_OBJECT
public:
    TunnelList(const Theme &theme, TunnelModel &model, TunnelCommands &commands, QWidget *parent = nullptr);

    [[nodiscard]] QString chosen() const { return m_chosen; } // empty: all
    void choose(const QString &id); // unknown or empty: all

Q_SIGNALS:
    void chosenChanged(const QString &id);
    void exposeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void watchModel();
    void refreshAll();
    void adoptChosen();
    void setChosen(const QString &id);
    bool press(const QPoint &position); // true when it was on the button with more
    bool key(int key);
    void showMenu(const QModelIndex &index, const QPoint &globalPosition);

    const Theme &m_theme;
    TunnelModel &m_model;
    TunnelCommands &m_commands;
    QString m_chosen;
    bool m_removing = false; // a row goes: the list's own choice of a neighbour is not the user's
    QToolButton *m_all;
    QListView *m_list;
    IconButton *m_add;
};

} // namespace ui
