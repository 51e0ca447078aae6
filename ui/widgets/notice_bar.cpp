#include "ui/widgets/notice_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/glyph_view.h"
#include "ui/widgets/icon_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

struct Look {
    QString name; // in the style sheet
    Glyph glyph;
    Tone tone;
};

Look lookOf(NoticeBar::Kind kind)
{
    switch (kind) {
    case NoticeBar::Kind::Info: break;
    case NoticeBar::Kind::Success: return {QStringLiteral("success"), Glyph::Check, &Colors::success};
    case NoticeBar::Kind::Warning: return {QStringLiteral("warning"), Glyph::Warning, &Colors::warning};
    case NoticeBar::Kind::Error: return {QStringLiteral("error"), Glyph::Error, &Colors::danger};
    }
    return {QStringLiteral("info"), Glyph::Info, &Colors::info};
}

} // namespace

NoticeBar::NoticeBar(const Theme &theme, QWidget *parent)
    : QFrame(parent),
      m_picture(new GlyphView(theme, Glyph::Info, &Colors::info, this)),
      m_text(new QLabel(this)),
      m_row(new QHBoxLayout),
      m_buttons(new QHBoxLayout),
      m_close(new IconButton(theme, Glyph::Close, tr("Dismiss"), this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGrid, kGrid, kGrid);
    column->setSpacing(0);
    column->addLayout(m_row);
    m_row->setSpacing(kGap);
    m_row->addWidget(m_picture);
    m_row->addWidget(m_text, 1);
    m_buttons->setSpacing(kGap);
    m_row->addLayout(m_buttons);
    m_row->addWidget(m_close);
    setAccessibleName(tr("Notice"));
    connect(m_close, &IconButton::clicked, this, &NoticeBar::dismiss);
    hide();
}

void NoticeBar::tell(Kind kind, const QString &text)
{
    const Look look = lookOf(kind);
    m_kind = kind;
    m_text->setText(text);
    m_picture->setGlyph(look.glyph);
    m_picture->setTone(look.tone);
    setProperty("notice", look.name);
    setAccessibleDescription(text);
    repolish(*this);
    show();
}

void NoticeBar::clear()
{
    hide();
    m_text->clear();
}

QString NoticeBar::text() const
{
    return m_text->text();
}

QPushButton *NoticeBar::addButton(const QString &text)
{
    auto *button = new QPushButton(text, m_below ? m_below : this);
    if (const QLayoutItem *former = m_buttons->itemAt(m_buttons->count() - 1))
        setTabOrder(former->widget(), button);
    m_buttons->addWidget(button);
    button->show();
    if (m_below)
        m_below->show();
    setTabOrder(button, m_close); // what helps comes before what dismisses
    return button;
}

void NoticeBar::clearButtons()
{
    if (m_below)
        m_below->hide();
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one whose click led here
        delete item;
    }
}

void NoticeBar::setButtonsBelow()
{
    m_row->removeItem(m_buttons);
    m_buttons->setParent(nullptr);
    m_below = new QWidget(this);
    auto *below = new QHBoxLayout(m_below);
    below->setContentsMargins(kIconSize + kGap, kGrid, kGrid, kGrid); // under the text
    below->addLayout(m_buttons);
    below->addStretch(1);
    m_below->hide();
    m_row->setContentsMargins(0, kGrid, kGrid, kGrid);
    m_row->setAlignment(m_picture, Qt::AlignTop);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(m_below);
}

void NoticeBar::setDismissible(bool dismissible)
{
    m_close->setVisible(dismissible);
}

void NoticeBar::dismiss()
{
    clear();
    Q_EMIT dismissed();
}

} // namespace ui
