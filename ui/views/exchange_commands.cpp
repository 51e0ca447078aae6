#include "ui/views/exchange_commands.h"

#include "traffic/curl_export.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QUrl>

namespace ui {

namespace {

// Without a tunnel, the service that was asked says where it thinks it is.
QString urlByHost(const traffic::Exchange &exchange)
{
    const auto host = exchange.request ? wire::findHeader(exchange.request->headers, "host") : std::nullopt;
    if (!host)
        return exchange.summary.target;
    return QStringLiteral("http://") + QString::fromUtf8(host->data(), qsizetype(host->size())) +
           exchange.summary.target;
}

} // namespace

ExchangeCommands::ExchangeCommands(workspace::Workspace &workspace, traffic::ExchangeStore &store, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_store(store)
{
}

QString ExchangeCommands::urlOf(const traffic::Exchange &exchange) const
{
    if (!exchange.summary.importedUrl.isEmpty())
        return exchange.summary.importedUrl;
    const auto *tunnel = m_workspace.find(exchange.summary.tunnelId);
    if (!tunnel || tunnel->publicUrl.isEmpty())
        return urlByHost(exchange);
    QString base = tunnel->publicUrl; // it may end with a path of its own, where names are paths
    while (base.endsWith(u'/'))
        base.chop(1);
    return base + exchange.summary.target;
}

const traffic::Exchange *ExchangeCommands::find(quint64 key)
{
    const auto *exchange = m_store.find(key);
    if (!exchange)
        Q_EMIT told(tr("This request is no longer kept."));
    return exchange;
}

void ExchangeCommands::copyUrl(quint64 key)
{
    if (const auto *exchange = find(key)) {
        QGuiApplication::clipboard()->setText(urlOf(*exchange));
        Q_EMIT told(tr("Copied the URL"));
    }
}

void ExchangeCommands::copyCurl(quint64 key, bool withSecrets)
{
    const auto *exchange = find(key);
    if (!exchange)
        return;
    const QString whole = traffic::curlCommand(*exchange, urlOf(*exchange), traffic::Redact::Nothing);
    const QString safe = traffic::curlCommand(*exchange, urlOf(*exchange));
    QGuiApplication::clipboard()->setText(withSecrets ? whole : safe);
    QStringList told{tr("Copied as cURL.")};
    if (withSecrets && whole != safe)
        told << tr("It has secrets in it.");
    else if (whole != safe)
        told << tr("Secrets read REDACTED.");
    if (exchange->requestCut || exchange->bodiesDropped)
        told << tr("Its body is not whole: only a part was kept.");
    Q_EMIT this->told(told.join(u' '));
}

} // namespace ui
