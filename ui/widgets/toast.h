// A short message over the lower edge of its parent, with at most one action: "Removed shop · Undo". Goes by itself,
// but not while the pointer is over it or the keyboard in it; Esc closes it. One per window: a new message replaces
// the one before. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QTimer>

#include <chrono>
#include <functional>

class QLabel;
class QPushButton;

namespace ui {

class IconButton;

inline constexpr std::chrono::milliseconds kToastTime{8000}; // long enough to read, reach and press Undo

class Toast : public QFrame {
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget *parent); // floats over `parent`
    ~Toast() override;

    void tell(const QString &text);
    // `act` is called once at most, when the user presses the button; afterwards the toast is closed.
    void tell(const QString &text, const QString &action, std::function<void()> act);
    void setTime(std::chrono::milliseconds time);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isCounting() const { return m_timer.isActive(); } // it will go by itself
    [[nodiscard]] QPushButton *actionButton() const { return m_action; } // for focus and shortcuts

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // keeps its place when the parent grows
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void appear(const QString &text, const QString &action);
    void close();
    void act();
    void place();
    void restartUnlessUsed();

    QLabel *m_text;
    QPushButton *m_action;
    IconButton *m_close;
    QTimer m_timer;
    std::function<void()> m_act;
};

} // namespace ui
