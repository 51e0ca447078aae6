#include "settings/keyring_lock.h"

#include <QMap>
#include <QtGlobal>

#include <utility>

#if defined(Q_OS_LINUX)

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace settings {

namespace {

constexpr const char *kName = "org.freedesktop.secrets";
using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

QDBusMessage callOf(const char *path, const char *interface, const char *method)
{
    auto call = QDBusMessage::createMethodCall(QLatin1StringView(kName), QLatin1StringView(path),
                                               QLatin1StringView(interface), QLatin1StringView(method));
    call.setAutoStartService(false);
    return call;
}

template <class Reply, class Read>
void ask(const QDBusMessage &call, QObject *context, LockDone done, Read read)
{
    const auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) { // a call would never be answered
        QMetaObject::invokeMethod(context, [done = std::move(done)] { done(false); }, Qt::QueuedConnection);
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [done = std::move(done), read](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         const Reply reply = *finished;
                         done(!reply.isError() && read(reply));
                     });
}

} // namespace

void askWhetherEntryIsLocked(const QString &service, const QString &account, QObject *context, LockDone done)
{
    using Reply = QDBusPendingReply<Paths, Paths>; // unlocked, locked
    qDBusRegisterMetaType<Attributes>();
    auto call = callOf("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems");
    call << QVariant::fromValue(Attributes{{QStringLiteral("server"), service}, {QStringLiteral("user"), account}});
    ask<Reply>(call, context, std::move(done),
               [](const Reply &reply) { return reply.argumentAt<0>().isEmpty() && !reply.argumentAt<1>().isEmpty(); });
}

void askWhetherKeyringIsLocked(QObject *context, LockDone done)
{
    using Reply = QDBusPendingReply<QDBusVariant>;
    auto call = callOf("/org/freedesktop/secrets/aliases/default", "org.freedesktop.DBus.Properties", "Get");
    call << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    ask<Reply>(call, context, std::move(done),
               [](const Reply &reply) { return reply.argumentAt<0>().variant().toBool(); });
}

} // namespace settings

#else

namespace settings {

void askWhetherEntryIsLocked(const QString &, const QString &, QObject *context, LockDone done)
{
    askWhetherKeyringIsLocked(context, std::move(done));
}

void askWhetherKeyringIsLocked(QObject *context, LockDone done)
{
    QMetaObject::invokeMethod(context, [done = std::move(done)] { done(false); }, Qt::QueuedConnection);
}

} // namespace settings

#endif
