#include "ui/views/copy_line.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

#include <chrono>

namespace ui {

namespace {

constexpr std::chrono::milliseconds kSaysCopied{1500};

} // namespace

CopyLine::CopyLine(const Theme &theme, const QString &name, QWidget *parent)
    : QFrame(parent),
      m_theme(theme),
      m_name(name),
      m_label(new ElidedLabel({}, this)),
      m_button(new IconButton(theme, Glyph::Copy, name, this))
{
    setProperty("kind", QStringLiteral("field"));
    m_label->setFont(theme.monospace());
    m_label->setAccessibleName(name);
    connect(&theme, &Theme::changed, this, [this] { m_label->setFont(m_theme.monospace()); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kPad, kGrid / 2, kGrid / 2, kGrid / 2);
    layout->setSpacing(kGap);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_button);
    m_copied.setSingleShot(true);
    m_copied.setInterval(kSaysCopied);
    connect(&m_copied, &QTimer::timeout, this, [this] {
        m_button->setGlyph(Glyph::Copy);
        m_button->setName(m_name);
    });
    connect(m_button, &QToolButton::clicked, this, [this] { copy(); });
}

void CopyLine::setText(const QString &text)
{
    m_label->setText(text);
}

void CopyLine::copy()
{
    QGuiApplication::clipboard()->setText(m_label->text());
    m_button->setGlyph(Glyph::Check);
    m_button->setName(tr("Copied"));
    m_copied.start();
}

} // namespace ui
