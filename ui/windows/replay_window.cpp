#include "ui/windows/replay_window.h"

#include "traffic/request_url.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/windows/replay_answer.h"
#include "ui/windows/replay_attempts.h"
#include "ui/windows/replay_body_editor.h"
#include "ui/windows/replay_header_editor.h"
#include "ui/windows/replay_request_line.h"
#include "ui/windows/replay_words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr QSize kDefaultSize(1120, 720);
constexpr QSize kMinimumSize(760, 480);

QString geometryKey()
{
    return QStringLiteral("replay.geometry");
}

QString columnsKey()
{
    return QStringLiteral("replay.columns");
}

QString rowsKey()
{
    return QStringLiteral("replay.rows");
}

QString contentType(const traffic::RequestDraft &draft)
{
    const auto field = std::ranges::find_if(draft.headers, [](const auto &row) {
        return row.enabled && row.name.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0;
    });
    return field == draft.headers.end() ? QString() : field->value;
}

} // namespace

ReplayWindow::ReplayWindow(workspace::Workspace &workspace, traffic::ExchangeStore &store, const Theme &theme,
                           settings::WindowState &state, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_workspace(workspace),
      m_store(store),
      m_theme(theme),
      m_state(state),
      m_line(new ReplayRequestLine(theme, this)),
      m_source(new ElidedLabel({}, this)),
      m_again(new QPushButton(this)),
      m_reset(new QPushButton(tr("Reset to original"), this)),
      m_notice(new NoticeBar(theme, this)),
      m_headers(new ReplayHeaderEditor(theme, this)),
      m_body(new ReplayBodyEditor(theme, this)),
      m_attempts(new ReplayAttempts(theme, this)),
      m_answer(new ReplayAnswer(theme, this)),
      m_columns(new QSplitter(Qt::Horizontal, this)),
      m_rows(new QSplitter(Qt::Vertical, this))
{
    build();
    connectParts();
    restore();
}

ReplayWindow::~ReplayWindow() = default;

void ReplayWindow::build()
{
    setWindowIcon(applicationIcon());
    setMinimumSize(kMinimumSize);
    m_columns->setChildrenCollapsible(false);
    m_rows->setChildrenCollapsible(false);
    m_columns->addWidget(buildRequest());
    m_columns->addWidget(buildAnswer());
    auto *layout = paneColumn(this);
    layout->addWidget(buildTop());
    layout->addWidget(m_columns, 1);
}

QWidget *ReplayWindow::buildTop()
{
    m_source->setProperty("kind", QStringLiteral("muted"));
    for (auto *button : {m_again, m_reset})
        button->setProperty("kind", QStringLiteral("link"));
    m_again->setToolTip(tr("The request becomes what led to the answer that is shown"));
    m_reset->setIcon(m_theme.icon(Glyph::Undo, m_theme.colors().accent));
    auto *bar = new QWidget(this);
    bar->setProperty("kind", QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *second = new QHBoxLayout;
    second->setSpacing(kGap);
    second->addWidget(m_source, 1);
    second->addWidget(m_again);
    second->addWidget(m_reset);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(kPad, kPad, kPad, kGap);
    layout->setSpacing(kGrid);
    layout->addWidget(m_line);
    layout->addLayout(second);
    layout->addWidget(m_notice);
    return bar;
}

QWidget *ReplayWindow::buildRequest()
{
    for (QWidget *part : std::initializer_list<QWidget *>{m_headers, m_body}) {
        auto *pane = new QFrame(this);
        pane->setProperty("kind", QStringLiteral("pane"));
        auto *layout = new QVBoxLayout(pane);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(part);
        m_rows->addWidget(pane);
    }
    return m_rows;
}

QWidget *ReplayWindow::buildAnswer()
{
    auto *pane = new QFrame(this);
    pane->setProperty("kind", QStringLiteral("pane"));
    auto *layout = paneColumn(pane);
    layout->addWidget(m_attempts);
    layout->addWidget(paneLine(Qt::Horizontal, pane));
    layout->addWidget(m_answer, 1);
    return pane;
}

void ReplayWindow::connectParts()
{
    connect(m_line, &ReplayRequestLine::edited, this, &ReplayWindow::takeDraft);
    connect(m_line, &ReplayRequestLine::sendRequested, this, &ReplayWindow::send);
    connect(m_line, &ReplayRequestLine::cancelRequested, this, &ReplayWindow::cancel);
    connect(m_headers, &ReplayHeaderEditor::edited, this, &ReplayWindow::takeDraft);
    connect(m_body, &ReplayBodyEditor::edited, this, &ReplayWindow::takeDraft);
    connect(m_body, &ReplayBodyEditor::partAccepted, this, [this] {
        m_shelf.front().partAccepted = true;
        refreshRequest();
        m_line->sendButton()->setFocus();
    });
    connect(m_again, &QPushButton::clicked, this, &ReplayWindow::resetToShown);
    connect(m_reset, &QPushButton::clicked, this, &ReplayWindow::resetToOriginal);
    connect(m_attempts, &ReplayAttempts::chosen, this, [this](int answer) {
        m_shelf.front().shown = answer;
        refreshAnswers();
        refreshRequest();
    });
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(QKeySequence(Qt::CTRL | key), this), &QShortcut::activated, this, &ReplayWindow::send);
    connect(&m_store, &traffic::ExchangeStore::appended, this, &ReplayWindow::hear);
    connect(&m_store, &traffic::ExchangeStore::changed, this, &ReplayWindow::hear);
    connect(&m_store, &traffic::ExchangeStore::detailChanged, this, &ReplayWindow::hearOf);
    connect(&m_theme, &Theme::changed, this, [this] {
        m_reset->setIcon(m_theme.icon(Glyph::Undo, m_theme.colors().accent));
        if (!m_shelf.isEmpty())
            m_attempts->show(m_shelf.front());
    });
}

void ReplayWindow::restore()
{
    if (!restoreGeometry(m_state.value(geometryKey())))
        resize(kDefaultSize);
    if (!m_columns->restoreState(m_state.value(columnsKey())))
        m_columns->setSizes({1, 1});
    if (!m_rows->restoreState(m_state.value(rowsKey())))
        m_rows->setSizes({1, 1});
}

void ReplayWindow::open(quint64 exchangeKey, bool editBodyFocus)
{
    if (!m_store.find(exchangeKey) && (m_shelf.isEmpty() || m_shelf.front().key() != exchangeKey))
        return;
    if (m_shelf.isEmpty() || m_shelf.front().key() != exchangeKey)
        bringForward(exchangeKey);
    show();
    hear();
    raise();
    activateWindow();
    if (editBodyFocus)
        m_body->focusEditor();
    else
        m_line->focusUrl();
}

void ReplayWindow::bringForward(quint64 exchangeKey)
{
    if (!m_shelf.bringForward(exchangeKey)) {
        const auto *exchange = m_store.find(exchangeKey);
        const auto gone = m_shelf.put(beginReplay(*exchange, m_workspace.targetOf(exchange->summary.tunnelId)));
        if (gone)
            endSending(*gone);
    }
    const auto &shown = m_shelf.front();
    m_source->setText(sourceText(shown));
    m_notice->clear();
    if (const auto notice = targetNotice(shown); !notice.isEmpty())
        m_notice->tell(NoticeBar::Kind::Warning, notice);
    loadDraft();
    refreshAnswers();
}

void ReplayWindow::loadDraft()
{
    const auto &shown = m_shelf.front();
    m_line->setRequest(shown.draft.method, shown.draft.url);
    m_headers->setHeaders(shown.draft.headers);
    m_body->setBody(shown.draft.body, shown.recorded.body);
    refreshRequest();
}

void ReplayWindow::takeDraft()
{
    if (m_shelf.isEmpty())
        return;
    auto &shown = m_shelf.front();
    shown.draft = {m_line->method(), m_line->url(), m_headers->headers(), shown.draft.body};
    if (takeBody(shown, m_body->body()))
        m_headers->setHeaders(shown.draft.headers);
    m_line->setFault(false);
    m_notice->clear();
    refreshRequest();
}

// What follows from the draft as it is now.
void ReplayWindow::refreshRequest()
{
    const auto &shown = m_shelf.front();
    setWindowTitle(tr("Replay %1 %2").arg(shown.original.summary.method, shown.original.summary.target));
    m_reset->setEnabled(shown.isChanged());
    m_again->setText(tr("Back to request #%1").arg(shown.firstAttempt + shown.shown - 1));
    m_again->setVisible(shown.shown > 0 && shown.asked() != shown.draft);
    m_body->setContentType(contentType(shown.draft));
    m_line->setObstacle(needsConsent(shown) ? tr("Part of the recorded body is missing: see there") : QString());
    const auto loss = lossText(shown);
    m_body->setLoss(loss.sentence, loss.choice);
    m_headers->setAdded(addedFieldsText(shown));
}

void ReplayWindow::refreshAnswers()
{
    const auto &shown = m_shelf.front();
    m_attempts->show(shown);
    m_answer->setExchange(shown.answer());
    m_line->setSending(shown.isSending());
}

void ReplayWindow::send()
{
    m_headers->commit();
    if (m_shelf.isEmpty() || m_shelf.front().isSending() || needsConsent(m_shelf.front()))
        return;
    auto &shown = m_shelf.front();
    const auto request = requestOf(shown);
    m_line->setFault(!traffic::parseRequestUrl(shown.draft.url));
    if (!request)
        return m_notice->tell(NoticeBar::Kind::Error, QString::fromStdString(request.error().message));
    m_notice->clear();
    addAttempt(shown, m_workspace.engine().replay(*request));
    refreshAnswers();
    refreshRequest();
}

void ReplayWindow::cancel()
{
    if (!m_shelf.isEmpty())
        endSending(m_shelf.front());
}

void ReplayWindow::endSending(const ReplaySession &session)
{
    if (session.isSending())
        m_workspace.engine().cancelReplay(session.attempts.last().answer.summary.key);
}

void ReplayWindow::resetToOriginal()
{
    m_shelf.front().partAccepted = false;
    reset(m_shelf.front().recorded);
}

void ReplayWindow::resetToShown()
{
    reset(m_shelf.front().asked());
}

void ReplayWindow::reset(const traffic::RequestDraft &draft)
{
    m_shelf.front().draft = draft;
    m_line->setFault(false);
    m_notice->clear();
    loadDraft();
}

// Of the many rows that change, those that are waited for.
void ReplayWindow::hear()
{
    if (!isVisible())
        return;
    const auto keys = m_shelf.awaited();
    for (const auto key : keys)
        hearOf(key);
}

void ReplayWindow::hearOf(quint64 key)
{
    const auto *exchange = isVisible() && !m_shelf.isEmpty() ? m_store.find(key) : nullptr;
    if (!exchange)
        return;
    const auto before = m_shelf.front().recorded;
    if (!m_shelf.takeNews(*exchange))
        return;
    if (m_shelf.front().recorded != before && !m_shelf.front().isChanged())
        loadDraft(); // the original was still coming in
    else
        refreshRequest();
    refreshAnswers();
}

void ReplayWindow::closeEvent(QCloseEvent *event)
{
    for (const auto &session : m_shelf.sessions())
        endSending(session);
    m_state.set(geometryKey(), saveGeometry());
    m_state.set(columnsKey(), m_columns->saveState());
    m_state.set(rowsKey(), m_rows->saveState());
    m_state.save();
    QWidget::closeEvent(event);
}

void ReplayWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
