#include "ttf/terminal_view.h"

#include "ttf/line_text.h"
#include "workspace/amount_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace ttf {

using workspace::durationText;
using workspace::sizeText;

namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kCyan = "\x1b[36m";
constexpr std::string_view kReset = "\x1b[0m";

constexpr std::size_t kMethodCells = 7;
constexpr std::size_t kMaxNameCells = 20;
constexpr std::size_t kPathCells = 40;    // shorter paths are padded to this, so that columns line up
constexpr std::size_t kMinPathCells = 12; // on a terminal too narrow for a line: let it wrap

std::string_view statusColour(unsigned status)
{
    if (status == 0 || status >= 500)
        return kRed;
    if (status >= 400)
        return kYellow;
    return status >= 300 ? kCyan : kGreen;
}

// What stands after the size: the protocol switched to, or why there is no whole response.
std::string remark(const client::ExchangeSummary &exchange)
{
    if (exchange.state == client::ExchangeState::Aborted)
        return "  " + std::string(wire::codeName(exchange.error.code));
    return exchange.upgrade.isEmpty() ? std::string() : "  " + printable(exchange.upgrade);
}

} // namespace

TerminalView::TerminalView(QHash<QString, QString> targets, bool colour)
    : m_targets(std::move(targets)), m_colour(colour)
{
}

std::string TerminalView::coloured(std::string_view text, std::string_view code) const
{
    return m_colour ? fmt::format("{}{}{}", code, text, kReset) : std::string(text);
}

// Tells tunnels apart; empty while there is only one.
std::string TerminalView::namePrefix(const QString &name)
{
    if (m_targets.size() < 2)
        return {};
    const std::string text = elided(printable(name), kMaxNameCells);
    m_nameWidth = std::max(m_nameWidth, cells(text));
    return padded(text, m_nameWidth) + "  ";
}

void TerminalView::online(std::string &out, const client::TunnelStatus &status, qint64 now)
{
    const std::string url = printable(status.publicUrl);
    if (std::exchange(m_urls[status.id], status.publicUrl) == status.publicUrl) {
        out += fmt::format("{}  {}online again: {}\n", localTimeText(now), namePrefix(status.name), url);
        return;
    }
    out += fmt::format("{}  ->  {}\n", coloured(url, kBold), printable(m_targets.value(status.id)));
    for (const QString &other : {status.subdomainUrl, status.pathBasedUrl}) {
        if (!other.isEmpty() && other != status.publicUrl)
            out += fmt::format("  also {}\n", printable(other));
    }
}

void TerminalView::status(std::string &out, const client::TunnelStatus &status, qint64 now)
{
    if (status.phase == client::Phase::Online)
        return online(out, status, now);
    if (status.phase != client::Phase::Reconnecting)
        return; // a failure goes to stderr (failure_text.h), the rest is silence
    const std::string reason = printable(QString::fromStdString(status.reason.message));
    out += fmt::format("{}  {}{}: {}; next try in {}\n", localTimeText(now), namePrefix(status.name),
                       coloured("offline", kYellow), reason, durationText(status.nextAttemptMs * 1000));
}

void TerminalView::exchange(std::string &out, const client::ExchangeSummary &exchange)
{
    if (exchange.state == client::ExchangeState::Pending)
        return;
    const std::string time = localTimeText(exchange.started.toMSecsSinceEpoch());
    const std::string name = namePrefix(exchange.tunnelName);
    const std::string method = padded(printable(exchange.method), kMethodCells);
    const std::string status = exchange.status == 0 ? "---" : std::to_string(exchange.status);
    const std::string tail = fmt::format("{:>9}  {:>8}{}", durationText(exchange.durationUs),
                                         sizeText(exchange.responseBytes), remark(exchange));

    std::string path = printable(exchange.target);
    std::size_t pathCells = kPathCells;
    if (m_width != 0) {
        const std::size_t others = time.size() + 2 + cells(name) + cells(method) + 2 + 2 + status.size() + cells(tail);
        const std::size_t room = std::max(m_width > others ? m_width - others : 0, kMinPathCells);
        path = elided(path, room);
        pathCells = std::min(pathCells, room);
    }
    out += fmt::format("{}  {}{}  {}  {}{}\n", coloured(time, kDim), name, method, padded(std::move(path), pathCells),
                       coloured(status, statusColour(exchange.status)), tail);
}

void TerminalView::missed(std::string &out, quint64 requests)
{
    out += fmt::format("({} more requests are not shown: the output was not read fast enough)\n", requests);
}

void TerminalView::stopped(std::string &out, const Totals &totals)
{
    out += fmt::format("Stopped after {}: {} request{}, {} received, {} sent\n", durationText(totals.runUs),
                       totals.requests, totals.requests == 1 ? "" : "s", sizeText(totals.requestBytes),
                       sizeText(totals.responseBytes));
}

} // namespace ttf
