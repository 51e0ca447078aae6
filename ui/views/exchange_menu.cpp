#include "ui/views/exchange_menu.h"

#include <QAction>

namespace ui {

namespace {

// As the filter reads it; a path with spaces or quotes cannot come in a request target.
QString pathTerm(const client::ExchangeSummary &exchange)
{
    const auto query = exchange.target.indexOf(u'?');
    return QStringLiteral("path:") + exchange.target.left(query < 0 ? exchange.target.size() : query);
}

} // namespace

ExchangeMenu::ExchangeMenu(const Theme &theme, const client::ExchangeSummary &exchange, QWidget *parent) : QMenu(parent)
{
    const auto key = exchange.key;
    connect(addAction(theme.icon(Glyph::Link), tr("Copy &URL")), &QAction::triggered, this,
            [this, key] { Q_EMIT copyUrlRequested(key); });
    connect(addAction(theme.icon(Glyph::Copy), tr("Copy as &cURL")), &QAction::triggered, this,
            [this, key] { Q_EMIT copyCurlRequested(key, false); });
    connect(addAction(tr("Copy as cURL with &secrets")), &QAction::triggered, this,
            [this, key] { Q_EMIT copyCurlRequested(key, true); });
    connect(addAction(theme.icon(Glyph::Download), tr("Export as &HAR…")), &QAction::triggered, this,
            [this, key] { Q_EMIT exportRequested({key}); });
    addSeparator();
    // The keys are told, not set: the window's own actions have them.
    connect(addAction(theme.icon(Glyph::Replay), tr("&Replay") + QStringLiteral("\tCtrl+R")), &QAction::triggered, this,
            [this, key] { Q_EMIT replayRequested(key, false); });
    connect(addAction(theme.icon(Glyph::Edit), tr("&Edit and replay…") + QStringLiteral("\tCtrl+Shift+R")),
            &QAction::triggered, this, [this, key] { Q_EMIT replayRequested(key, true); });
    addSeparator();
    addFilters(theme, exchange);
}

void ExchangeMenu::addFilters(const Theme &theme, const client::ExchangeSummary &exchange)
{
    auto *filters = addMenu(theme.icon(Glyph::Filter), tr("&Filter"));
    const auto add = [&](const QString &text, const QString &term) {
        connect(filters->addAction(text), &QAction::triggered, this, [this, term] { Q_EMIT filterRequested(term); });
    };
    const auto path = pathTerm(exchange);
    add(tr("Only this path"), path);
    add(tr("Hide this path"), u'-' + path);
    add(tr("Only %1 requests").arg(exchange.method), QStringLiteral("method:") + exchange.method);
    if (exchange.status != 0)
        add(tr("Only status %1").arg(exchange.status), QStringLiteral("status:%1").arg(exchange.status));
    else
        add(tr("Only pending requests"), QStringLiteral("is:pending"));
    add(tr("Only the tunnel %1").arg(exchange.tunnelName), QStringLiteral("tunnel:") + exchange.tunnelName);
}

} // namespace ui
