#include "ui/widgets/field_row.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/glyph_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {

FieldRow::FieldRow(const Theme &theme, const QString &label, QWidget *control, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_control(control),
      m_picture(new GlyphView(theme, Glyph::Warning, &Colors::danger, this)),
      m_line(new QLabel(this))
{
    auto *name = new QLabel(label, this);
    name->setBuddy(control);
    QString plain = label;
    control->setAccessibleName(plain.remove(QLatin1Char('&')));
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);

    auto *line = new QHBoxLayout;
    line->setSpacing(kGrid);
    line->addWidget(m_picture, 0, Qt::AlignTop);
    line->addWidget(m_line, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid);
    column->addWidget(name);
    column->addWidget(control);
    column->addLayout(line);
    refresh();
}

void FieldRow::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

void FieldRow::setFault(const QString &fault)
{
    m_fault = fault;
    m_praise.clear();
    refresh();
}

void FieldRow::setPraise(const QString &text)
{
    m_praise = text;
    m_fault.clear();
    refresh();
}

void FieldRow::refresh()
{
    const bool wrong = !m_fault.isEmpty();
    const bool good = !wrong && !m_praise.isEmpty();
    const QString &line = wrong ? m_fault : good ? m_praise : m_hint;
    m_picture->setVisible(wrong || good);
    m_picture->setGlyph(wrong ? Glyph::Warning : Glyph::Check);
    m_picture->setTone(wrong ? &Colors::danger : &Colors::success);
    m_line->setText(line);
    m_line->setHidden(line.isEmpty());
    setLastingFont(*m_line, m_theme.small());
    m_line->setProperty("kind", wrong  ? QStringLiteral("danger")
                                : good ? QStringLiteral("success")
                                       : QStringLiteral("muted"));
    repolish(*m_line);
    m_control->setAccessibleDescription(line);
    if (m_control->property("fault").toBool() != wrong) {
        m_control->setProperty("fault", wrong);
        repolish(*m_control);
    }
}

} // namespace ui
