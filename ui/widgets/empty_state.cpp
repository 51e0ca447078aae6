#include "ui/widgets/empty_state.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/glyph_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kLineCharacters = 64; // a column that reads without turning the head

QLabel *centredLabel(QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    if (text.isEmpty())
        label->hide(); // not show(): that would polish it before it has its font and kind
    return label;
}

} // namespace

EmptyState::EmptyState(const Theme &theme, Glyph glyph, const QString &heading, const QString &sentence,
                       QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_column(new QWidget(this)),
      m_picture(new GlyphView(theme, glyph, &Colors::accent, m_column)),
      m_heading(centredLabel(m_column, heading)),
      m_sentence(centredLabel(m_column, sentence)),
      m_extras(new QVBoxLayout),
      m_buttons(new QHBoxLayout)
{
    m_picture->setSide(kSection);
    m_picture->setDisc(&Colors::selection);
    m_sentence->setProperty("kind", QStringLiteral("muted"));
    refreshFonts();

    auto *column = new QVBoxLayout(m_column);
    column->setContentsMargins(kPad, kPad, kPad, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(kGap);
    column->addWidget(m_heading);
    column->addWidget(m_sentence);
    m_extras->setContentsMargins(0, 0, 0, 0);
    m_extras->setSpacing(kGap);
    column->addLayout(m_extras);
    m_buttons->setAlignment(Qt::AlignHCenter);
    m_buttons->setSpacing(kGap);
    column->addLayout(m_buttons);

    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_column, 1000); // up to its maximum width; the rest is shared by both sides
    row->addStretch(1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addStretch(2); // a little above the middle looks centred
    whole->addLayout(row);
    whole->addStretch(3);
}

void EmptyState::setGlyph(Glyph glyph)
{
    m_picture->setGlyph(glyph);
}

void EmptyState::setHeading(const QString &heading)
{
    m_heading->setText(heading);
    m_heading->setHidden(heading.isEmpty());
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setHidden(sentence.isEmpty());
}

void EmptyState::addWidget(QWidget *widget)
{
    if (m_extras->isEmpty())
        m_extras->setContentsMargins(0, kGap, 0, 0);
    m_extras->addWidget(widget);
}

QPushButton *EmptyState::addButton(const QString &text, bool primary)
{
    if (m_buttons->isEmpty())
        m_buttons->setContentsMargins(0, kGap, 0, 0);
    auto *button = new QPushButton(text, m_column);
    if (primary)
        button->setProperty("kind", QStringLiteral("primary"));
    m_buttons->addWidget(button);
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        refreshFonts();
    QWidget::changeEvent(event);
}

void EmptyState::refreshFonts()
{
    setLastingFont(*m_heading, m_theme.heading());
    m_column->setMaximumWidth(fontMetrics().averageCharWidth() * kLineCharacters);
}

} // namespace ui
