// One program for one user and state folder: the first start holds a lock file and listens on a local socket that only
// its user may open; a later one hands its message over and ends. What a killed program leaves behind is replaced, and
// the lock alone decides who is first, so that there are never two. Main thread.
#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>

class QLocalSocket;

namespace desktop {

enum class Start { First, HandedOver };

class SingleInstance : public QObject {
    Q_OBJECT
public:
    // The lock file is in `stateFolder`, the socket in `runtimeFolder`; both are made.
    SingleInstance(const QString &stateFolder, const QString &runtimeFolder, QObject *parent = nullptr);

    // Blocks for wire::kInstanceTimeout at most: before there is a window. The error is a sentence for the user.
    [[nodiscard]] wire::Result<Start> claim(const QByteArray &message);

Q_SIGNALS:
    void told(const QByteArray &message); // by a later start

private:
    [[nodiscard]] wire::Result<> listen();
    [[nodiscard]] bool handOver(const QByteArray &message, int timeoutMs) const;
    void adopt(QLocalSocket *socket);

    QString m_stateFolder;
    QString m_socketPath;
    QLockFile m_lock;
    QLocalServer m_server;
};

// Where sockets of this user belong: $XDG_RUNTIME_DIR, else a folder only he can open.
[[nodiscard]] QString runtimeFolder();

} // namespace desktop
