// The line at the bottom of the window: how many requests are shown of how many, what they take, whether the public
// side is there, and whether the list follows the newest. GUI thread.
#pragma once

#include "ui/text/status_text.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

class ElidedLabel;

class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(const Theme &theme, QWidget *parent = nullptr);

    void setCounts(int shown, int total, qint64 bodyBytes);
    // The public side of the chosen tunnel: "Relay on port 7000", "tunnel.example.com".
    void setServer(const Badge &badge, const QString &text);
    void setFollowing(bool following);

Q_SIGNALS:
    void followRequested(bool follow);

private:
    const Theme &m_theme;
    QLabel *m_counts;
    QLabel *m_serverGlyph;
    ElidedLabel *m_server;
    QToolButton *m_follow;
};

} // namespace ui
