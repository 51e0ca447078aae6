#include "ui/views/details_pane.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/exchange_overview.h"
#include "ui/views/message_view.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/pane.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <chrono>

namespace ui {

namespace {

const auto kTabState = QStringLiteral("details.tab");
const auto kRequestState = QStringLiteral("details.request");
const auto kResponseState = QStringLiteral("details.response");
constexpr std::chrono::milliseconds kRefreshDelay{100}; // of a request that goes on: a body grows twenty times a second

} // namespace

DetailsPane::DetailsPane(const Theme &theme, traffic::ExchangeStore &store, settings::WindowState &state, UrlOf urlOf,
                         QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_store(store),
      m_state(state),
      m_urlOf(std::move(urlOf)),
      m_header(new QWidget(this)),
      m_badge(new BadgeLabel(theme, m_header)),
      m_title(new ElidedLabel({}, m_header)),
      m_replay(new IconButton(theme, Glyph::Replay, tr("Replay"), this)),
      m_edit(new IconButton(theme, Glyph::Edit, tr("Edit and replay"), this)),
      m_curl(new IconButton(theme, Glyph::Copy, tr("Copy as cURL"), this)),
      m_close(new IconButton(theme, Glyph::Close, tr("Close"), m_header)),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)),
      m_none(new EmptyState(theme, Glyph::Code, tr("Select a request"),
                            tr("Its headers, bodies and timing are shown here."), this)),
      m_overview(new ExchangeOverview(theme, this)),
      m_request(new MessageView(theme, MessageView::Side::Request, this)),
      m_response(new MessageView(theme, MessageView::Side::Response, this))
{
    build();
    connectStore();
    m_later.setSingleShot(true);
    m_later.setInterval(kRefreshDelay);
    connect(&m_later, &QTimer::timeout, this, [this] { refresh(); });
    connect(&theme, &Theme::changed, this, [this] { refresh(); });
    refresh();
}

void DetailsPane::build()
{
    buildHeader();
    for (const auto &name : {tr("Overview"), tr("Request"), tr("Response")})
        m_tabs->addTab(name);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Parts of the request"));
    for (auto *page : std::initializer_list<QWidget *>{m_none, m_overview, m_request, m_response})
        m_stack->addWidget(page);
    auto *layout = paneColumn(this);
    layout->addWidget(m_header);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(kGrid, 0, kGap, 0);
    tabs->setSpacing(kGrid);
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    for (auto *button : {m_replay, m_edit, m_curl})
        tabs->addWidget(button);
    layout->addLayout(tabs);
    layout->addWidget(m_stack, 1);

    m_request->restorePlaces(m_state.value(kRequestState));
    m_response->restorePlaces(m_state.value(kResponseState));
    connect(m_request, &QSplitter::splitterMoved, this, [this] { m_state.set(kRequestState, m_request->saveState()); });
    connect(m_response, &QSplitter::splitterMoved, this,
            [this] { m_state.set(kResponseState, m_response->saveState()); });
    const auto tab = m_state.value(kTabState).toInt();
    m_tabs->setCurrentIndex(tab >= Overview && tab <= Response ? tab : Overview);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_state.set(kTabState, QByteArray::number(index));
        refresh();
    });
}

void DetailsPane::buildHeader()
{
    m_replay->setKeys(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_edit->setKeys(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    m_close->setKeys(QKeySequence(Qt::Key_Escape));
    auto *layout = new QHBoxLayout(m_header);
    layout->setContentsMargins(kPad, kGap, kGap, kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_badge);
    layout->addSpacing(kGrid);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_close);
    connect(m_replay, &QToolButton::clicked, this, [this] { Q_EMIT replayRequested(m_key, false); });
    connect(m_edit, &QToolButton::clicked, this, [this] { Q_EMIT replayRequested(m_key, true); });
    connect(m_curl, &QToolButton::clicked, this, [this] { Q_EMIT copyCurlRequested(m_key, false); });
    connect(m_close, &QToolButton::clicked, this, &DetailsPane::closeRequested);
}

void DetailsPane::connectStore()
{
    using Store = traffic::ExchangeStore;
    connect(&m_store, &Store::detailChanged, this, [this](quint64 key) {
        if (key == m_key)
            noteChange();
    });
    connect(&m_store, &Store::changed, this, [this](qsizetype first, qsizetype last) {
        const auto row = m_key == 0 ? -1 : m_store.rowOf(m_key);
        if (row >= first && row <= last)
            noteChange();
    });
    const auto checkKept = [this] {
        if (m_key != 0 && (!m_store.find(m_key)))
            refresh();
    };
    connect(&m_store, &Store::evictedRows, this, checkKept);
    connect(&m_store, &Store::reset, this, [this] { refresh(); });
}

// The last word on a request is shown at once, what comes in between now and then.
void DetailsPane::noteChange()
{
    const auto *exchange = m_store.find(m_key);
    if (exchange && exchange->summary.state != client::ExchangeState::Pending && !m_later.isActive())
        refresh();
    else if (!m_later.isActive())
        m_later.start();
}

void DetailsPane::showExchange(quint64 key)
{
    m_key = key;
    m_later.stop();
    refresh();
}

void DetailsPane::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

DetailsPane::Tab DetailsPane::tab() const
{
    return Tab(m_tabs->currentIndex());
}

void DetailsPane::focusTabs()
{
    m_tabs->setFocus(Qt::ShortcutFocusReason);
}

void DetailsPane::refresh()
{
    const auto *exchange = m_key == 0 ? nullptr : m_store.find(m_key);
    m_header->setVisible(exchange != nullptr);
    for (auto *part : std::initializer_list<QWidget *>{m_tabs, m_replay, m_edit, m_curl})
        part->setVisible(exchange != nullptr);
    if (exchange)
        return refreshPage(*exchange);
    const bool gone = m_key != 0;
    m_none->setGlyph(gone ? Glyph::Info : Glyph::Code);
    m_none->setHeading(gone ? tr("No longer kept") : tr("Select a request"));
    m_none->setSentence(gone ? tr("This request made room for newer ones, or the list was cleared.")
                             : tr("Its headers, bodies and timing are shown here."));
    m_stack->setCurrentWidget(m_none);
}

void DetailsPane::refreshPage(const traffic::Exchange &exchange)
{
    const auto &summary = exchange.summary;
    m_badge->setBadge(badgeOf(summary, m_theme.colors()));
    m_title->setText(summary.method + u' ' + summary.target);
    switch (tab()) {
    case Overview: m_overview->setExchange(exchange, m_urlOf(exchange)); return m_stack->setCurrentWidget(m_overview);
    case Request: m_request->setExchange(exchange); return m_stack->setCurrentWidget(m_request);
    case Response: m_response->setExchange(exchange); return m_stack->setCurrentWidget(m_response);
    }
}

} // namespace ui
