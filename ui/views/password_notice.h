// Shows a drawn password this once, with a button that copies it. GUI thread.
#pragma once

#include "ui/widgets/notice_bar.h"

namespace ui {

class PasswordNotice : public NoticeBar {
    Q_OBJECT
public:
    explicit PasswordNotice(const Theme &theme, QWidget *parent = nullptr);

    void reveal(const QString &user, const QString &password);
    void forget(); // and hides it
    [[nodiscard]] const QString &password() const { return m_password; }

Q_SIGNALS:
    void copied();

private:
    QString m_password;
    QPushButton *m_copy;
};

} // namespace ui
