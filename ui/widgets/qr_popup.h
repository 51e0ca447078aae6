// A QR code in a popup at a button, with the address in words and what can be done with it. Goes when the user clicks
// elsewhere or presses Esc. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

class QLabel;

namespace ui {

class ElidedLabel;
class QrView;

class QrPopup : public QFrame {
    Q_OBJECT
public:
    QrPopup(const Theme &theme, QWidget *parent);

    void show(const QString &url, const QWidget &button); // below it, or above where the screen ends
    [[nodiscard]] QString url() const;

private:
    const Theme &m_theme;
    QrView *m_code;
    ElidedLabel *m_url;
    QLabel *m_hint;
};

} // namespace ui
