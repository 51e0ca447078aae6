#include "ui/widgets/toast.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QGraphicsDropShadowEffect>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kShadowRadius = 24;
constexpr int kShadowAlpha = 70;

} // namespace

Toast::Toast(const Theme &theme, QWidget *parent)
    : QFrame(parent),
      m_text(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_close(new IconButton(theme, Glyph::Close, tr("Dismiss"), this))
{
    setProperty("kind", QStringLiteral("toast"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_action->setProperty("kind", QStringLiteral("link"));
    m_close->setKeys(Qt::Key_Escape);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kPad + kGrid, kGrid, kGrid, kGrid);
    row->setSpacing(kGap);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    auto *shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(kShadowRadius);
    shadow->setOffset(0, kGrid);
    shadow->setColor(QColor(0, 0, 0, kShadowAlpha));
    setGraphicsEffect(shadow);

    m_timer.setSingleShot(true);
    m_timer.setInterval(kToastTime);
    connect(&m_timer, &QTimer::timeout, this, &Toast::close);
    connect(m_action, &QPushButton::clicked, this, &Toast::act);
    connect(m_close, &IconButton::clicked, this, &Toast::close);
    connect(qApp, &QApplication::focusChanged, this, &Toast::restartUnlessUsed);
    parent->installEventFilter(this);
    hide();
}

// A button with the focus tells that it loses it while it is destroyed, which is after our own members are gone.
Toast::~Toast()
{
    disconnect(qApp, nullptr, this, nullptr);
}

void Toast::tell(const QString &text)
{
    m_act = nullptr;
    appear(text, {});
}

void Toast::tell(const QString &text, const QString &action, std::function<void()> act)
{
    m_act = std::move(act);
    appear(text, action);
}

void Toast::setTime(std::chrono::milliseconds time)
{
    m_timer.setInterval(time);
}

QString Toast::text() const
{
    return m_text->text();
}

void Toast::appear(const QString &text, const QString &action)
{
    m_text->setText(text);
    m_action->setText(action);
    m_action->setHidden(action.isEmpty());
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start();
}

void Toast::close()
{
    if (isHidden())
        return;
    m_timer.stop();
    m_act = nullptr;
    hide();
    Q_EMIT closed();
}

void Toast::act()
{
    const auto action = std::exchange(m_act, nullptr);
    close();
    if (action)
        action();
}

void Toast::place()
{
    const QRect room = parentWidget()->rect().marginsRemoved(QMargins(kSection, kSection, kSection, kSection));
    const int chrome = sizeHint().width() - m_text->sizeHint().width();
    const int line = m_text->fontMetrics().size(Qt::TextSingleLine, m_text->text()).width();
    const int width = std::min(chrome + line + kGrid, room.width());
    const int height = std::max(layout()->totalHeightForWidth(width), layout()->totalMinimumSize().height());
    setGeometry(room.center().x() - width / 2, room.bottom() - height, width, height);
}

// What the user is about to use does not go away under the hand.
void Toast::restartUnlessUsed()
{
    if (isHidden())
        return;
    const QWidget *focus = QApplication::focusWidget();
    if (underMouse() || (focus && isAncestorOf(focus)))
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer.stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    QFrame::leaveEvent(event);
    const QWidget *focus = QApplication::focusWidget();
    if (!isHidden() && !(focus && isAncestorOf(focus)))
        m_timer.start();
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return close();
    QFrame::keyPressEvent(event);
}

} // namespace ui
