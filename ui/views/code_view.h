// Text of a body, read-only, in the monospace font, with its syntax coloured where it is visible and a search that
// marks what it finds. Lines longer than kShownLineChars are shown in parts and copied whole. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/views/syntax.h"

#include <QPlainTextEdit>

namespace ui {

class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeView(const Theme &theme, QWidget *parent = nullptr);

    void setContent(const QString &text, Syntax syntax);
    void markFault(int line, int column); // from 1: shows that line in the danger colour and scrolls to it

    // Marks every match (up to a bound) and goes to the next one from the cursor; how many there are.
    int findAll(const QString &text);
    void findNext(bool backward);
    [[nodiscard]] int findCount() const { return int(m_matches.size()); }
    [[nodiscard]] int currentMatch() const; // from 1; 0 while there is none

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    void colourVisible();
    void colourAnew();
    void adoptTheme();
    void mark();
    void goTo(int match);

    const Theme &m_theme;
    Syntax m_syntax = Syntax::None;
    QString m_searched;
    QList<int> m_matches; // positions
    int m_current = -1;
    int m_faultPosition = -1;
};

} // namespace ui
