// The fields of a new server, inline in the settings: checked as they are typed, once they have been left. GUI thread.
#pragma once

#include "settings/pasted_server.h"
#include "settings/preferences.h"
#include "ui/theme/theme.h"

#include <QFrame>

#include <functional>

class QLineEdit;
class QPushButton;

namespace ui {

class FieldRow;
class NoticeBar;
class TokenField;

class ServerForm : public QFrame {
    Q_OBJECT
public:
    // Why this server cannot be added although its address is one, in a sentence; empty when it can.
    using Check = std::function<QString(const QUrl &url)>;

    ServerForm(const Theme &theme, Check check, QWidget *parent = nullptr);
    ~ServerForm() override;

    void begin(); // empty, focused
    void fill(const settings::PastedServer &pasted); // what it has not is left empty
    void paste(); // from the clipboard
    [[nodiscard]] QLineEdit *urlEdit() const { return m_url; }
    [[nodiscard]] QLineEdit *labelEdit() const { return m_label; }
    [[nodiscard]] TokenField *tokenField() const { return m_token; }
    [[nodiscard]] QPushButton *pasteButton() const { return m_paste; }
    [[nodiscard]] NoticeBar *outcome() const { return m_outcome; }
    [[nodiscard]] QPushButton *addButton() const { return m_add; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }
    [[nodiscard]] FieldRow *urlRow() const { return m_urlRow; }

Q_SIGNALS:
    void submitted(const settings::Server &server, const settings::Secret &token); // empty: none was typed
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QString fault() const;
    void refresh();
    void submit();

    Check m_check;
    QLineEdit *m_url;
    QLineEdit *m_label;
    FieldRow *m_urlRow;
    TokenField *m_token;
    FieldRow *m_tokenRow;
    NoticeBar *m_outcome;
    QPushButton *m_paste;
    QPushButton *m_add;
    QPushButton *m_cancel;
    bool m_left = false; // the address was typed to its end once
};

} // namespace ui
