// "Who may reach it": the rules of a tunnel that a form can show. Others stay as they are, and are named. Checks what is
// typed as it is typed. GUI thread.
#pragma once

#include "settings/access_entry.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

class FieldRow;
class LoginMaker;
class PasswordNotice;

class AccessFields : public QWidget {
    Q_OBJECT
public:
    explicit AccessFields(const Theme &theme, QWidget *parent = nullptr);

    void setAccess(const settings::AccessEntry &access);
    // An error while something typed is at fault, which its field says, or a password is still being made.
    [[nodiscard]] wire::Result<settings::AccessEntry> access() const;

    [[nodiscard]] PasswordNotice *password() const { return m_password; }

Q_SIGNALS:
    void changed();
    void submitted(); // Enter in a field

private:
    void build();
    void connectFields();
    void fillClosing();
    void refresh();
    void onPasswordWanted(bool wanted);
    [[nodiscard]] QString otherRules() const;
    [[nodiscard]] std::optional<std::chrono::sys_seconds> closing() const;

    const Theme &m_theme;
    settings::AccessEntry m_access; // what the fields do not show stays as it was
    QCheckBox *m_wantsPassword;
    PasswordNotice *m_password;
    LoginMaker *m_maker;
    QLineEdit *m_allow;
    QLineEdit *m_only;
    QComboBox *m_closing;
    QCheckBox *m_askFirst;
    QCheckBox *m_cors;
    QLabel *m_others;
    FieldRow *m_allowRow;
    FieldRow *m_onlyRow;
    FieldRow *m_closingRow;
};

} // namespace ui
