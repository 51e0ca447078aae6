#include "ui/windows/replay_attempts.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"

namespace ui {

ReplayAttempts::ReplayAttempts(const Theme &theme, QWidget *parent) : QTabBar(parent), m_theme(theme)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setIconSize(QSize(kIconSize, kIconSize));
    setAccessibleName(tr("Answers"));
    connect(this, &QTabBar::currentChanged, this, &ReplayAttempts::chosen);
}

void ReplayAttempts::show(const ReplaySession &session)
{
    const QSignalBlocker quiet(this);
    const int wanted = int(session.attempts.size()) + 1;
    while (count() < wanted)
        addTab(QString());
    while (count() > wanted)
        removeTab(count() - 1);
    label(0, tr("Original"), session.original);
    for (int i = 1; i < wanted; ++i)
        label(i, tr("#%1").arg(session.firstAttempt + i - 1), session.attempts[i - 1].answer);
    setCurrentIndex(int(session.shown));
}

void ReplayAttempts::label(int tab, const QString &text, const traffic::Exchange &exchange)
{
    const auto badge = badgeOf(exchange.summary, m_theme.colors());
    setTabText(tab, tr("%1 · %2").arg(text, badge.word));
    setTabIcon(tab, m_theme.icon(badge.glyph, badge.color));
    setTabToolTip(tab, tab == 0 ? tr("The answer that was recorded") : tr("The answer to this sending"));
}

} // namespace ui
