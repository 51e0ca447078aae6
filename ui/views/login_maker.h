// Draws a password for visitors and hashes it off the GUI thread, which takes some 100 ms. GUI thread.
#pragma once

#include "guard/rules.h"

#include <QFutureWatcher>
#include <QObject>
#include <QString>

namespace ui {

class LoginMaker : public QObject {
    Q_OBJECT
public:
    explicit LoginMaker(QObject *parent = nullptr);

    void make(); // one at a time
    [[nodiscard]] bool busy() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    // The password is nowhere else: show it once.
    void made(const guard::Login &login, const QString &password);

private:
    QFutureWatcher<guard::Login> m_watcher;
    QString m_password;
};

} // namespace ui
