#include "ui/text/status_text.h"

#include "workspace/amount_text.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::StatusText)
};

Badge quiet(const QString &word, Glyph glyph, const Colors &colors)
{
    return {word, glyph, colors.muted, colors.hover};
}

Badge finishedBadge(unsigned status, const Colors &colors)
{
    const QString word = QString::number(status);
    if (status >= 500)
        return {word, Glyph::Error, colors.danger, colors.dangerSoft};
    if (status >= 400)
        return {word, Glyph::Warning, colors.warning, colors.warningSoft};
    if (status >= 300)
        return {word, Glyph::Redirect, colors.info, colors.infoSoft};
    if (status >= 200)
        return {word, Glyph::StatusOnline, colors.success, colors.successSoft};
    return {word, Glyph::Info, colors.info, colors.infoSoft};
}

Badge abortedBadge(wire::Code code, const Colors &colors)
{
    switch (code) {
    case wire::Code::Cancelled: return quiet(Words::tr("Cancelled"), Glyph::Clear, colors);
    case wire::Code::Timeout: return {Words::tr("Timed out"), Glyph::StatusFailed, colors.danger, colors.dangerSoft};
    case wire::Code::LocalServiceUnavailable:
        return {Words::tr("No service"), Glyph::StatusFailed, colors.danger, colors.dangerSoft};
    default: return {Words::tr("Aborted"), Glyph::StatusFailed, colors.danger, colors.dangerSoft};
    }
}

QString serverText(const settings::TunnelEntry &entry)
{
    return entry.server.isEmpty() ? Words::tr("the built-in relay") : entry.server.authority();
}

// The reason as a sentence of its own, at the end of what we say; empty when there is none.
QString reasonText(const wire::Error &error)
{
    QString text = sentence(error).trimmed();
    if (text.isEmpty())
        return {};
    text[0] = text[0].toUpper();
    if (!text.endsWith(QLatin1Char('.')) && !text.endsWith(QLatin1Char('?')) && !text.endsWith(QLatin1Char('!')))
        text += QLatin1Char('.');
    return text;
}

QString failureText(const workspace::TunnelInfo &tunnel)
{
    const QString server = serverText(tunnel.entry);
    const QString name = titleOf(tunnel);
    switch (tunnel.status.reason.code) {
    case wire::Code::Unauthorized:
        return Words::tr("%1 does not accept the token. Save a valid one for this server in Settings, and the tunnel "
                         "starts again.")
            .arg(server);
    case wire::Code::Forbidden:
        return Words::tr("The token may not use the name “%1” on %2. Rename the tunnel, or save another token for "
                         "this server in Settings.")
            .arg(name, server);
    case wire::Code::NameTaken:
        return Words::tr("Somebody else uses the name “%1” on %2. Rename the tunnel, or stop the other one and start "
                         "this again.")
            .arg(name, server);
    case wire::Code::ProtocolError:
        return Words::tr("%1 does not talk like a tunnel relay. Check the server's address, and that both sides are "
                         "up to date.")
            .arg(server);
    default: return Words::tr("%1 refused the tunnel. Check its settings, then start it again.").arg(server);
    }
}

QString waitingText(const workspace::TunnelInfo &tunnel)
{
    const QString server = serverText(tunnel.entry);
    const unsigned attempt = tunnel.status.attempt;
    switch (tunnel.status.reason.code) {
    case wire::Code::NameTaken:
        return Words::tr("The name “%1” is still held on %2, probably by the connection that was lost. Trying again "
                         "by itself (attempt %3).")
            .arg(titleOf(tunnel), server)
            .arg(attempt);
    case wire::Code::RateLimited:
        return Words::tr("%1 asks to come back later. Trying again by itself (attempt %2).").arg(server).arg(attempt);
    default:
        if (tunnel.status.publicUrl.isEmpty())
            return Words::tr(
                       "There is no connection to %1 yet. Trying again by itself (attempt %2); if it lasts, check "
                       "the network and the server.")
                .arg(server)
                .arg(attempt);
        return Words::tr("The connection to %1 is lost. Trying again by itself (attempt %2); if it lasts, check the "
                         "network and the server.")
            .arg(server)
            .arg(attempt);
    }
}

} // namespace

