#include "ui/views/find_bar.h"

#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QTransform>

namespace ui {

FindBar::FindBar(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_field(new SearchField(theme, tr("Find in body"), this)),
      m_count(new QLabel(this)),
      m_previous(new IconButton(theme, Glyph::ChevronDown, tr("Previous match"), this)),
      m_next(new IconButton(theme, Glyph::ChevronDown, tr("Next match"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kGap, kGrid, kGap, kGrid);
    layout->setSpacing(kGap);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    makeNote(*m_count, theme);
    m_previous->setKeys(QKeySequence(Qt::SHIFT | Qt::Key_Return));
    m_next->setKeys(QKeySequence(Qt::Key_Return));
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::textChanged);
    connect(m_field, &SearchField::left, this, [this] { close(); });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT nextRequested(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT nextRequested(false); });
    turnPrevious(theme);
    connect(&theme, &Theme::changed, this, [this, &theme] { turnPrevious(theme); });
    hide();
}

// There is one chevron: upside down it points to the match before.
void FindBar::turnPrevious(const Theme &theme)
{
    const auto down = theme.icon(Glyph::ChevronDown).pixmap(QSize(kIconSize, kIconSize), devicePixelRatioF());
    m_previous->setIcon(QIcon(down.transformed(QTransform().rotate(180))));
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::close()
{
    hide();
    m_field->clear();
    Q_EMIT closed();
}

void FindBar::showCount(int current, int count)
{
    const bool searching = !m_field->text().isEmpty();
    m_count->setText(!searching ? QString() : count == 0 ? tr("No match") : tr("%1 of %2").arg(current).arg(count));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

QString FindBar::text() const
{
    return m_field->text();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT nextRequested(event->modifiers().testFlag(Qt::ShiftModifier));
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
