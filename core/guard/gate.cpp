#include "guard/gate.h"

#include "guard/cors.h"
#include "guard/crypto.h"
#include "guard/header_rule.h"
#include "guard/login_page.h"
#include "guard/request_path.h"
#include "guard/visitor_key.h"
#include "wire/text.h"

#include <algorithm>

namespace guard {

using wire::Code;

namespace {

constexpr std::string_view kAuthorization = "Authorization";

std::string shownUserAgent(const wire::RequestHead &head)
{
    std::string agent(
        wire::cutText(wire::findHeader(head.headers, "User-Agent").value_or(""), wire::kMaxShownUserAgent));
    std::ranges::replace_if(agent, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    return agent;
}

Refuse refuse(Code code, std::string sentence)
{
    return {{code, std::move(sentence)}};
}

Refuse tooManyFailures()
{
    return refuse(Code::RateLimited, "Too many wrong passwords or tokens came from this address.");
}

} // namespace

Gate::Gate(Rules rules, Secrets secrets, bool addressTrusted, Moment now)
    : m_rules(std::move(rules)), m_secrets(std::move(secrets)), m_addressTrusted(addressTrusted), m_lastPass(now.steady)
{
}

Verdict Gate::onRequest(const wire::RequestHead &head, const Moment &now)
{
    if (auto why = expired(now))
        return Refuse{*std::move(why)};
    if (auto why = wrongAddress(head))
        return Refuse{*std::move(why)};
    if (!letsThrough(m_rules.only, head))
        return refuse(Code::Forbidden, "Your rules do not let this method and path through.");
    if (m_rules.cors && isPreflight(head))
        return Reply{preflightAnswer(head), {}, {}};
    const auto door = doorOf(head);
    if (!door)
        return Refuse{door.error()};
    if (*door == Door::Signature)
        return atSignature(head);
    if (auto verdict = atLogin(head, now))
        return *std::move(verdict);
    return atConsent(head, now);
}

std::optional<wire::Error> Gate::expired(const Moment &now) const
{
    if (m_rules.expires && now.wall >= *m_rules.expires)
        return wire::Error{Code::Forbidden, "The time you set for this tunnel is over."};
    if (m_rules.idle && now.steady - m_lastPass >= *m_rules.idle)
        return wire::Error{Code::Forbidden, "Nobody used this tunnel for as long as you set: it is closed until you "
                                            "start it again."};
    return std::nullopt;
}

std::optional<wire::Error> Gate::wrongAddress(const wire::RequestHead &head) const
{
    if (!m_rules.needsAddress())
        return std::nullopt;
    const auto address = m_addressTrusted ? wire::parseAddress(head.remoteAddress) : std::nullopt;
    if (!address)
        return wire::Error{Code::Forbidden, "Your rules are about addresses, and the visitor's is not known for sure."};
    if (wire::containsAddress(m_rules.deny, *address))
        return wire::Error{Code::Forbidden, "You deny this address."};
    if (!m_rules.allow.empty() && !wire::containsAddress(m_rules.allow, *address))
        return wire::Error{Code::Forbidden, "This address is not among those you allow."};
    return std::nullopt;
}

// Where only a part of the paths wants a signature, a path that could be taken for another is refused.
wire::Result<Gate::Door> Gate::doorOf(const wire::RequestHead &head) const
{
    if (!m_rules.webhook)
        return Door::Login;
    if (m_rules.webhook->path.matchesAll())
        return Door::Signature;
    const auto path = plainPath(head.uri);
    if (!path || namesAnotherTarget(head))
        return wire::fail(Code::Forbidden,
                          "The path can be read in different ways: your webhook rule cannot judge it.");
    return m_rules.webhook->path.matchesAnyCase(*path) ? Door::Signature : Door::Login;
}

Verdict Gate::atSignature(const wire::RequestHead &head) const
{
    if (!isSigned(m_rules.webhook->sender, head.headers) || !head.upgrade.empty())
        return refuse(Code::Forbidden, "The request has no signature of " +
                                           std::string(webhookSenderName(m_rules.webhook->sender)) + '.');
    return ReadBody{};
}

std::optional<Verdict> Gate::atLogin(const wire::RequestHead &head, const Moment &now)
{
    // A browser's preflight has none of those fields; by one, a service would do what the method says that it names.
    if (!asksLogin() || (isPreflight(head) && !namesAnotherTarget(head)))
        return std::nullopt;
    const auto credentials = readCredentials(head.headers);
    if (const auto *basic = std::get_if<BasicCredentials>(&credentials); basic && !m_rules.logins.empty())
        return checkBasic(*basic, head, now);
    if (const auto *bearer = std::get_if<BearerCredentials>(&credentials); bearer && m_rules.bearer)
        return checkBearer(bearer->token, head, now);
    return demandLogin(head, false);
}

std::optional<Verdict> Gate::checkBasic(const BasicCredentials &login, const wire::RequestHead &head, const Moment &now)
{
    CheckPassword check{m_logins.digest(login), visitorKey(head.remoteAddress), login.password, {}};
    if (m_logins.knows(check.digest, now.steady))
        return std::nullopt;
    const bool begun = m_checking.contains(check.digest);
    if (!begun && !m_failures.take(check.visitor, now.steady))
        return tooManyFailures();
    m_checking.insert(check.digest);
    if (const auto found = std::ranges::find(m_rules.logins, login.name, &Login::name); found != m_rules.logins.end())
        check.hash = found->password;
    return check;
}

// Digests under a key that nobody knows: comparing them tells nothing about the token.
std::optional<Verdict> Gate::checkBearer(const std::string &token, const wire::RequestHead &head, const Moment &now)
{
    const auto visitor = visitorKey(head.remoteAddress);
    if (!m_failures.take(visitor, now.steady))
        return tooManyFailures();
    const auto key = randomBytes(wire::kScryptHashBytes);
    const auto given = hmacSha256(key, token);
    bool right = false;
    for (const auto &kept : m_secrets.tokens)
        right |= sameBytes(given, hmacSha256(key, kept));
    if (!right)
        return demandLogin(head, true);
    m_failures.giveBack(visitor, now.steady);
    return std::nullopt;
}

void Gate::onPassword(const CheckPassword &check, bool right, const Moment &now)
{
    m_checking.erase(check.digest);
    if (!right || !check.hash)
        return;
    m_failures.giveBack(check.visitor, now.steady);
    m_logins.remember(check.digest, now.steady);
}

void Gate::forgetCheck(const CheckPassword &check, const Moment &now)
{
    m_checking.erase(check.digest);
    m_failures.giveBack(check.visitor, now.steady);
}

Verdict Gate::atConsent(const wire::RequestHead &head, const Moment &now)
{
    if (!m_rules.askFirst)
        return pass(now);
    auto visitor = visitorKey(head.remoteAddress);
    const auto answer = m_visitors.answer(visitor, now.steady);
    if (!answer)
        return AskOwner{std::move(visitor), shownUserAgent(head)};
    if (*answer)
        return pass(now);
    return refuse(Code::Forbidden, "You turned this visitor away.");
}

void Gate::onVisitor(const std::string &visitor, bool let, const Moment &now)
{
    m_visitors.remember(visitor, let, now.steady);
}

Verdict Gate::onBody(const wire::RequestHead &head, std::string_view body, const Moment &now)
{
    const auto &rule = *m_rules.webhook;
    const auto verified =
        verifyWebhook(rule.sender, m_secrets.webhooks, {head.headers, body}, now.wall, rule.tolerance);
    if (!verified)
        return Refuse{verified.error()};
    return pass(now);
}

Verdict Gate::pass(const Moment &now)
{
    m_lastPass = now.steady;
    return Pass{};
}

Reply Gate::demandLogin(const wire::RequestHead &head, bool presented) const
{
    auto page = makeLoginPage(head, {!m_rules.logins.empty(), m_rules.bearer, presented});
    if (m_rules.cors)
        allowEveryOrigin(page.head.headers);
    const char *why = presented ? "The password or token was wrong." : "The visitor was asked to log in.";
    return {std::move(page.head), std::move(page.body), wire::Error{Code::Unauthorized, why}};
}

void Gate::prepare(wire::RequestHead &head) const
{
    hideCredentials(head);
    applyHeaderRules(head.headers, m_rules.setHeaders, m_rules.removeHeaders);
}

void Gate::hideCredentials(wire::RequestHead &head) const
{
    if (asksLogin())
        wire::removeHeader(head.headers, kAuthorization);
}

} // namespace guard
