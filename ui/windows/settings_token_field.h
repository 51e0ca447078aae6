// Where a token or a passphrase is typed: masked, with a button that shows what was typed as long as it is pressed in. A saved token is
// never in it. GUI thread.
#pragma once

#include "settings/secret.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;

namespace ui {

class IconButton;

class TokenField : public QWidget {
    Q_OBJECT
public:
    explicit TokenField(const Theme &theme, QWidget *parent = nullptr);

    void setPlaceholder(const QString &text);
    void setNoun(const QString &show, const QString &hide); // of the button: "Show token", "Hide token"
    void put(const settings::Secret &token); // in place of what was typed, masked
    [[nodiscard]] settings::Secret typed() const; // without white space around it
    void clear(); // masked again, and nothing that undo could bring back
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] IconButton *revealButton() const { return m_reveal; }

Q_SIGNALS:
    void changed();
    void submitted(); // Return

private:
    void reveal(bool shown);

    QLineEdit *m_edit;
    IconButton *m_reveal;
    QString m_show;
    QString m_hide;
};

} // namespace ui
