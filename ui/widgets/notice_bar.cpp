#include "ui/widgets/notice_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/glyph_view.h"
#include "ui/widgets/icon_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

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
      m_buttons(new QHBoxLayout),
      m_close(new IconButton(theme, Glyph::Close, tr("Dismiss"), this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kPad, kGrid, kGrid, kGrid);
    row->setSpacing(kGap);
    row->addWidget(m_picture);
    row->addWidget(m_text, 1);
    m_buttons->setSpacing(kGap);
    row->addLayout(m_buttons);
    row->addWidget(m_close);
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
    auto *button = new QPushButton(text, this);
    m_buttons->addWidget(button);
    return button;
}

void NoticeBar::clearButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the one whose click led here
        delete item;
    }
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
