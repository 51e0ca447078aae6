// A strip inside a pane that tells what happened and what to do, with buttons that do it. Hidden until something is
// told; stays until dismissed or cleared. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

#include <cstdint>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

class GlyphView;
class IconButton;

class NoticeBar : public QFrame {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Info, Success, Warning, Error };

    explicit NoticeBar(const Theme &theme, QWidget *parent = nullptr);

    void tell(Kind kind, const QString &text); // shows it; plain text; wrapped
    void clear();                              // hides it
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString text() const;

    QPushButton *addButton(const QString &text); // owned by this
    void clearButtons();
    void setDismissible(bool dismissible); // it is, by default
    void setButtonsBelow();                // the text, for more than one button; before the first of them

Q_SIGNALS:
    void dismissed(); // by the user

private:
    void dismiss();

    Kind m_kind = Kind::Info;
    GlyphView *m_picture;
    QLabel *m_text;
    QHBoxLayout *m_row;
    QWidget *m_below = nullptr; // with the buttons, if they are there
    QHBoxLayout *m_buttons;
    IconButton *m_close;
};

} // namespace ui
