#include "ui/windows/replay_request_line.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style_sheet.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kMethodWidth = 28 * kGrid; // OPTIONS and the arrow
constexpr int kButtonWidth = 26 * kGrid; // the same for both buttons: nothing moves when they change places

} // namespace

ReplayRequestLine::ReplayRequestLine(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_method(new QComboBox(this)),
      m_url(new QLineEdit(this)),
      m_send(new QPushButton(tr("Send"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    build();
    connect(m_method, &QComboBox::editTextChanged, this, &ReplayRequestLine::edited);
    connect(m_url, &QLineEdit::textChanged, this, &ReplayRequestLine::edited);
    connect(m_url, &QLineEdit::returnPressed, this, &ReplayRequestLine::sendRequested);
    connect(m_send, &QPushButton::clicked, this, &ReplayRequestLine::sendRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ReplayRequestLine::cancelRequested);
    connect(&theme, &Theme::changed, this, &ReplayRequestLine::refreshIcons);
    refreshIcons();
    setObstacle({});
}

void ReplayRequestLine::build()
{
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                        QStringLiteral("DELETE"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")});
    m_method->setMinimumWidth(kMethodWidth);
    m_method->setAccessibleName(tr("Method"));
    m_method->setToolTip(tr("Method"));
    m_url->setPlaceholderText(QStringLiteral("http://localhost:3000/path"));
    m_url->setAccessibleName(tr("URL"));
    m_send->setProperty("kind", QStringLiteral("primary"));
    m_send->setMinimumWidth(kButtonWidth);
    m_cancel->setMinimumWidth(kButtonWidth);
    m_cancel->setToolTip(tr("Ends the request that is under way"));
    m_cancel->hide();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_method);
    row->addWidget(m_url, 1);
    row->addWidget(m_send);
    row->addWidget(m_cancel);
}

void ReplayRequestLine::refreshIcons()
{
    m_send->setIcon(m_theme.icon(Glyph::Send, m_theme.colors().onAccent));
    m_cancel->setIcon(m_theme.icon(Glyph::Stop));
    m_url->setFont(m_theme.monospace());
    m_method->setFont(m_theme.monospace());
}

void ReplayRequestLine::setRequest(const QString &method, const QString &url)
{
    const QSignalBlocker quiet(this);
    m_method->setEditText(method);
    m_url->setText(url);
    m_url->setCursorPosition(0);
}

QString ReplayRequestLine::method() const
{
    return m_method->currentText();
}

QString ReplayRequestLine::url() const
{
    return m_url->text();
}

void ReplayRequestLine::setSending(bool sending)
{
    auto *before = sending ? m_send : m_cancel;
    auto *after = sending ? m_cancel : m_send;
    if (before->isHidden())
        return;
    const bool focused = before->hasFocus();
    after->show();
    if (focused)
        after->setFocus();
    before->hide();
}

void ReplayRequestLine::setObstacle(const QString &why)
{
    m_send->setEnabled(why.isEmpty());
    m_send->setToolTip(why.isEmpty()
                           ? tr("Send the request (%1)")
                                 .arg(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText))
                           : why);
}

void ReplayRequestLine::setFault(bool fault)
{
    if (m_url->property("fault").toBool() == fault)
        return;
    m_url->setProperty("fault", fault);
    repolish(*m_url);
}

void ReplayRequestLine::focusUrl()
{
    m_url->setFocus();
}

} // namespace ui
