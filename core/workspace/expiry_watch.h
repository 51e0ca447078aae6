// Tells ahead of time that a token ends: a week before, a day before, and when it has ended, once each, also over several
// runs. Knows the tokens that tunnels start with, by their expiry alone. Main thread; owned by Workspace.
#pragma once

#include "workspace/expiry_text.h"
#include "workspace/notice_board.h"
#include "workspace/run_memory.h"

#include <QMap>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <optional>

namespace workspace {

class ExpiryWatch : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<settings::TokenTime()>;

    ExpiryWatch(RunMemory &memory, NoticeBoard &notices, Clock clock = &tokenClock, QObject *parent = nullptr);

    // Tunnels of this server use this token from now on; nothing for one that does not end.
    void note(const QUrl &server, std::optional<settings::TokenTime> expiry);
    void look(); // now, instead of within wire::kExpiryCheck

Q_SIGNALS:
    void told(const QUrl &server, const QString &sentence); // news for the tray; the window has it as a notice

private:
    struct Known {
        QUrl server;
        settings::TokenTime expiry;
    };

    void lookAt(const QString &account, const Known &known);

    RunMemory &m_memory;
    NoticeBoard &m_notices;
    Clock m_clock;
    QMap<QString, Known> m_known; // by account
    QTimer m_timer;
};

} // namespace workspace