Badge badgeOf(const client::TunnelStatus &status, const Colors &colors)
{
    switch (status.phase) {
    case client::Phase::Idle: break;
    case client::Phase::Connecting:
        return {Words::tr("Connecting"), Glyph::StatusPending, colors.info, colors.infoSoft};
    case client::Phase::Online:
        if (status.paused)
            return quiet(Words::tr("Paused"), Glyph::StatusPaused, colors);
        return {Words::tr("Online"), Glyph::StatusOnline, colors.success, colors.successSoft};
    case client::Phase::Reconnecting:
        return {Words::tr("Reconnecting"), Glyph::StatusPending, colors.warning, colors.warningSoft};
    case client::Phase::Stopped: return quiet(Words::tr("Stopped"), Glyph::StatusIdle, colors);
    case client::Phase::Failed: return {Words::tr("Failed"), Glyph::StatusFailed, colors.danger, colors.dangerSoft};
    }
    return quiet(Words::tr("Not started"), Glyph::StatusIdle, colors);
}

Badge badgeOf(const client::ExchangeSummary &exchange, const Colors &colors)
{
    switch (exchange.state) {
    case client::ExchangeState::Pending: break;
    case client::ExchangeState::Done: return finishedBadge(exchange.status, colors);
    case client::ExchangeState::Aborted: return abortedBadge(exchange.error.code, colors);
    }
    return quiet(Words::tr("Pending"), Glyph::StatusPending, colors);
}

QString titleOf(const workspace::TunnelInfo &tunnel)
{
    return tunnel.entry.name.isEmpty() ? targetText(tunnel.entry) : tunnel.entry.name;
}

QString explanation(const workspace::TunnelInfo &tunnel)
{
    const QString reason = reasonText(tunnel.status.reason);
    const QString space = reason.isEmpty() ? QString() : QStringLiteral(" ");
    if (tunnel.status.phase == client::Phase::Failed)
        return reason + space + failureText(tunnel);
    if (tunnel.status.phase == client::Phase::Reconnecting)
        return reason + space + waitingText(tunnel);
    return {};
}

QString explanation(const client::ExchangeSummary &exchange)
{
    if (exchange.state != client::ExchangeState::Aborted)
        return {};
    QString reason = reasonText(exchange.error);
    const QString space = reason.isEmpty() ? QString() : QStringLiteral(" ");
    if (exchange.origin == client::ExchangeOrigin::Import)
        return reason; // nothing can be done about it here
    switch (exchange.error.code) {
    case wire::Code::Cancelled:
        if (exchange.origin == client::ExchangeOrigin::Replay)
            return Words::tr("You ended it before the answer was complete.");
        return reason + space + Words::tr("Whoever asked left before the answer was complete.");
    case wire::Code::Timeout:
        return reason + space + Words::tr("The local service did not answer in time: see whether it hangs.");
    case wire::Code::LocalServiceUnavailable:
        return reason + space +
               Words::tr("Start the local service, or change the tunnel's target to its port; resume "
                         "the tunnel if it is paused.");
    case wire::Code::ConnectionLost:
        return reason + space + Words::tr("The tunnel was interrupted: ask for the page again once it is online.");
    case wire::Code::PayloadTooLarge:
    case wire::Code::HeadersTooLarge: return reason + space + Words::tr("It is larger than the tunnel lets through.");
    default: return reason + space + Words::tr("The exchange ended early; the visitor got an incomplete answer.");
    }
}

bool hasFailed(const client::ExchangeSummary &exchange)
{
    return exchange.state == client::ExchangeState::Aborted || exchange.status >= 500;
}

QString sentence(const wire::Error &error)
{
    return QString::fromStdString(error.message);
}

QString durationText(qint64 microseconds)
{
    return QString::fromStdString(workspace::durationText(microseconds));
}

QString sizeText(quint64 bytes)
{
    return QString::fromStdString(workspace::sizeText(bytes));
}

QString targetText(const settings::TunnelEntry &entry)
{
    const settings::Target &target = entry.target;
    const bool isAddress = target.host.contains(QLatin1Char(':'));
    const QString host = isAddress ? QStringLiteral("[%1]").arg(target.host) : target.host;
    return QStringLiteral("%1%2:%3").arg(target.tls ? QStringLiteral("https://") : QString(), host).arg(target.port);
}

} // namespace ui
