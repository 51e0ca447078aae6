// A control of a form with its label above and, below, a line of help that gives way to what is wrong with the
// input. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace ui {

class GlyphView;

class FieldRow : public QWidget {
    Q_OBJECT
public:
    // `control` becomes a child; the label (with an & for its mnemonic) is its buddy and its accessible name.
    FieldRow(const Theme &theme, const QString &label, QWidget *control, QWidget *parent = nullptr);

    void setHint(const QString &hint);   // plain text; wrapped
    void setFault(const QString &fault); // in its place, with the control marked; empty: the hint again
    void setPraise(const QString &text); // in its place, as good news: "shop is free"; empty: the hint again
    [[nodiscard]] QString fault() const { return m_fault; }
    [[nodiscard]] QWidget *control() const { return m_control; }

private:
    void refresh();

    const Theme &m_theme;
    QWidget *m_control;
    GlyphView *m_picture;
    QLabel *m_line;
    QString m_hint;
    QString m_fault;
    QString m_praise;
};

} // namespace ui
