// The ports that listen on this computer, to choose what to expose: port, program, page title. Looks again and again
// while it is visible. GUI thread.
#pragma once

#include "discovery/port_scout.h"
#include "ui/models/port_model.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;

namespace ui {

class ExposeSuggestions : public QWidget {
    Q_OBJECT
public:
    explicit ExposeSuggestions(const Theme &theme, QWidget *parent = nullptr);

    void leaveOut(const QSet<quint16> &ports);
    void setSuggestions(const QList<discovery::Suggestion> &suggestions);
    void setFailure(const QString &sentence); // this system does not tell
    [[nodiscard]] QListView *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const discovery::Suggestion &suggestion);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void refresh();
    void choose(const QModelIndex &index);
    void fitHeight();

    const Theme &m_theme;
    discovery::PortScout m_scout;
    PortModel m_model;
    QTimer m_again;
    QListView *m_list;
    QLabel *m_none;
};

} // namespace ui
