#include "ui/windows/passphrase_dialog.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/settings_page.h"
#include "ui/windows/settings_token_field.h"
#include "wire/limits.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

using settings::WipedBytes;
using Task = PassphraseDialog::Task;

namespace {

constexpr int kWidth = 460;

// As people know it: ~/.config/…
QString shownPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

QString titleOf(Task task)
{
    switch (task) {
    case Task::Create: return PassphraseDialog::tr("Keep tokens in an encrypted file");
    case Task::Unlock: return PassphraseDialog::tr("Unlock your saved tokens");
    case Task::Change: break;
    }
    return PassphraseDialog::tr("Change the passphrase");
}

QString sentenceOf(Task task, const QString &path)
{
    switch (task) {
    case Task::Create:
        return PassphraseDialog::tr(
                   "The tokens are encrypted with a passphrase and kept in %1. HTTP Tunnel asks for it "
                   "once after each start. Nobody can read the tokens without it, and nobody can "
                   "bring it back.")
            .arg(path);
    case Task::Unlock:
        return PassphraseDialog::tr("The tokens of your servers are in the encrypted file %1.").arg(path);
    case Task::Change: break;
    }
    return PassphraseDialog::tr("The file with your tokens, %1, is encrypted anew.").arg(path);
}

QString acceptText(Task task)
{
    switch (task) {
    case Task::Create: return PassphraseDialog::tr("Create the file");
    case Task::Unlock: return PassphraseDialog::tr("Unlock");
    case Task::Change: break;
    }
    return PassphraseDialog::tr("Change");
}

WipedBytes typedIn(const TokenField *field)
{
    QByteArray text = field->edit()->text().toUtf8();
    WipedBytes bytes{std::string_view(text.constData(), std::size_t(text.size()))};
    settings::wipeBytes({text.data(), std::size_t(text.size())});
    return bytes;
}

} // namespace

PassphraseDialog::PassphraseDialog(settings::SecretVault &vault, const Theme &theme, Task task, QWidget *parent)
    : QDialog(parent),
      m_vault(vault),
      m_theme(theme),
      m_task(task),
      m_failure(new NoticeBar(theme, this)),
      m_accept(new QPushButton(acceptText(task), this)),
      m_cancel(new QPushButton(task == Task::Unlock ? tr("Go on without them") : tr("Cancel"), this))
{
    setWindowTitle(tr("%1 — HTTP Tunnel").arg(titleOf(task)));
    setProperty("kind", QStringLiteral("page"));
    setMinimumWidth(kWidth);
    build();
    connect(m_accept, &QPushButton::clicked, this, &PassphraseDialog::submit);
    connect(m_cancel, &QPushButton::clicked, this, &PassphraseDialog::reject);
    if (task == Task::Unlock) // by another window
        connect(&vault.file(), &settings::FileSecretStore::stateChanged, this, [this] {
            if (m_vault.file().state() == settings::FileSecretStore::State::Unlocked)
                finish();
        });
}

TokenField *PassphraseDialog::addField(QVBoxLayout *column, const QString &label, FieldRow *&row)
{
    auto *field = new TokenField(m_theme, this);
    field->setNoun(tr("Show passphrase"), tr("Hide passphrase"));
    field->edit()->setMaxLength(int(wire::kMaxPasswordBytes));
    row = new FieldRow(m_theme, label, field, this);
    field->edit()->setAccessibleName(field->accessibleName());
    column->addWidget(row);
    connect(field, &TokenField::changed, this, [row] { row->setFault({}); });
    return field;
}

void PassphraseDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kSection, kSection, kSection, kSection);
    column->setSpacing(kPad);
    column->addWidget(settingsHeading(m_theme, titleOf(m_task), this));
    column->addWidget(settingsSentence(sentenceOf(m_task, shownPath(m_vault.file().path())), this));
    if (m_task != Task::Create)
        m_former =
            addField(column, m_task == Task::Unlock ? tr("&Passphrase") : tr("&Current passphrase"), m_formerRow);
    if (m_task != Task::Unlock) {
        m_next = addField(column, m_task == Task::Create ? tr("&Passphrase") : tr("New &passphrase"), m_nextRow);
        m_again = addField(column, tr("The same &again"), m_againRow);
        m_nextRow->setHint(tr("At least %1 characters. A few words in a row are easy to keep and hard to guess.")
                               .arg(wire::kMinPassphraseBytes));
    }
    m_failure->setDismissible(false);
    column->addWidget(m_failure);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_accept);
    column->addLayout(buttons);
    m_accept->setProperty("kind", QStringLiteral("primary"));
    m_accept->setDefault(true);
    m_cancel->setAutoDefault(false);
    setTabOrder(m_accept, m_cancel);
    (m_former ? m_former : m_next)->edit()->setFocus(Qt::OtherFocusReason);
}

QString PassphraseDialog::fault() const
{
    for (const FieldRow *row : {m_formerRow, m_nextRow, m_againRow}) {
        if (row && !row->fault().isEmpty())
            return row->fault();
    }
    return {};
}

// The first that is wrong is told and gets the keyboard.
bool PassphraseDialog::check()
{
    const auto refuse = [](FieldRow *row, const TokenField *field, const QString &why) {
        row->setFault(why);
        field->edit()->setFocus(Qt::OtherFocusReason);
        return false;
    };
    if (m_former && m_former->edit()->text().isEmpty())
        return refuse(m_formerRow, m_former, tr("Type the passphrase."));
    if (!m_next)
        return true;
    if (const auto fine = settings::checkPassphrase(typedIn(m_next).view()); !fine)
        return refuse(m_nextRow, m_next, sentence(fine.error()) + u'.');
    if (m_next->edit()->text() != m_again->edit()->text())
        return refuse(m_againRow, m_again, tr("This differs from the passphrase above."));
    return true;
}

void PassphraseDialog::submit()
{
    m_failure->clear();
    if (m_busy)
        return;
    if (!check())
        return grow();
    setBusy(true);
    run();
}

void PassphraseDialog::run()
{
    const auto done = [this](const wire::Result<> &result) { onDone(result); };
    switch (m_task) {
    case Task::Create: return m_vault.createFile(typedIn(m_next), this, done);
    case Task::Unlock: return m_vault.unlock(typedIn(m_former), this, done);
    case Task::Change: return m_vault.file().changePassphrase(typedIn(m_former), typedIn(m_next), this, done);
    }
}

void PassphraseDialog::onDone(const wire::Result<> &result)
{
    setBusy(false);
    if (result)
        return finish();
    tellFault(result.error());
    grow();
}

void PassphraseDialog::tellFault(const wire::Error &error)
{
    if (error.code == wire::Code::Forbidden && m_formerRow) {
        m_formerRow->setFault(tr("This is not the passphrase of the file. Look for Caps Lock, and type it again."));
        m_former->edit()->selectAll();
        m_former->edit()->setFocus(Qt::OtherFocusReason);
    } else {
        m_failure->tell(NoticeBar::Kind::Error, sentence(error) + u'.');
    }
}

// What is told may need more room than there was.
void PassphraseDialog::grow()
{
    layout()->activate();
    if (const int needed = layout()->totalHeightForWidth(width()); needed > height())
        resize(width(), needed);
}

void PassphraseDialog::finish()
{
    if (!std::exchange(m_finished, true))
        accept();
}

void PassphraseDialog::setBusy(bool busy)
{
    m_busy = busy;
    for (TokenField *field : {m_former, m_next, m_again}) {
        if (field)
            field->setEnabled(!busy);
    }
    m_accept->setEnabled(!busy);
    m_cancel->setEnabled(!busy);
    m_accept->setText(busy ? tr("One moment…") : acceptText(m_task));
}

void PassphraseDialog::reject()
{
    if (!m_busy)
        QDialog::reject();
}

} // namespace ui
