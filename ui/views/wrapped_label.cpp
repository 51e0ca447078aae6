#include "ui/views/wrapped_label.h"

#include <QTextDocument>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <memory>

namespace ui {

namespace {

constexpr int kBorder = 1; // that tells where the keyboard is; the style sheet's

} // namespace

WrappedLabel::WrappedLabel(QWidget *parent) : QTextEdit(parent)
{
    setProperty("kind", QStringLiteral("inline"));
    setReadOnly(true);
    setAcceptRichText(false);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QTextEdit { padding: 0; background: transparent; border-color: transparent; }"));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    setTabChangesFocus(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WrappedLabel::setText(const QString &text)
{
    if (text == toPlainText())
        return; // a selection stays
    setPlainText(text);
    updateGeometry();
}

int WrappedLabel::heightForWidth(int width) const
{
    const std::unique_ptr<QTextDocument> copy(document()->clone());
    copy->setTextWidth(std::max(1, width - 2 * kBorder));
    return int(std::ceil(copy->size().height())) + 2 * kBorder;
}

QSize WrappedLabel::sizeHint() const
{
    return {200, heightForWidth(std::max(width(), 200))};
}

QSize WrappedLabel::minimumSizeHint() const
{
    return {40, fontMetrics().height() + 2 * kBorder};
}

void WrappedLabel::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void WrappedLabel::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace ui
