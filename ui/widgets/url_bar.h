// The public URL of a tunnel as one control: monospace, elided in the middle, with copy (says "Copied"), open and a QR
// code in a popup. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QTimer>
#include <QUrl>

#include <functional>

class QLabel;

namespace ui {

class ElidedLabel;
class IconButton;
class QrPopup;

class UrlBar : public QFrame {
    Q_OBJECT
public:
    using OpenUrl = std::function<void(const QUrl &)>;

    // `open` is what the open button does: the program gives QDesktopServices::openUrl.
    UrlBar(const Theme &theme, OpenUrl open, QWidget *parent = nullptr);

    void setUrl(const QString &url); // empty: the placeholder, and buttons that cannot be pressed
    [[nodiscard]] QString url() const { return m_url; }
    void setPlaceholder(const QString &text);

    void copy(); // to the clipboard, with "Copied" for a moment
    void open();
    void showQr(); // under the button, until the user clicks elsewhere or presses Esc

    [[nodiscard]] IconButton *copyButton() const { return m_copy; }
    [[nodiscard]] IconButton *openButton() const { return m_open; }
    [[nodiscard]] IconButton *qrButton() const { return m_qr; }

private:
    void refresh();
    void forgetCopied();

    const Theme &m_theme;
    OpenUrl m_openUrl;
    QString m_url;
    QString m_placeholder;
    ElidedLabel *m_label;
    QLabel *m_word; // "Copied"
    IconButton *m_copy;
    IconButton *m_open;
    IconButton *m_qr;
    QrPopup *m_popup;
    QTimer m_copied;
};

} // namespace ui
