// A line to be copied into a terminal: monospace, with a button that copies it and says so. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QTimer>

namespace ui {

class ElidedLabel;
class IconButton;

class CopyLine : public QFrame {
    Q_OBJECT
public:
    CopyLine(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setText(const QString &text);
    void copy();
    [[nodiscard]] IconButton *button() const { return m_button; }

private:
    const Theme &m_theme;
    QString m_name;
    ElidedLabel *m_label;
    IconButton *m_button;
    QTimer m_copied;
};

} // namespace ui
