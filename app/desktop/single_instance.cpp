#include "desktop/single_instance.h"

#include "settings/folders.h"
#include "wire/limits.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>
#include <fmt/core.h>

#include <tuple>

namespace desktop {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr int kRetryMs = 50; // between attempts: the first one may be about to listen, or about to end
constexpr auto kMaxMessage = static_cast<qint64>(wire::kMaxInstanceMessageBytes);
const QByteArray kTaken = "ok\n";

int milliseconds(std::chrono::milliseconds duration)
{
    return static_cast<int>(duration.count());
}

// Paths of sockets are short (108 bytes), those of folders may be long.
QString socketName(const QString &stateFolder)
{
    const QByteArray path = QFileInfo(stateFolder).canonicalFilePath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(16);
    return QStringLiteral("http-tunnel-%1.socket").arg(QString::fromLatin1(hash));
}

QString made(const QString &folder)
{
    std::ignore = settings::makeOwnerFolder(folder); // the lock in it tells the failure
    return folder;
}

} // namespace

QString runtimeFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
}

SingleInstance::SingleInstance(const QString &stateFolder, const QString &runtimeFolder, QObject *parent)
    : QObject(parent),
      m_stateFolder(made(stateFolder)),
      m_socketPath(made(runtimeFolder) + u'/' + socketName(stateFolder)),
      m_lock(stateFolder + QStringLiteral("/http-tunnel.lock"))
{
    m_lock.setStaleLockTime(0); // a lock is stale when its process is gone, never by age
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            adopt(socket);
    });
}

Result<Start> SingleInstance::claim(const QByteArray &message)
{
    const QDeadlineTimer deadline{std::chrono::milliseconds(wire::kInstanceTimeout)};
    do {
        if (m_lock.tryLock(kRetryMs)) {
            if (auto listening = listen(); !listening)
                return std::unexpected(std::move(listening).error());
            return Start::First;
        }
        if (m_lock.error() != QLockFile::LockFailedError)
            return fail(Code::InternalError,
                        fmt::format("cannot write in {}: check that the folder exists and is yours",
                                    m_stateFolder.toStdString()));
        if (handOver(message, static_cast<int>(deadline.remainingTime())))
            return Start::HandedOver;
    } while (!deadline.hasExpired());
    return fail(Code::Timeout, "HTTP Tunnel is running already, but does not answer: end it, then start it again");
}

// We hold the lock: a socket in our place is what a killed program left.
Result<> SingleInstance::listen()
{
    QLocalServer::removeServer(m_socketPath);
    if (m_server.listen(m_socketPath))
        return {};
    return fail(Code::InternalError, fmt::format("cannot listen on {}: {}", m_socketPath.toStdString(),
                                                 m_server.errorString().toStdString()));
}

bool SingleInstance::handOver(const QByteArray &message, int timeoutMs) const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(timeoutMs))
        return false;
    socket.write(message + '\n');
    while (socket.bytesAvailable() < kTaken.size()) {
        if (!socket.waitForReadyRead(timeoutMs))
            return false;
    }
    return socket.readAll() == kTaken;
}

// A message is one line, soon; who sends anything else is cut off.
void SingleInstance::adopt(QLocalSocket *socket)
{
    socket->setParent(this);
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(milliseconds(wire::kInstanceTimeout), socket, [socket] { socket->abort(); });
    const auto read = [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() > kMaxMessage)
                socket->abort();
            return;
        }
        const QByteArray message = socket->readLine(kMaxMessage).trimmed();
        socket->write(kTaken);
        socket->disconnectFromServer();
        Q_EMIT told(message);
    };
    connect(socket, &QLocalSocket::readyRead, this, read);
    read();
}

} // namespace desktop
