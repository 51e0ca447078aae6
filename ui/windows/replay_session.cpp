#include "ui/windows/replay_session.h"

#include "traffic/body_decoder.h"
#include "traffic/request_url.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr quint16 kHttpPort = 80;

client::LocalTarget anyTarget()
{
    client::LocalTarget target;
    target.port = kHttpPort;
    return target;
}

// Where it was asked for, when it never came through a tunnel of ours.
std::optional<client::LocalTarget> importedTarget(const client::ExchangeSummary &summary)
{
    const auto url = traffic::parseRequestUrl(summary.importedUrl);
    if (summary.origin != client::ExchangeOrigin::Import || !url)
        return std::nullopt;
    client::LocalTarget target;
    target.tls = url->tls;
    target.host = url->host;
    target.port = url->port;
    return target;
}

// What the head promised counts too: a visitor may have gone, or been refused, before the body came.
quint64 wholeBodyBytes(const traffic::Exchange &exchange)
{
    if (!exchange.summary.upgrade.isEmpty())
        return 0; // what came was no body
    quint64 announced = 0;
    if (exchange.request) {
        const auto field = wire::findHeader(exchange.request->headers, "content-length").value_or("0");
        announced = QByteArray(field.data(), qsizetype(field.size())).toULongLong();
    }
    return std::max(announced, exchange.summary.requestBytes);
}

// Names codings that we know: what an unknown one makes of a text, nobody can say.
bool isCoding(const traffic::DraftHeader &field)
{
    return field.name.compare(QLatin1String("content-encoding"), Qt::CaseInsensitive) == 0 &&
           traffic::decodeBody(field.value.toStdString(), {}).has_value();
}

} // namespace

bool ReplaySession::isSending() const
{
    return !attempts.isEmpty() && attempts.last().answer.summary.state == client::ExchangeState::Pending;
}

ReplaySession beginReplay(const traffic::Exchange &exchange, const std::optional<client::LocalTarget> &target)
{
    ReplaySession session;
    session.original = exchange;
    session.targetKnown = target.has_value();
    session.target = target.value_or(importedTarget(exchange.summary).value_or(anyTarget()));
    session.recorded = traffic::draftFrom(exchange, session.target);
    session.draft = session.recorded;
    return session;
}

quint64 missingBytes(const ReplaySession &session)
{
    const quint64 whole = wholeBodyBytes(session.original);
    const auto kept = quint64(session.recorded.body.size());
    return whole > kept ? whole - kept : 0;
}

bool needsConsent(const ReplaySession &session)
{
    return !session.partAccepted && missingBytes(session) > 0 && session.draft.body == session.recorded.body;
}

wire::Result<client::ReplayRequest> requestOf(const ReplaySession &session)
{
    auto request = traffic::toReplay(session.draft, session.target);
    if (!request)
        return request;
    request->tunnelId = session.original.summary.tunnelId;
    request->tunnelName = session.original.summary.tunnelName;
    request->replayOf = session.key();
    return request;
}

bool takeBody(ReplaySession &session, const QByteArray &body)
{
    const bool wasRecorded = std::exchange(session.draft.body, body) == session.recorded.body;
    const bool isRecorded = session.draft.body == session.recorded.body;
    bool switched = false;
    for (auto &field : session.draft.headers) {
        if (wasRecorded != isRecorded && isCoding(field) && field.enabled != isRecorded) {
            field.enabled = isRecorded;
            switched = true;
        }
    }
    return switched;
}

void addAttempt(ReplaySession &session, quint64 key)
{
    traffic::Exchange sent;
    sent.summary.key = key;
    sent.summary.origin = client::ExchangeOrigin::Replay;
    sent.summary.method = session.draft.method;
    if (session.attempts.size() >= kKeptAttempts) {
        session.attempts.removeFirst();
        ++session.firstAttempt;
    }
    session.attempts.append({session.draft, sent});
    session.shown = session.attempts.size();
}

bool takeNews(ReplaySession &session, const traffic::Exchange &exchange)
{
    if (exchange.summary.key == session.key()) {
        const bool untouched = !session.isChanged();
        session.original = exchange;
        session.recorded = traffic::draftFrom(exchange, session.target);
        if (untouched)
            session.draft = session.recorded;
        return true;
    }
    const auto attempt = std::ranges::find(session.attempts, exchange.summary.key,
                                           [](const auto &sent) { return sent.answer.summary.key; });
    if (attempt == session.attempts.end())
        return false;
    attempt->answer = exchange;
    return true;
}

} // namespace ui
