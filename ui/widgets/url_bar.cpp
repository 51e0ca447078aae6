#include "ui/widgets/url_bar.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/qr_popup.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr std::chrono::milliseconds kCopiedTime{2000}; // seen, and gone before the next thought

} // namespace

UrlBar::UrlBar(const Theme &theme, OpenUrl open, QWidget *parent)
    : QFrame(parent),
      m_theme(theme),
      m_openUrl(std::move(open)),
      m_placeholder(tr("No public URL yet")),
      m_label(new ElidedLabel({}, this)),
      m_word(new QLabel(tr("Copied"), this)),
      m_copy(new IconButton(theme, Glyph::Copy, tr("Copy URL"), this)),
      m_open(new IconButton(theme, Glyph::OpenExternal, tr("Open in browser"), this)),
      m_qr(new IconButton(theme, Glyph::QrCode, tr("Show QR code"), this)),
      m_popup(new QrPopup(theme, this))
{
    setProperty("kind", QStringLiteral("field"));
    m_label->setTextInteractionFlags(Qt::NoTextInteraction);
    m_word->setProperty("kind", QStringLiteral("success"));
    m_word->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kPad, kGrid - 1, kGrid - 1, kGrid - 1); // the frame's own pixel makes the grid
    row->setSpacing(kGrid);
    row->addWidget(m_label, 1);
    row->addWidget(m_word);
    row->addSpacing(kGrid);
    for (IconButton *button : {m_copy, m_open, m_qr})
        row->addWidget(button);

    m_copied.setSingleShot(true);
    m_copied.setInterval(kCopiedTime);
    connect(&m_copied, &QTimer::timeout, this, &UrlBar::forgetCopied);
    connect(m_copy, &IconButton::clicked, this, &UrlBar::copy);
    connect(m_open, &IconButton::clicked, this, &UrlBar::open);
    connect(m_qr, &IconButton::clicked, this, &UrlBar::showQr);
    refresh();
}

void UrlBar::setUrl(const QString &url)
{
    if (url == m_url)
        return;
    m_url = url;
    m_popup->hide();
    forgetCopied();
    refresh();
}

void UrlBar::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    refresh();
}

void UrlBar::copy()
{
    if (m_url.isEmpty())
        return;
    QApplication::clipboard()->setText(m_url);
    m_copy->setGlyph(Glyph::Check);
    m_copy->setTone(&Colors::success);
    m_copy->setName(tr("Copied"));
    m_word->show();
    m_copied.start();
}

void UrlBar::forgetCopied()
{
    m_copied.stop();
    m_copy->setGlyph(Glyph::Copy);
    m_copy->setTone(&Colors::text);
    m_copy->setName(tr("Copy URL"));
    m_word->hide();
}

void UrlBar::open()
{
    if (!m_url.isEmpty())
        m_openUrl(QUrl(m_url));
}

void UrlBar::showQr()
{
    if (!m_url.isEmpty())
        m_popup->show(m_url, *m_qr);
}

void UrlBar::refresh()
{
    const bool empty = m_url.isEmpty();
    m_label->setText(empty ? m_placeholder : m_url);
    m_label->setProperty("kind", empty ? QStringLiteral("muted") : QString());
    repolish(*m_label);
    setLastingFont(*m_label, empty ? QApplication::font() : m_theme.monospace());
    setAccessibleName(tr("Public URL"));
    setAccessibleDescription(m_label->text());
    for (IconButton *button : {m_copy, m_open, m_qr})
        button->setEnabled(!empty);
}

} // namespace ui
