#include "ui/views/password_notice.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>

namespace ui {

PasswordNotice::PasswordNotice(const Theme &theme, QWidget *parent) : NoticeBar(theme, parent)
{
    m_copy = addButton(tr("Copy password"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_password);
        Q_EMIT copied();
    });
    connect(this, &NoticeBar::dismissed, this, &PasswordNotice::forget);
}

void PasswordNotice::reveal(const QString &user, const QString &password)
{
    m_password = password;
    tell(Kind::Success, tr("Visitors need the user name %1 and the password %2. It is shown only now: note it down.")
                            .arg(user, password));
}

void PasswordNotice::forget()
{
    m_password.clear();
    clear();
}

} // namespace ui
