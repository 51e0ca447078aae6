#include "ui/views/body_view.h"

#include "ui/theme/metrics.h"
#include "ui/views/code_view.h"
#include "ui/views/find_bar.h"
#include "ui/views/image_view.h"
#include "ui/views/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "wire/limits.h"

#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPromise>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QThreadPool>
#include <QVBoxLayout>

namespace ui {

namespace {

QFuture<BodyContent> prepareOnPool(const BodySource &source)
{
    auto promise = std::make_shared<QPromise<BodyContent>>();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, source] {
        promise->start();
        promise->addResult(prepareBody(source));
        promise->finish();
    });
    return future;
}

} // namespace

BodyView::BodyView(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_tabs(new QTabBar(this)),
      m_facts(new QLabel(this)),
      m_fault(new NoticeBar(theme, this)),
      m_notes(new QLabel(this)),
      m_stack(new QStackedWidget(this)),
      m_text(new CodeView(theme, this)),
      m_image(new ImageView(theme, this)),
      m_nothing(new QLabel(this)),
      m_find(new FindBar(theme, this))
{
    build();
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) {
        if (tab >= 0)
            m_chosen = Tab(tab);
    });
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) { showTab(Tab(tab)); });
    connect(m_find, &FindBar::textChanged, this, [this] { find(); });
    connect(m_find, &FindBar::nextRequested, this, [this](bool backward) {
        m_text->findNext(backward);
        m_find->showCount(m_text->currentMatch(), m_text->findCount());
    });
    connect(m_find, &FindBar::closed, this, [this] { m_text->setFocus(); });
    showNothing({});
}

void BodyView::build()
{
    for (const auto &name : {tr("Pretty"), tr("Raw"), tr("Hex"), tr("Preview")})
        m_tabs->addTab(name);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("How the body is shown"));
    m_text->setAccessibleName(tr("Body"));
    for (auto *label : {m_facts, m_notes}) {
        makeNote(*label, m_theme);
        label->setWordWrap(true);
        label->setContentsMargins(kPad, kGrid, kPad, kGrid);
    }
    m_fault->setDismissible(false);
    m_nothing->setProperty("kind", QStringLiteral("muted"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(kSection);
    for (auto *page : std::initializer_list<QWidget *>{m_nothing, m_text, m_image})
        m_stack->addWidget(page);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kGrid, 0, kGrid, 0);
    top->addWidget(m_tabs);
    top->addStretch(1);
    auto *layout = paneColumn(this);
    layout->addLayout(top);
    layout->addWidget(m_fault);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_find);
    layout->addWidget(m_facts);
    layout->addWidget(m_notes);
}

void BodyView::show(std::string_view contentType, std::string_view contentEncoding, const QByteArray &body, bool cut)
{
    const BodySource source{std::string(contentType), std::string(contentEncoding), body, cut};
    if (m_generation > 0 && source == m_source)
        return;
    m_grown = m_generation > 0 && source.contentType == m_source.contentType && !m_source.body.isEmpty() &&
              body.startsWith(m_source.body);
    m_source = source;
    ++m_generation;
    m_busy = body.size() > qsizetype(wire::kFormattedAtOnceBytes) ||
             (!contentEncoding.empty() && body.size() > qsizetype(wire::kFormattedAtOnceBytes) / 16);
    if (m_busy)
        prepareLater(source);
    else
        adopt(prepareBody(source));
}

// What is shown stays until the new content is there: at most some tens of milliseconds.
void BodyView::prepareLater(const BodySource &source)
{
    auto *watcher = new QFutureWatcher<BodyContent>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, generation = m_generation] {
        watcher->deleteLater();
        if (generation == m_generation)
            adopt(watcher->result());
    });
    watcher->setFuture(prepareOnPool(source));
}

void BodyView::showNothing(const QString &sentence)
{
    m_source = {};
    m_generation = 0;
    m_busy = false;
    m_content = {};
    m_nothing->setText(sentence);
    m_stack->setCurrentWidget(m_nothing);
    m_tabs->hide();
    m_facts->hide();
    m_fault->clear();
    m_notes->hide();
    m_find->hide();
}

