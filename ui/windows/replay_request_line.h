// Method, URL and the button that sends, on one line. While a request is under way the button cancels it. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class ReplayRequestLine : public QWidget {
    Q_OBJECT
public:
    explicit ReplayRequestLine(const Theme &theme, QWidget *parent = nullptr);

    void setRequest(const QString &method, const QString &url); // not told by edited()
    [[nodiscard]] QString method() const;
    [[nodiscard]] QString url() const;

    void setSending(bool sending);
    // Why nothing can be sent now, in a sentence; empty when it can.
    void setObstacle(const QString &why);
    void setFault(bool fault); // marks the URL
    void focusUrl();
    [[nodiscard]] QPushButton *sendButton() const { return m_send; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }

Q_SIGNALS:
    void edited();
    void sendRequested();
    void cancelRequested();

private:
    void build();
    void refreshIcons();

    const Theme &m_theme;
    QComboBox *m_method;
    QLineEdit *m_url;
    QPushButton *m_send;
    QPushButton *m_cancel;
};

} // namespace ui
