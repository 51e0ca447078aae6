#include "client/tunnel_config.h"
#include "client/tunnel_guard.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <QSignalSpy>
#include <QTest>

using client::TunnelGuard;
using guard::Verdict;

namespace {

// scrypt with little work: a test hashes often.
constexpr const char *kUser =
    "ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";
constexpr const char *kPassword = "pleaseletmein";

guard::Rules withLogin()
{
    return {.logins = {*guard::parseLogin(kUser)}};
}

wire::RequestHead request(const std::string &address = "192.0.2.1")
{
    wire::RequestHead head;
    head.method = "GET";
    head.uri = "/";
    head.remoteAddress = address;
    return head;
}

wire::RequestHead login(const std::string &password)
{
    auto head = request();
    head.headers = {{"Authorization", "Basic " + wire::encodeBase64("ann:" + password)}};
    return head;
}

// What came of the requests that had to wait.
struct Late {
    TunnelGuard::Decide decide()
    {
        return [this](const Verdict &verdict) { verdicts.push_back(verdict); };
    }
    [[nodiscard]] std::size_t passed() const
    {
        return std::size_t(std::ranges::count_if(
            verdicts, [](const Verdict &verdict) { return std::holds_alternative<guard::Pass>(verdict); }));
    }
    std::vector<Verdict> verdicts;
};

} // namespace

class TunnelGuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTunnelWithoutRulesHasNone();
    void saysWhenItsTimeIsOver();
    void aRightPasswordPassesLater();
    void aWrongOneIsAnsweredLater();
    void requestsWithOneLoginShareItsHash();
    void theQueueOfPasswordsIsBounded();
    void theOwnerLetsAVisitorIn();
    void theOwnerTurnsAVisitorAway();
    void whoIsForgottenIsNotTold();
    void visitorsWhoWaitAreBounded();
    void bodiesShareTheirRoom();
    void itMayGoWhileAPasswordIsHashed();
};

void TunnelGuardTest::aTunnelWithoutRulesHasNone()
{
    client::TunnelConfig config;
    config.server = QUrl(QStringLiteral("http://relay.example.com"));
    QVERIFY(!TunnelGuard::forTunnel(config));
    config.rules.cors = true;
    QVERIFY(TunnelGuard::forTunnel(config));
}

void TunnelGuardTest::saysWhenItsTimeIsOver()
{
    guard::Rules rules;
    rules.expires =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::seconds(1);
    TunnelGuard guard(rules, {}, true);
    QSignalSpy over(&guard, &TunnelGuard::expired);
    QTRY_COMPARE(over.count(), 1);
    const auto verdict = guard.ask(guard.drawTicket(), request(), {});
    QVERIFY(verdict && std::holds_alternative<guard::Refuse>(*verdict));
}

void TunnelGuardTest::aRightPasswordPassesLater()
{
    TunnelGuard guard(withLogin(), {}, true);
    Late late;
    QVERIFY(!guard.ask(guard.drawTicket(), login(kPassword), late.decide()));
    QTRY_COMPARE(late.passed(), 1U);
    const auto again = guard.ask(guard.drawTicket(), login(kPassword), late.decide());
    QVERIFY(again && std::holds_alternative<guard::Pass>(*again));
}

void TunnelGuardTest::aWrongOneIsAnsweredLater()
{
    TunnelGuard guard(withLogin(), {}, true);
    Late late;
    QVERIFY(!guard.ask(guard.drawTicket(), login("guess"), late.decide()));
    QTRY_COMPARE(late.verdicts.size(), 1U);
    QCOMPARE(std::get<guard::Reply>(late.verdicts.front()).head.status, 401U);
}

void TunnelGuardTest::requestsWithOneLoginShareItsHash()
{
    TunnelGuard guard(withLogin(), {}, true);
    Late late;
    for (std::size_t i = 0; i < wire::kMaxHeldRequests; ++i)
        QVERIFY(!guard.ask(guard.drawTicket(), login(kPassword), late.decide()));
    const auto tooMany = guard.ask(guard.drawTicket(), login(kPassword), late.decide());
    QCOMPARE(std::get<guard::Refuse>(*tooMany).why.code, wire::Code::RateLimited);
    QTRY_COMPARE(late.passed(), wire::kMaxHeldRequests);
}

