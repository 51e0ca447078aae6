#include "client/tunnel_guard.h"

#include "client/server_url.h"
#include "client/tunnel_config.h"
#include "guard/crypto.h"
#include "wire/limits.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace client {

using guard::Verdict;
using wire::Code;

namespace {

guard::Moment now()
{
    return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
            std::chrono::steady_clock::now()};
}

Verdict refuse(Code code, const char *sentence)
{
    return guard::Refuse{{code, sentence}};
}

// For names that nobody has: as long as for one that somebody has.
bool matches(const guard::CheckPassword &check)
{
    if (check.hash)
        return check.hash->matches(check.password);
    std::ignore = guard::PasswordHash::of(check.password);
    return false;
}

} // namespace

std::shared_ptr<TunnelGuard> TunnelGuard::forTunnel(const TunnelConfig &config)
{
    if (config.rules.empty())
        return {};
    return std::make_shared<TunnelGuard>(config.rules, config.secrets, tellsAddressesForSure(config.server));
}

TunnelGuard::TunnelGuard(guard::Rules rules, guard::Secrets secrets, bool addressTrusted)
    : m_gate(std::move(rules), std::move(secrets), addressTrusted, now())
{
    m_expiry.setSingleShot(true);
    connect(&m_expiry, &QTimer::timeout, this, &TunnelGuard::watchExpiry);
    watchExpiry();
}

// Looks again at least each day: timers count no longer than some weeks, may be early, and the clock may be set.
void TunnelGuard::watchExpiry()
{
    const auto &expires = m_gate.rules().expires;
    if (!expires)
        return;
    const std::chrono::seconds left = *expires - now().wall;
    if (left.count() <= 0)
        Q_EMIT expired();
    else
        m_expiry.start(std::min<std::chrono::seconds>(left, std::chrono::hours(24)));
}

std::optional<Verdict> TunnelGuard::ask(Ticket ticket, const wire::RequestHead &head, Decide decide)
{
    auto verdict = m_gate.onRequest(head, now());
    if (const auto *check = std::get_if<guard::CheckPassword>(&verdict))
        return hold(ticket, {check->digest, head, std::move(decide)}, *check);
    if (const auto *question = std::get_if<guard::AskOwner>(&verdict))
        return hold(ticket, {question->visitor, head, std::move(decide)}, *question);
    return verdict;
}

std::optional<Verdict> TunnelGuard::hold(Ticket ticket, Waiter waiter, const guard::CheckPassword &check)
{
    const bool queued = std::ranges::find(m_checks, check.digest, &guard::CheckPassword::digest) != m_checks.end();
    if (!queued && (m_checks.size() >= wire::kMaxPasswordChecks || m_waiters.size() >= wire::kMaxHeldRequests)) {
        m_gate.forgetCheck(check, now());
        return refuse(Code::RateLimited, "Too many passwords wait to be checked.");
    }
    if (m_waiters.size() >= wire::kMaxHeldRequests)
        return refuse(Code::RateLimited, "Too many requests wait for a password to be checked.");
    m_waiters.insert_or_assign(ticket, std::move(waiter));
    if (queued)
        return std::nullopt;
    m_checks.push_back(check);
    if (m_checks.size() == 1)
        hashNext();
    return std::nullopt;
}

std::optional<Verdict> TunnelGuard::hold(Ticket ticket, Waiter waiter, const guard::AskOwner &question)
{
    const bool asked = m_questions.contains(question.visitor);
    if (m_waiters.size() >= wire::kMaxHeldRequests || (!asked && m_questions.size() >= wire::kMaxWaitingVisitors))
        return refuse(Code::RateLimited, "Too many visitors wait for your answer.");
    m_waiters.insert_or_assign(ticket, std::move(waiter));
    if (asked)
        return std::nullopt;
    auto &timer = m_questions[question.visitor];
    timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    connect(timer.get(), &QTimer::timeout, this, [this, visitor = question.visitor] { closeQuestion(visitor); });
    timer->start(wire::kApprovalTimeout);
    Q_EMIT visitorWaiting(QString::fromStdString(question.visitor), QString::fromStdString(question.userAgent));
    return std::nullopt;
}

// The watcher goes with this object; the other thread has copies only.
void TunnelGuard::hashNext()
{
    auto *watcher = new QFutureWatcher<bool>(this);
    connect(watcher, &QFutureWatcher<bool>::finished, this, [this, watcher] {
        watcher->deleteLater();
        onHashed(watcher->result());
    });
    const auto promise = std::make_shared<QPromise<bool>>();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, check = m_checks.front()] {
        const guard::PooledCrypto scope;
        promise->start();
        promise->addResult(matches(check));
        promise->finish();
    });
}

void TunnelGuard::onHashed(bool right)
{
    const auto check = std::move(m_checks.front());
    m_checks.pop_front();
    m_gate.onPassword(check, right, now());
    if (!m_checks.empty())
        hashNext();
    if (right)
        return askAgain(check.digest);
    for (const auto &[ticket, waiter] : take(check.digest))
        waiter.decide(m_gate.wrongPassword(waiter.head));
}

void TunnelGuard::answer(const QString &visitor, bool let)
{
    const auto key = visitor.toStdString();
    m_gate.onVisitor(key, let, now());
    if (m_questions.erase(key) > 0)
        Q_EMIT visitorDecided(visitor);
    askAgain(key);
}

void TunnelGuard::closeQuestion(const std::string &visitor)
{
    m_questions.extract(visitor).mapped().release()->deleteLater(); // it is calling us
    Q_EMIT visitorDecided(QString::fromStdString(visitor));
    for (const auto &[ticket, waiter] : take(visitor))
        waiter.decide(refuse(Code::Forbidden, "You did not answer in time whether this visitor may come in."));
}

// Out of the map before anybody is told: telling one may forget another.
std::deque<std::pair<TunnelGuard::Ticket, TunnelGuard::Waiter>> TunnelGuard::take(const std::string &key)
{
    std::deque<std::pair<Ticket, Waiter>> taken;
    for (auto at = m_waiters.begin(); at != m_waiters.end();) {
        if (at->second.key == key) {
            taken.emplace_back(at->first, std::move(at->second));
            at = m_waiters.erase(at);
        } else {
            ++at;
        }
    }
    return taken;
}

void TunnelGuard::askAgain(const std::string &key)
{
    for (auto &[ticket, waiter] : take(key)) {
        if (const auto verdict = ask(ticket, waiter.head, waiter.decide))
            waiter.decide(*verdict);
    }
}

bool TunnelGuard::reserve(std::size_t bytes)
{
    if (m_bodyBytes + bytes > wire::kMaxSignedBodiesBytes)
        return false;
    m_bodyBytes += bytes;
    return true;
}

Verdict TunnelGuard::onBody(const wire::RequestHead &head, std::string_view body)
{
    return m_gate.onBody(head, body, now());
}

} // namespace client
