#include "ui/views/exchange_overview.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/timing_bar.h"
#include "ui/views/wrapped_label.h"
#include "ui/widgets/notice_bar.h"
#include "wire/limits.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace ui {

namespace {

using client::ExchangeState;

// What is no visitor's says so.
QString originText(client::ExchangeOrigin origin)
{
    if (origin == client::ExchangeOrigin::Replay)
        return ExchangeOverview::tr("Replayed from here");
    return origin == client::ExchangeOrigin::Import ? ExchangeOverview::tr("Imported from a file") : QString();
}

} // namespace

ExchangeOverview::ExchangeOverview(const Theme &theme, QWidget *parent)
    : QScrollArea(parent),
      m_theme(theme),
      m_url(new WrappedLabel),
      m_error(new NoticeBar(theme)),
      m_timing(new TimingBar(theme)),
      m_fields(new QGridLayout)
{
    build();
    connect(&theme, &Theme::changed, this, [this] { m_url->setFont(m_theme.monospace()); });
}

void ExchangeOverview::build()
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_url->setFont(m_theme.monospace());
    m_url->setAccessibleName(tr("URL"));
    m_error->setDismissible(false);

    m_fields->setHorizontalSpacing(2 * kGap);
    m_fields->setVerticalSpacing(kGap);
    m_fields->setColumnStretch(1, 1);
    addField(Field::Started, tr("Started"));
    addField(Field::Duration, tr("Duration"));
    addField(Field::Sent, tr("Request body"));
    addField(Field::Received, tr("Response body"));
    addField(Field::From, tr("Visitor"));
    addField(Field::Tunnel, tr("Tunnel"));
    addField(Field::Protocol, tr("Upgraded to"));
    addField(Field::Replay, tr("Origin"));
    addField(Field::Id, tr("Request ID"));

    auto *page = new QFrame;
    page->setProperty("kind", QStringLiteral("pane"));
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(kPad, kPad, kPad, kPad);
    layout->setSpacing(kPad);
    layout->addWidget(m_url);
    layout->addWidget(m_error);
    layout->addWidget(m_timing);
    layout->addSpacing(kGrid);
    layout->addLayout(m_fields);
    layout->addStretch(1);
    setWidget(page);
}

void ExchangeOverview::addField(Field field, const QString &name)
{
    auto *label = new QLabel(name);
    label->setProperty("kind", QStringLiteral("muted"));
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *value = new WrappedLabel;
    value->setAccessibleName(name);
    const int row = m_fields->rowCount();
    m_fields->addWidget(label, row, 0);
    m_fields->addWidget(value, row, 1);
    m_labels.insert(field, {label, value});
}

void ExchangeOverview::setField(Field field, const QString &value)
{
    const auto [label, text] = m_labels.value(field);
    text->setText(value);
    label->setVisible(!value.isEmpty());
    text->setVisible(!value.isEmpty());
}

void ExchangeOverview::setExchange(const traffic::Exchange &exchange, const QString &url)
{
    const auto &summary = exchange.summary;
    m_url->setText(summary.method + u' ' + url.left(qsizetype(wire::kShownHeaderBytes)));
    const QString error = explanation(summary);
    if (error.isEmpty())
        m_error->clear();
    else
        m_error->tell(NoticeBar::Kind::Error, error);
    m_timing->setVisible(summary.state != ExchangeState::Pending);
    m_timing->setTimes(summary.firstByteUs, summary.durationUs);
    fillFields(summary);
}

void ExchangeOverview::fillFields(const client::ExchangeSummary &exchange)
{
    const bool pending = exchange.state == ExchangeState::Pending;
    const auto started = exchange.started.toLocalTime();
    setField(Field::Started, QLocale().toString(started.date(), QLocale::ShortFormat) + u' ' +
                                 started.toString(QStringLiteral("HH:mm:ss.zzz")));
    setField(Field::Duration, pending ? tr("Still running") : durationText(exchange.durationUs));
    setField(Field::Sent, sizeText(exchange.requestBytes));
    setField(Field::Received, sizeText(exchange.responseBytes));
    setField(Field::From, exchange.remoteAddress);
    setField(Field::Tunnel, exchange.tunnelName);
    setField(Field::Protocol, exchange.upgrade);
    setField(Field::Replay, originText(exchange.origin));
    setField(Field::Id, exchange.requestId);
}

} // namespace ui