void TunnelGuardTest::theQueueOfPasswordsIsBounded()
{
    TunnelGuard guard(withLogin(), {}, true);
    Late late;
    std::size_t held = 0;
    std::size_t refused = 0;
    for (unsigned i = 0; i < 2 * wire::kMaxPasswordChecks; ++i) {
        auto head = login("guess " + std::to_string(i));
        head.remoteAddress = "192.0.2." + std::to_string(i + 1); // or the visitor's own limit is met first
        if (guard.ask(guard.drawTicket(), head, late.decide()))
            ++refused;
        else
            ++held;
    }
    QCOMPARE(held, wire::kMaxPasswordChecks);
    QCOMPARE(refused, wire::kMaxPasswordChecks);
    QTRY_COMPARE_WITH_TIMEOUT(late.verdicts.size(), held, 30'000);
}

void TunnelGuardTest::theOwnerLetsAVisitorIn()
{
    TunnelGuard guard({.askFirst = true}, {}, true);
    QSignalSpy waiting(&guard, &TunnelGuard::visitorWaiting);
    QSignalSpy decided(&guard, &TunnelGuard::visitorDecided);
    Late late;
    auto head = request();
    head.headers = {{"User-Agent", "curl/8"}};
    QVERIFY(!guard.ask(guard.drawTicket(), head, late.decide()));
    QVERIFY(!guard.ask(guard.drawTicket(), head, late.decide()));
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(waiting.first(), (QVariantList{QStringLiteral("192.0.2.1"), QStringLiteral("curl/8")}));
    guard.answer(QStringLiteral("192.0.2.1"), true);
    QCOMPARE(late.passed(), 2U);
    QCOMPARE(decided.size(), 1);
    QVERIFY(std::holds_alternative<guard::Pass>(*guard.ask(guard.drawTicket(), head, late.decide())));
}

void TunnelGuardTest::theOwnerTurnsAVisitorAway()
{
    TunnelGuard guard({.askFirst = true}, {}, true);
    Late late;
    QVERIFY(!guard.ask(guard.drawTicket(), request(), late.decide()));
    guard.answer(QStringLiteral("192.0.2.1"), false);
    QCOMPARE(late.verdicts.size(), 1U);
    QCOMPARE(std::get<guard::Refuse>(late.verdicts.front()).why.code, wire::Code::Forbidden);
}

void TunnelGuardTest::whoIsForgottenIsNotTold()
{
    TunnelGuard guard({.askFirst = true}, {}, true);
    Late late;
    const auto ticket = guard.drawTicket();
    QVERIFY(!guard.ask(ticket, request(), late.decide()));
    guard.forget(ticket);
    guard.answer(QStringLiteral("192.0.2.1"), true);
    QVERIFY(late.verdicts.empty());
}

void TunnelGuardTest::visitorsWhoWaitAreBounded()
{
    TunnelGuard guard({.askFirst = true}, {}, true);
    Late late;
    for (std::size_t i = 1; i <= wire::kMaxWaitingVisitors; ++i)
        QVERIFY(!guard.ask(guard.drawTicket(), request("192.0.2." + std::to_string(i)), late.decide()));
    const auto tooMany = guard.ask(guard.drawTicket(), request("198.51.100.1"), late.decide());
    QCOMPARE(std::get<guard::Refuse>(*tooMany).why.code, wire::Code::RateLimited);
}

void TunnelGuardTest::bodiesShareTheirRoom()
{
    TunnelGuard guard({.webhook = guard::WebhookRule{}}, {.webhooks = {"s"}}, true);
    QVERIFY(guard.reserve(wire::kMaxSignedBodiesBytes));
    QVERIFY(!guard.reserve(1));
    guard.release(1);
    QVERIFY(guard.reserve(1));
}

void TunnelGuardTest::itMayGoWhileAPasswordIsHashed()
{
    Late late;
    {
        TunnelGuard guard(withLogin(), {}, true);
        QVERIFY(!guard.ask(guard.drawTicket(), login(kPassword), late.decide()));
    }
    TunnelGuard another(withLogin(), {}, true);
    QVERIFY(!another.ask(another.drawTicket(), login(kPassword), late.decide()));
    QTRY_COMPARE(late.verdicts.size(), 1U); // the first one's is never told
}

QTEST_GUILESS_MAIN(TunnelGuardTest)
#include "tunnel_guard_test.moc"
