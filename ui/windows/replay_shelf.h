// The newest requests of the replay window, each as it was left; the first one is shown. A value; GUI thread.
#pragma once

#include "ui/windows/replay_session.h"

#include <deque>
#include <optional>

namespace ui {

inline constexpr std::size_t kKeptSessions = 8; // some megabytes of bodies; who comes back later begins anew

class ReplayShelf {
public:
    [[nodiscard]] bool isEmpty() const { return m_sessions.empty(); }
    [[nodiscard]] ReplaySession &front() { return m_sessions.front(); } // not when empty
    [[nodiscard]] const ReplaySession &front() const { return m_sessions.front(); }
    [[nodiscard]] const std::deque<ReplaySession> &sessions() const { return m_sessions; }

    // Makes it the first one; false when it is not here.
    bool bringForward(quint64 key);
    // A new first one. Returns the one that had to make room for it.
    std::optional<ReplaySession> put(ReplaySession session);

    // Exchanges of which more is to come.
    [[nodiscard]] QList<quint64> awaited() const;
    // False when it is none of the first request's.
    bool takeNews(const traffic::Exchange &exchange);

private:
    std::deque<ReplaySession> m_sessions;
};

} // namespace ui
