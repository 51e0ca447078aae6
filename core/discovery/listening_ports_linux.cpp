#include "discovery/listening_ports.h"
#include "discovery/proc_net_tcp.h"

#include <QFile>
#include <QHash>
#include <QSet>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace discovery {

namespace {

namespace fs = std::filesystem;

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

wire::Result<QList<ListeningSocket>> listeningSockets()
{
    const auto ipv4 = readAll(QStringLiteral("/proc/net/tcp"));
    if (ipv4.isEmpty())
        return wire::fail(wire::Code::InternalError, "The list of listening ports, /proc/net/tcp, cannot be read. Type "
                                                     "the port instead.");
    return parseProcNetTcp(ipv4) + parseProcNetTcp(readAll(QStringLiteral("/proc/net/tcp6")));
}

// "socket:[12345]" is what a descriptor of a socket links to.
std::optional<quint64> socketInode(const fs::path &descriptor)
{
    constexpr QByteArrayView kPrefix = "socket:[";
    std::array<char, 64> target{};
    const auto size = readlink(descriptor.c_str(), target.data(), target.size());
    if (size <= 0)
        return std::nullopt;
    const QByteArrayView text(target.data(), size);
    if (!text.startsWith(kPrefix) || !text.endsWith(']'))
        return std::nullopt;
    bool ok = false;
    const auto inode = text.sliced(kPrefix.size()).chopped(1).toByteArray().toULongLong(&ok);
    return ok ? std::optional(inode) : std::nullopt;
}

// What the folder holds; nothing where this user may not look, or where the process has just ended.
std::vector<fs::path> entriesOf(const fs::path &folder)
{
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(entry->path());
    return entries;
}

std::vector<qint64> processes()
{
    std::vector<qint64> pids;
    for (const auto &entry : entriesOf("/proc"))
        if (const auto pid = QByteArray::fromStdString(entry.filename().string()).toLongLong(); pid > 0)
            pids.push_back(pid);
    std::ranges::sort(pids);
    return pids;
}

// Of a socket that several processes share, the first one: nginx before its workers.
QHash<quint64, qint64> pidsOf(QSet<quint64> inodes)
{
    QHash<quint64, qint64> pids;
    for (const auto pid : processes()) {
        if (inodes.isEmpty())
            break;
        for (const auto &descriptor : entriesOf("/proc/" + std::to_string(pid) + "/fd"))
            if (const auto inode = socketInode(descriptor); inode && inodes.remove(*inode))
                pids.insert(*inode, pid);
    }
    return pids;
}

QString processName(qint64 pid)
{
    return QString::fromUtf8(readAll(QStringLiteral("/proc/%1/comm").arg(pid))).trimmed();
}

// Lower is better to be told of and to be asked at.
int rank(const QHostAddress &address)
{
    if (address.isLoopback())
        return address.protocol() == QHostAddress::IPv4Protocol ? 0 : 2;
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return 1;
    return address == QHostAddress(QHostAddress::AnyIPv6) ? 3 : 4;
}

} // namespace

wire::Result<QList<ListeningPort>> listeningPorts()
{
    const auto sockets = listeningSockets();
    if (!sockets)
        return std::unexpected(sockets.error());
    std::map<quint16, ListeningSocket> best;
    QSet<quint64> inodes;
    for (const auto &socket : *sockets) {
        const auto [known, isNew] = best.try_emplace(socket.port, socket);
        if (!isNew && rank(socket.address) < rank(known->second.address))
            known->second = socket;
    }
    for (const auto &[port, socket] : best)
        inodes.insert(socket.inode);
    const auto pids = pidsOf(std::move(inodes));
    QList<ListeningPort> ports;
    for (const auto &[port, socket] : best) {
        const auto pid = pids.value(socket.inode);
        ports += {port, socket.address.toString(), pid, pid == 0 ? QString() : processName(pid)};
    }
    return ports;
}

} // namespace discovery
