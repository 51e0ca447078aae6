// What a pane shows while it has nothing to show: glyph, heading, a sentence, then any widgets and buttons the owner
// adds, centred. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class GlyphView;

class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const Theme &theme, Glyph glyph, const QString &heading, const QString &sentence,
               QWidget *parent = nullptr);

    void setGlyph(Glyph glyph);
    void setHeading(const QString &heading);
    void setSentence(const QString &sentence); // plain text; wrapped; hidden when empty

    // Between the sentence and the buttons (a list of suggestions, an URL bar, a QR code); becomes a child.
    void addWidget(QWidget *widget);
    QPushButton *addButton(const QString &text, bool primary = false); // owned by this

protected:
    void changeEvent(QEvent *event) override;

private:
    void refreshFonts();

    const Theme &m_theme;
    QWidget *m_column;
    GlyphView *m_picture;
    QLabel *m_heading;
    QLabel *m_sentence;
    QVBoxLayout *m_extras;
    QHBoxLayout *m_buttons;
};

} // namespace ui
