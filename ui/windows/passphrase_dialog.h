// Asks for the passphrase of the file with saved tokens: to make the file, to unlock it, or to change the passphrase. Does
// what it asks for, by the vault, and stays open until that worked or the user gives up. Not modal; no event loop of its
// own. GUI thread; the vault is borrowed.
#pragma once

#include "settings/secret_vault.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <cstdint>

class QPushButton;
class QVBoxLayout;

namespace ui {

class FieldRow;
class NoticeBar;
class TokenField;

class PassphraseDialog : public QDialog {
    Q_OBJECT
public:
    enum class Task : std::uint8_t { Create, Unlock, Change };

    PassphraseDialog(settings::SecretVault &vault, const Theme &theme, Task task, QWidget *parent = nullptr);

    [[nodiscard]] Task task() const { return m_task; }
    [[nodiscard]] TokenField *former() const { return m_former; } // the one of now; null with Create
    [[nodiscard]] TokenField *next() const { return m_next; } // null with Unlock
    [[nodiscard]] TokenField *again() const { return m_again; } // the same
    [[nodiscard]] QPushButton *acceptButton() const { return m_accept; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }
    [[nodiscard]] QString fault() const; // what is wrong with what was typed
    [[nodiscard]] NoticeBar *failure() const { return m_failure; } // what went wrong beyond that

    // Not while keys are derived: what was begun ends.
    void reject() override;

private:
    TokenField *addField(QVBoxLayout *column, const QString &label, FieldRow *&row);
    void build();
    void submit();
    [[nodiscard]] bool check();
    void run();
    void onDone(const wire::Result<> &result);
    void setBusy(bool busy);
    void finish();
    void grow();
    void tellFault(const wire::Error &error);

    settings::SecretVault &m_vault;
    const Theme &m_theme;
    const Task m_task;
    TokenField *m_former = nullptr;
    TokenField *m_next = nullptr;
    TokenField *m_again = nullptr;
    FieldRow *m_formerRow = nullptr;
    FieldRow *m_nextRow = nullptr;
    FieldRow *m_againRow = nullptr;
    NoticeBar *m_failure;
    QPushButton *m_accept;
    QPushButton *m_cancel;
    bool m_busy = false;
    bool m_finished = false;
};

} // namespace ui