void BodyView::adopt(const BodyContent &content)
{
    m_busy = false;
    m_content = content;
    const bool empty = content.type == traffic::BodyType::Empty;
    m_nothing->setText(empty ? tr("No body") : QString());
    const QSignalBlocker quiet(m_tabs);
    for (const auto tab : {Pretty, Raw, Hex, Preview})
        m_tabs->setTabVisible(tab, applies(tab));
    m_tabs->setVisible(!empty);
    m_facts->setText(content.facts);
    m_facts->setVisible(!empty);
    tellFault();
    const Tab tab = m_chosen && applies(*m_chosen) ? *m_chosen : bestTab();
    m_tabs->setCurrentIndex(tab);
    showTab(tab);
    Q_EMIT prepared();
}

void BodyView::tellFault()
{
    if (!m_content.fault)
        return m_fault->clear();
    m_fault->tell(NoticeBar::Kind::Warning, tr("Not valid JSON, line %1, column %2: %3")
                                                .arg(m_content.fault->line)
                                                .arg(m_content.fault->column)
                                                .arg(m_content.fault->sentence));
}

bool BodyView::applies(Tab tab) const
{
    switch (tab) {
    case Pretty: return !m_content.pretty.isNull();
    case Raw:
    case Hex: return m_content.type != traffic::BodyType::Empty;
    case Preview: return !m_content.image.isNull();
    }
    return false;
}

BodyView::Tab BodyView::bestTab() const
{
    if (applies(Preview))
        return Preview;
    if (applies(Pretty))
        return Pretty;
    const bool bytes = m_content.type == traffic::BodyType::Binary || m_content.type == traffic::BodyType::Image;
    return bytes && m_content.rawSyntax == Syntax::None ? Hex : Raw;
}

BodyView::Tab BodyView::tab() const
{
    return Tab(m_tabs->currentIndex());
}

void BodyView::setTab(Tab tab)
{
    m_chosen = tab;
    if (applies(tab))
        m_tabs->setCurrentIndex(tab);
}

void BodyView::showTab(Tab tab)
{
    if (m_content.type == traffic::BodyType::Empty)
        return m_stack->setCurrentWidget(m_nothing);
    m_image->setImage(m_content.image, m_content.imageSize);
    tellNotes(tab);
    m_stack->setCurrentWidget(tab == Preview ? static_cast<QWidget *>(m_image) : m_text);
    if (tab == Preview)
        m_find->hide();
    else
        fillText(tab);
}

void BodyView::tellNotes(Tab tab)
{
    auto notes = m_content.notes;
    if (tab != Preview)
        notes << (tab == Hex ? m_content.hexNote : m_content.textNote);
    notes.removeAll(QString());
    m_notes->setText(notes.join(u' '));
    m_notes->setVisible(!notes.isEmpty());
}

void BodyView::fillText(Tab tab)
{
    const bool hex = tab == Hex;
    auto *bar = m_text->verticalScrollBar();
    const int place = std::exchange(m_grown, false) ? bar->value() : 0;
    m_text->setLineWrapMode(hex ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
    if (tab == Pretty)
        m_text->setContent(m_content.pretty, m_content.prettySyntax);
    else
        m_text->setContent(hex ? m_content.hex : m_content.raw, hex ? Syntax::None : m_content.rawSyntax);
    bar->setValue(place);
    if (m_content.fault && tab == Raw)
        m_text->markFault(m_content.fault->line, m_content.fault->column);
    if (m_find->isVisible())
        find();
}

void BodyView::openFind()
{
    if (m_stack->currentWidget() == m_text)
        m_find->open();
}

void BodyView::find()
{
    const int count = m_text->findAll(m_find->text());
    m_find->showCount(m_text->currentMatch(), count);
}

// Ctrl+F belongs to the window's filter field, but in here to the body.
bool BodyView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Find)) { // NOLINT(*-static-cast-downcast)
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void BodyView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        openFind();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
