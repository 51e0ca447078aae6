#include "ui/windows/expose_form.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/windows/expose_fields.h"
#include "ui/windows/expose_result.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kFormWidth = 105 * kGrid;
constexpr int kPicture = 12 * kGrid;

// Centred, no wider than reads well, and scrolled where the window is low.
QScrollArea *inScrollArea(QWidget *form)
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(kPad, 2 * kSection, kPad, kSection);
    row->addStretch(1);
    row->addWidget(form);
    row->addStretch(1);
    return scrolled(page);
}

} // namespace

ExposeForm::ExposeForm(const Theme &theme, workspace::Workspace &workspace, UrlBar::OpenUrl open, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_workspace(workspace),
      m_stack(new QStackedWidget(this)),
      m_form(new QWidget),
      m_picture(new QLabel),
      m_heading(new QLabel),
      m_sentence(new QLabel),
      m_suggestions(new ExposeSuggestions(theme)),
      m_fields(new ExposeFields(theme, workspace)),
      m_fault(new NoticeBar(theme)),
      m_expose(new QPushButton),
      m_cancel(new QPushButton),
      m_result(new ExposeResult(theme, workspace, std::move(open)))
{
    build();
    connectParts();
    setCancellable(false);
    begin();
}

void ExposeForm::build()
{
    m_stack->addWidget(inScrollArea(buildForm()));
    m_stack->addWidget(m_result);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget *ExposeForm::buildForm()
{
    m_picture->setPixmap(applicationIcon().pixmap(QSize(kPicture, kPicture), devicePixelRatioF()));
    m_heading->setText(tr("Expose a port"));
    m_heading->setFont(m_theme.heading());
    m_sentence->setText(tr("Give a service of this computer a public address. Requests to it appear here, live."));
    m_sentence->setProperty("kind", QStringLiteral("muted"));
    m_sentence->setWordWrap(true);
    m_fault->setObjectName(QStringLiteral("fault"));
    m_expose->setText(tr("Expose"));
    m_expose->setProperty("kind", QStringLiteral("primary"));
    m_expose->setDefault(true);
    m_cancel->setText(tr("Cancel"));
    m_form->setFixedWidth(kFormWidth);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_expose);
    auto *layout = new QVBoxLayout(m_form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kPad);
    layout->addWidget(m_picture);
    layout->addWidget(m_heading);
    layout->addWidget(m_sentence);
    layout->addSpacing(kGrid);
    layout->addWidget(m_suggestions);
    layout->addWidget(m_fields);
    layout->addWidget(m_fault);
    layout->addLayout(buttons);
    layout->addStretch(1);
    return m_form;
}

void ExposeForm::connectParts()
{
    connect(m_suggestions, &ExposeSuggestions::chosen, this, [this](const auto &suggestion) { take(suggestion); });
    connect(m_fields, &ExposeFields::changed, this, [this] { refresh(); });
    connect(m_fields, &ExposeFields::submitted, this, [this] { submit(); });
    connect(m_expose, &QPushButton::clicked, this, [this] { submit(); });
    connect(m_cancel, &QPushButton::clicked, this, &ExposeForm::cancelled);
    connect(m_result, &ExposeResult::anotherRequested, this, [this] { begin(); });
    connect(m_result, &ExposeResult::editRequested, this, &ExposeForm::editRequested);
    connect(m_result, &ExposeResult::requestsRequested, this, &ExposeForm::requestsRequested);
}

void ExposeForm::begin(quint16 port)
{
    settings::TunnelEntry entry;
    entry.target.port = port;
    m_fields->setEntry(entry);
    m_fault->clear();
    m_stack->setCurrentIndex(0);
    focusFirst();
    if (const auto relay = m_workspace.relay().port(); relay != 0)
        m_suggestions->leaveOut({relay});
    refresh();
}

void ExposeForm::focusFirst()
{
    m_fields->focusTarget();
}

void ExposeForm::setCancellable(bool cancellable)
{
    m_cancel->setVisible(cancellable);
    m_picture->setVisible(!cancellable);
}

void ExposeForm::take(const discovery::Suggestion &suggestion)
{
    settings::Target target;
    target.port = suggestion.listening.port;
    target.tls = suggestion.tls;
    m_fields->suggest(target, suggestion.title.isEmpty() ? suggestion.listening.process : suggestion.title);
}

void ExposeForm::refresh()
{
    m_fault->clear();
    m_expose->setEnabled(m_fields->isValid());
}

void ExposeForm::submit()
{
    const auto entry = m_fields->entry();
    if (!entry)
        return; // the field at fault says so
    const auto added = m_workspace.add(*entry);
    if (!added)
        return m_fault->tell(NoticeBar::Kind::Error, QString::fromStdString(added.error().message));
    m_result->setTunnel(*added);
    if (m_showsResult)
        m_stack->setCurrentWidget(m_result);
    Q_EMIT exposed(*added);
}

void ExposeForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_cancel->isVisible())
        Q_EMIT cancelled();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
