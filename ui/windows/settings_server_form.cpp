#include "ui/windows/settings_server_form.h"

#include "client/server_url.h"
#include "settings/tunnel_entry.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_paste.h"
#include "ui/windows/settings_token_field.h"
#include "workspace/token_file.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kMaxUrlLength = 512;   // above what anybody types
constexpr int kMaxLabelLength = 64; // one line in lists

bool crossesNetworkInClear(const QUrl &url)
{
    const bool clear = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("ws");
    return clear && !client::isLoopbackHost(url.host());
}

} // namespace

ServerForm::ServerForm(const Theme &theme, Check check, QWidget *parent)
    : QFrame(parent),
      m_check(std::move(check)),
      m_url(new QLineEdit(this)),
      m_label(new QLineEdit(this)),
      m_urlRow(new FieldRow(theme, tr("&Address"), m_url, this)),
      m_token(new TokenField(theme, this)),
      m_tokenRow(new FieldRow(theme, tr("&Token (optional)"), m_token, this)),
      m_outcome(new NoticeBar(theme, this)),
      m_paste(new QPushButton(tr("&Paste"), this)),
      m_add(new QPushButton(tr("Add server"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(tr("New server"));
    m_url->setPlaceholderText(QStringLiteral("https://relay.example.com"));
    m_url->setMaxLength(kMaxUrlLength);
    m_label->setPlaceholderText(tr("Work"));
    m_label->setMaxLength(kMaxLabelLength);
    m_add->setProperty("kind", QStringLiteral("primary"));
    auto *labelRow = new FieldRow(theme, tr("&Label (optional)"), m_label, this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_add);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_paste);
    m_paste->setToolTip(tr("Fill in what the clipboard has: a token, a command of ttf, or a snippet of a file"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad + kGrid, kPad, kPad + kGrid, kPad + kGrid);
    column->setSpacing(kPad);
    column->addWidget(m_urlRow);
    column->addWidget(m_tokenRow);
    column->addWidget(labelRow);
    column->addLayout(buttons);
    column->addWidget(m_outcome);
    m_token->setPlaceholder(tr("Paste a token"));
    connect(m_token, &TokenField::submitted, this, &ServerForm::submit);
    connect(m_token, &TokenField::changed, this, [this] { m_tokenRow->setFault({}); });
    connect(m_paste, &QPushButton::clicked, this, &ServerForm::paste);
    connect(m_url, &QLineEdit::textChanged, this, &ServerForm::refresh);
    connect(m_url, &QLineEdit::returnPressed, this, &ServerForm::submit);
    connect(m_label, &QLineEdit::returnPressed, this, &ServerForm::submit);
    connect(m_add, &QPushButton::clicked, this, &ServerForm::submit);
    connect(m_cancel, &QPushButton::clicked, this, &ServerForm::cancelled);
    connect(m_url, &QLineEdit::editingFinished, this, [this] {
        m_left = !m_url->text().isEmpty();
        refresh();
    });
    refresh();
}

// A field that loses the focus as the window goes away tells of it, when there is no form any more.
ServerForm::~ServerForm()
{
    m_url->disconnect(this);
}

void ServerForm::begin()
{
    m_left = false;
    m_url->clear();
    m_label->clear();
    m_token->clear();
    m_outcome->clear();
    refresh();
    m_url->setFocus(Qt::OtherFocusReason);
}

void ServerForm::paste()
{
    if (const auto pasted = pastedServer(*m_outcome))
        fill(*pasted);
}

void ServerForm::fill(const settings::PastedServer &pasted)
{
    if (!pasted.server.isEmpty())
        m_url->setText(pasted.server.toString(QUrl::FullyEncoded));
    m_token->put(pasted.token);
    const bool complete = !m_url->text().isEmpty();
    tellPasted(*m_outcome, pasted.token.isEmpty() ? tr("The address was in the clipboard, without a token.")
                           : complete             ? tr("Filled in from the clipboard.")
                                                  : tr("The token was in the clipboard. Which server is it for?"));
    if (complete)
        m_add->setFocus(Qt::OtherFocusReason);
    else
        m_url->setFocus(Qt::OtherFocusReason);
}

QString ServerForm::fault() const
{
    const auto url = settings::parseServer(m_url->text().trimmed().toStdString());
    if (!url)
        return QString::fromStdString(url.error().message);
    return m_check(*url);
}

void ServerForm::refresh()
{
    const QUrl url(m_url->text().trimmed());
    m_urlRow->setHint(crossesNetworkInClear(url)
                          ? tr("Tokens and visitors' requests cross the network unencrypted: use https:// if you can.")
                          : tr("Of your tunnel-relay, or a wss:// address, which is used as it is."));
    m_urlRow->setFault(m_left ? fault() : QString());
}

void ServerForm::submit()
{
    m_left = true;
    refresh();
    if (!fault().isEmpty())
        return m_url->setFocus(Qt::OtherFocusReason);
    const settings::Secret token = m_token->typed();
    const auto checked = workspace::checkedToken(token.reveal(), tr("This").toStdString());
    if (!token.isEmpty() && !checked) {
        m_tokenRow->setFault(sentence(checked.error()));
        return m_token->edit()->setFocus(Qt::OtherFocusReason);
    }
    m_token->clear();
    Q_EMIT submitted({QUrl(m_url->text().trimmed()), m_label->text().trimmed()}, token);
}

void ServerForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else
        QFrame::keyPressEvent(event);
}

} // namespace ui
