#include "ui/widgets/qr_popup.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/qr_view.h"

#include <QLabel>
#include <QScreen>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

bool onThisMachineOnly(const QString &url)
{
    const QString host = QUrl(url).host();
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) ||
           host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

QPoint placeAt(const QWidget &button, const QSize &size)
{
    const QRect screen = button.screen()->availableGeometry();
    const QRect place(button.mapToGlobal(QPoint(0, 0)), button.size());
    const int below = place.bottom() + 1 + kGrid;
    const int y = below + size.height() <= screen.bottom() ? below : place.top() - kGrid - size.height();
    const int x =
        std::clamp(place.right() - size.width(), screen.left(), std::max(screen.left(), screen.right() - size.width()));
    return {x, y};
}

} // namespace

QrPopup::QrPopup(const Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_theme(theme),
      m_code(new QrView(this)),
      m_url(new ElidedLabel({}, this)),
      m_hint(new QLabel(this))
{
    setProperty("kind", QStringLiteral("popup"));
    m_url->setAlignment(Qt::AlignCenter);
    m_hint->setProperty("kind", QStringLiteral("muted"));
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kPad, kPad, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_code, 1);
    column->addWidget(m_url);
    column->addWidget(m_hint);
}

void QrPopup::show(const QString &url, const QWidget &button)
{
    m_code->setText(url);
    m_url->setText(url);
    setLastingFont(*m_url, m_theme.monospace());
    m_hint->setText(onThisMachineOnly(url)
                        ? tr("This address works on this machine only: another device cannot open it.")
                        : tr("Scan to open it on your phone."));
    const int width = m_code->sizeHint().width() + 2 * kPad;
    resize(width, std::max(layout()->totalHeightForWidth(width), layout()->totalSizeHint().height()));
    move(placeAt(button, size()));
    QFrame::show();
}

QString QrPopup::url() const
{
    return m_code->text();
}

} // namespace ui
