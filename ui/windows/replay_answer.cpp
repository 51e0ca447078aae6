#include "ui/windows/replay_answer.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/body_view.h"
#include "ui/views/header_table.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/windows/replay_words.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui {

namespace {

std::string_view fieldOf(const wire::ResponseHead &head, std::string_view name)
{
    return wire::findHeader(head.headers, name).value_or("");
}

} // namespace

ReplayAnswer::ReplayAnswer(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_badge(new BadgeLabel(theme, this)),
      m_facts(new ElidedLabel({}, this)),
      m_tabs(new QTabBar(this)),
      m_notice(new NoticeBar(theme, this)),
      m_stack(new QStackedWidget(this)),
      m_body(new BodyView(theme, this)),
      m_headers(new HeaderTable(theme, this))
{
    build();
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(&theme, &Theme::changed, this, &ReplayAnswer::refresh);
}

void ReplayAnswer::build()
{
    m_tabs->addTab(tr("Body"));
    m_tabs->addTab(tr("Headers"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Part of the answer"));
    m_headers->setTitle(tr("Response headers"));
    m_notice->setDismissible(false);
    m_stack->addWidget(m_body);
    m_stack->addWidget(m_headers);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kPad, kGrid, kGap, kGrid);
    top->setSpacing(kGap);
    top->addStrut(kControlHeight);
    top->addWidget(m_badge);
    top->addWidget(m_facts, 1);
    top->addWidget(m_tabs);
    auto *notices = new QVBoxLayout;
    notices->setContentsMargins(kPad, 0, kPad, kGrid);
    notices->addWidget(m_notice);
    auto *layout = paneColumn(this);
    layout->addLayout(top);
    layout->addLayout(notices);
    layout->addWidget(m_stack, 1);
}

void ReplayAnswer::setExchange(const traffic::Exchange &exchange)
{
    m_exchange = exchange;
    refresh();
}

QString ReplayAnswer::factsText() const
{
    const auto &summary = m_exchange.summary;
    QStringList facts;
    if (m_exchange.response && !m_exchange.response->reason.empty())
        facts << QString::fromLatin1(m_exchange.response->reason);
    if (summary.durationUs > 0)
        facts << durationText(summary.durationUs);
    if (summary.status != 0)
        facts << sizeText(summary.responseBytes);
    return facts.join(QStringLiteral(" · "));
}

void ReplayAnswer::refresh()
{
    const auto &summary = m_exchange.summary;
    m_badge->setBadge(badgeOf(summary, m_theme.colors()));
    m_facts->setText(factsText());
    if (const auto failure = failureText(summary); !failure.isEmpty())
        m_notice->tell(NoticeBar::Kind::Error, failure);
    else
        m_notice->clear();
    m_headers->setHeaders(m_exchange.response ? m_exchange.response->headers : wire::HeaderList{});
    m_tabs->setVisible(m_exchange.response != nullptr);
    if (!m_exchange.response)
        m_tabs->setCurrentIndex(0);
    showBody();
}

void ReplayAnswer::showBody()
{
    if (const auto instead = noBodyText(m_exchange); !instead.isEmpty())
        return m_body->showNothing(instead);
    m_body->show(fieldOf(*m_exchange.response, "content-type"), fieldOf(*m_exchange.response, "content-encoding"),
                 m_exchange.responseBody, m_exchange.responseCut);
}

} // namespace ui
