// The answers to choose from: the one that was recorded, and one for each time the request was sent. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/windows/replay_session.h"

#include <QTabBar>

namespace ui {

class ReplayAttempts : public QTabBar {
    Q_OBJECT
public:
    explicit ReplayAttempts(const Theme &theme, QWidget *parent = nullptr);

    void show(const ReplaySession &session); // not told by chosen()
    using QWidget::show;

Q_SIGNALS:
    void chosen(int answer); // ReplaySession::shown

private:
    void label(int tab, const QString &text, const traffic::Exchange &exchange);

    const Theme &m_theme;
};

} // namespace ui
