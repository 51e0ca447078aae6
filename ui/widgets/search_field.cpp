#include "ui/widgets/search_field.h"

#include "ui/theme/style_sheet.h"

#include <QAction>
#include <QKeyEvent>

namespace ui {

SearchField::SearchField(const Theme &theme, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent),
      m_theme(theme),
      m_glass(addAction(QIcon(), LeadingPosition)),
      m_clear(addAction(QIcon(), TrailingPosition))
{
    setProperty("kind", QStringLiteral("search"));
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_clear->setText(tr("Clear"));
    m_clear->setToolTip(tr("Clear (Esc)"));
    m_clear->setVisible(false);
    refresh();
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, m_clear,
            [this](const QString &text) { m_clear->setVisible(!text.isEmpty()); });
    connect(&theme, &Theme::changed, this, &SearchField::refresh);
}

void SearchField::setFault(const QString &fault)
{
    if (fault == m_fault)
        return;
    m_fault = fault;
    setToolTip(fault);
    setAccessibleDescription(fault);
    setProperty("fault", !fault.isEmpty());
    repolish(*this);
    refresh();
}

void SearchField::refresh()
{
    const Colors &colors = m_theme.colors();
    m_glass->setIcon(m_fault.isEmpty() ? m_theme.icon(Glyph::Search, colors.muted)
                                       : m_theme.icon(Glyph::Warning, colors.danger));
    m_clear->setIcon(m_theme.icon(Glyph::Close, colors.muted));
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        Q_EMIT downPressed();
    else if (event->key() != Qt::Key_Escape)
        QLineEdit::keyPressEvent(event);
    else if (text().isEmpty())
        Q_EMIT left();
    else
        clear();
}

} // namespace ui
