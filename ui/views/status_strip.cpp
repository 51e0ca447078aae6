#include "ui/views/status_strip.h"

#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

namespace ui {

StatusStrip::StatusStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_counts(new QLabel(this)),
      m_serverGlyph(new QLabel(this)),
      m_server(new ElidedLabel({}, this)),
      m_follow(new QToolButton(this))
{
    for (QLabel *label : {m_counts, static_cast<QLabel *>(m_server)})
        makeNote(*label, theme);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_follow->setText(tr(" Follow newest "));
    m_follow->setToolTip(tr("Keep the newest request in sight"));
    m_follow->setCheckable(true);
    m_follow->setProperty("kind", QStringLiteral("small"));
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setIconSize({kPad, kPad});
    m_follow->setIcon(theme.icon(Glyph::Download));
    connect(m_follow, &QToolButton::clicked, this, &StatusStrip::followRequested);
    connect(&theme, &Theme::changed, this, [this] { m_follow->setIcon(m_theme.icon(Glyph::Download)); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kPad, kGrid, kGap, kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_serverGlyph);
    layout->addWidget(m_server, 1);
    layout->addWidget(m_counts);
    layout->addSpacing(kPad);
    layout->addWidget(m_follow);
}

void StatusStrip::setCounts(int shown, int total, qint64 bodyBytes)
{
    const QLocale locale;
    const QString count = shown != total ? tr("%1 of %2 requests").arg(locale.toString(shown), locale.toString(total))
                          : total == 1   ? tr("1 request")
                                         : tr("%1 requests").arg(locale.toString(total));
    m_counts->setText(bodyBytes > 0 ? tr("%1 · %2 of bodies").arg(count, sizeText(quint64(bodyBytes))) : count);
}

void StatusStrip::setServer(const Badge &badge, const QString &text)
{
    m_serverGlyph->setPixmap(m_theme.icon(badge.glyph, badge.color).pixmap(QSize(kPad, kPad), devicePixelRatioF()));
    m_serverGlyph->setToolTip(badge.word);
    m_server->setText(text);
}

void StatusStrip::setFollowing(bool following)
{
    m_follow->setChecked(following);
}

} // namespace ui
