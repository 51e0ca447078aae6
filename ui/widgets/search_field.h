// A line edit for searching and filtering: glyph in front, clear button behind, and a state for text that cannot be
// understood (border, glyph, tooltip). Esc clears it, then leaves. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QLineEdit>

namespace ui {

class SearchField : public QLineEdit {
    Q_OBJECT
public:
    SearchField(const Theme &theme, const QString &placeholder, QWidget *parent = nullptr);

    // Why the text is not understood, in a sentence; empty when it is.
    void setFault(const QString &fault);
    [[nodiscard]] QString fault() const { return m_fault; }

Q_SIGNALS:
    void left();       // Esc in an empty field: give the focus back
    void downPressed(); // the user wants into the list

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    QString m_fault;
    QAction *m_glass;
    QAction *m_clear;
};

} // namespace ui
