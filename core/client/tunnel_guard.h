// The gate of one tunnel at work: has passwords hashed on another thread, one at a time, and visitors shown to the
// owner, while their requests wait. Shared by the links of the tunnel; engine thread.
#pragma once

#include "guard/gate.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace client {

struct TunnelConfig;

class TunnelGuard : public QObject {
    Q_OBJECT
public:
    using Ticket = quint64;
    using Decide = std::function<void(const guard::Verdict &)>;

    // Null when the tunnel has no rules.
    [[nodiscard]] static std::shared_ptr<TunnelGuard> forTunnel(const TunnelConfig &config);
    TunnelGuard(guard::Rules rules, guard::Secrets secrets, bool addressTrusted);

    // Pass, Refuse, Reply or ReadBody, at once; or nothing, and `decide` gets one of them in a later turn, unless the
    // ticket is forgotten before.
    [[nodiscard]] std::optional<guard::Verdict> ask(Ticket ticket, const wire::RequestHead &head, Decide decide);
    void forget(Ticket ticket) { m_waiters.erase(ticket); }
    [[nodiscard]] Ticket drawTicket() { return ++m_tickets; }
    // The owner's answer about a visitor; nobody need be waiting any more.
    void answer(const QString &visitor, bool let);

    // Room for bodies that are read to check their signature, all requests of the tunnel together.
    [[nodiscard]] bool reserve(std::size_t bytes);
    void release(std::size_t bytes) { m_bodyBytes -= bytes; }
    [[nodiscard]] guard::Verdict onBody(const wire::RequestHead &head, std::string_view body);
    [[nodiscard]] const guard::Gate &gate() const { return m_gate; }

Q_SIGNALS:
    void visitorWaiting(const QString &visitor, const QString &userAgent);
    void visitorDecided(const QString &visitor); // answered, or nobody did in wire::kApprovalTimeout
    void expired(); // the rules' time is over: what was let in before has to end, too

private:
    struct Waiter {
        std::string key; // digest or visitor
        wire::RequestHead head;
        Decide decide;
    };
    [[nodiscard]] std::optional<guard::Verdict> hold(Ticket ticket, Waiter waiter, const guard::CheckPassword &check);
    [[nodiscard]] std::optional<guard::Verdict> hold(Ticket ticket, Waiter waiter, const guard::AskOwner &question);
    void watchExpiry();
    void hashNext();
    void onHashed(bool right);
    void closeQuestion(const std::string &visitor);
    [[nodiscard]] std::deque<std::pair<Ticket, Waiter>> take(const std::string &key);
    void askAgain(const std::string &key);

    guard::Gate m_gate;
    QTimer m_expiry;
    std::map<Ticket, Waiter> m_waiters;
    std::deque<guard::CheckPassword> m_checks; // the first is being hashed
    std::map<std::string, std::unique_ptr<QTimer>> m_questions;
    Ticket m_tickets = 0;
    std::size_t m_bodyBytes = 0;
};

} // namespace client
