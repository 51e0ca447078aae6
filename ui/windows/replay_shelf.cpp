#include "ui/windows/replay_shelf.h"

#include <algorithm>

namespace ui {

bool ReplayShelf::bringForward(quint64 key)
{
    const auto known = std::ranges::find(m_sessions, key, &ReplaySession::key);
    if (known == m_sessions.end())
        return false;
    std::rotate(m_sessions.begin(), known, std::next(known));
    return true;
}

std::optional<ReplaySession> ReplayShelf::put(ReplaySession session)
{
    std::optional<ReplaySession> gone;
    if (m_sessions.size() == kKeptSessions) {
        gone = std::move(m_sessions.back());
        m_sessions.pop_back();
    }
    m_sessions.push_front(std::move(session));
    return gone;
}

QList<quint64> ReplayShelf::awaited() const
{
    QList<quint64> keys;
    const auto note = [&keys](const client::ExchangeSummary &summary) {
        if (summary.state == client::ExchangeState::Pending)
            keys << summary.key;
    };
    for (const auto &session : m_sessions) {
        note(session.original.summary);
        for (const auto &attempt : session.attempts)
            note(attempt.answer.summary);
    }
    return keys;
}

bool ReplayShelf::takeNews(const traffic::Exchange &exchange)
{
    bool first = false;
    for (auto &session : m_sessions)
        first = (ui::takeNews(session, exchange) && &session == &m_sessions.front()) || first;
    return first;
}

} // namespace ui
