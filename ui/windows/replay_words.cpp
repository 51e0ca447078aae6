#include "ui/windows/replay_words.h"

#include "client/replay_head.h"
#include "ui/text/status_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ReplayWindow)
};

QString advice(wire::Code code)
{
    switch (code) {
    case wire::Code::LocalServiceUnavailable:
        return Words::tr("Start the local service, or change the URL to where it listens.");
    case wire::Code::Timeout: return Words::tr("See whether the local service hangs, then send it again.");
    case wire::Code::InternalError: return Words::tr("The answer is not complete.");
    default: return {};
    }
}

} // namespace

QString sourceText(const ReplaySession &session)
{
    const auto &summary = session.original.summary;
    const auto at = QLocale().toString(summary.started.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
    if (summary.origin == client::ExchangeOrigin::Replay)
        return Words::tr("A copy of what was sent from here at %1. The original stays as it is.").arg(at);
    if (summary.origin == client::ExchangeOrigin::Import)
        return Words::tr("A copy of what was imported from a file. The original stays as it is.");
    return Words::tr("A copy of what %1 received at %2. The original stays as it is.").arg(summary.tunnelName, at);
}

QString targetNotice(const ReplaySession &session)
{
    if (session.targetKnown)
        return {};
    if (session.original.summary.origin == client::ExchangeOrigin::Import)
        return Words::tr("This request comes from a file. Say in the URL which service shall get it; nothing is sent "
                         "before you press Send.");
    return Words::tr("The tunnel of this request is gone. Say in the URL which local service shall get it.");
}

QString addedFieldsText(const ReplaySession &session)
{
    const auto request = requestOf(session);
    if (!request)
        return {};
    const auto head = client::replayHead(*request);
    if (!head)
        return {};
    QStringList added;
    if (const auto host = client::replayHostField(*request))
        added << QStringLiteral("Host: ") + QString::fromStdString(*host);
    if (const auto length = wire::findHeader(head->headers, "content-length"))
        added << QStringLiteral("Content-Length: ") + QString::fromLatin1(length->data(), qsizetype(length->size()));
    return added.isEmpty() ? QString() : Words::tr("Set when it is sent: %1").arg(added.join(QStringLiteral(", ")));
}

LossText lossText(const ReplaySession &session)
{
    const quint64 missing = missingBytes(session);
    const auto kept = quint64(session.recorded.body.size());
    if (missing == 0 || session.draft.body != session.recorded.body)
        return {};
    const QString whole = sizeText(kept + missing);
    if (session.partAccepted && kept == 0)
        return {Words::tr("It is sent without its body (%1).").arg(whole), {}};
    if (session.partAccepted)
        return {Words::tr("Only the first %1 of %2 are sent.").arg(sizeText(kept), whole), {}};
    if (kept == 0)
        return {
            Words::tr("The body of this request (%1) was not kept. Write another one, or send it without.").arg(whole),
            Words::tr("Send without a body")};
    return {Words::tr("Only the first %1 of this body were recorded; it had %2. Change it, or send only this part.")
                .arg(sizeText(kept), whole),
            Words::tr("Send only this part")};
}

QString failureText(const client::ExchangeSummary &answer)
{
    if (answer.state != client::ExchangeState::Aborted)
        return {};
    if (answer.origin == client::ExchangeOrigin::Visitor)
        return explanation(answer);
    const QString what = QString::fromStdString(answer.error.message);
    const QString then = advice(answer.error.code);
    return then.isEmpty() ? what : what + u' ' + then;
}

QString noBodyText(const traffic::Exchange &answer)
{
    const auto &summary = answer.summary;
    const bool pending = summary.state == client::ExchangeState::Pending;
    if (!answer.response && pending)
        return Words::tr("Waiting for the answer…");
    if (!answer.response)
        return summary.status == 0 ? Words::tr("There was no answer.") : Words::tr("This answer is no longer kept.");
    if (!summary.upgrade.isEmpty())
        return Words::tr("The connection went on as %1. What passed then is not recorded.").arg(summary.upgrade);
    if (!answer.responseBody.isEmpty())
        return {};
    if (answer.bodiesDropped && summary.responseBytes > 0)
        return Words::tr("This body (%1) had to make room for newer ones.").arg(sizeText(summary.responseBytes));
    return pending ? Words::tr("Waiting for the body…") : Words::tr("The answer has no body.");
}

} // namespace ui
