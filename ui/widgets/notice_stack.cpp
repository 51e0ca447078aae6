#include "ui/widgets/notice_stack.h"

#include "ui/theme/metrics.h"

#include <QVBoxLayout>

namespace ui {

NoticeStack::NoticeStack(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kGrid);
    hide();
}

NoticeBar *NoticeStack::tell(const QString &key, NoticeBar::Kind kind, const QString &text)
{
    auto *&bar = m_bars[key];
    if (!bar) {
        bar = new NoticeBar(m_theme, this);
        layout()->addWidget(bar);
        connect(bar, &NoticeBar::dismissed, this, [this, key] {
            remove(key);
            Q_EMIT dismissed(key);
        });
    }
    bar->tell(kind, text);
    show();
    return bar;
}

void NoticeStack::remove(const QString &key)
{
    auto *bar = m_bars.take(key);
    if (!bar)
        return;
    bar->hide();
    bar->deleteLater(); // its button may be what led here
    setVisible(!m_bars.isEmpty());
}

} // namespace ui
