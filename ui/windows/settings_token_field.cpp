#include "ui/windows/settings_token_field.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/icon_button.h"
#include "wire/limits.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace ui {

TokenField::TokenField(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_edit(new QLineEdit(this)),
      m_reveal(new IconButton(theme, Glyph::Eye, tr("Show token"), this)),
      m_show(tr("Show token")),
      m_hide(tr("Hide token"))
{
    m_edit->setMaxLength(static_cast<int>(wire::kMaxTokenBytes));
    m_edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_edit->setContextMenuPolicy(Qt::NoContextMenu);
    m_reveal->setCheckable(true);
    m_reveal->setEnabled(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    row->addWidget(m_edit, 1);
    row->addWidget(m_reveal);
    setFocusProxy(m_edit);
    setFocusPolicy(Qt::StrongFocus); // or the mnemonic of its label does nothing
    reveal(false);
    connect(m_reveal, &IconButton::toggled, this, &TokenField::reveal);
    connect(m_edit, &QLineEdit::returnPressed, this, &TokenField::submitted);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        m_reveal->setEnabled(!m_edit->text().isEmpty());
        Q_EMIT changed();
    });
}

void TokenField::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void TokenField::setNoun(const QString &show, const QString &hide)
{
    m_show = show;
    m_hide = hide;
    reveal(m_reveal->isChecked());
}

void TokenField::put(const settings::Secret &token)
{
    clear();
    m_edit->setText(QString::fromLatin1(token.reveal()));
}

settings::Secret TokenField::typed() const
{
    return settings::Secret(m_edit->text().trimmed().toUtf8());
}

// setText() forgets the history of a line edit, clear() does not.
void TokenField::clear()
{
    m_edit->setText(QString());
    m_reveal->setChecked(false);
}

void TokenField::reveal(bool shown)
{
    m_edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_reveal->setGlyph(shown ? Glyph::EyeOff : Glyph::Eye);
    m_reveal->setName(shown ? m_hide : m_show);
}

} // namespace ui
