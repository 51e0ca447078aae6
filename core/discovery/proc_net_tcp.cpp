#include "discovery/proc_net_tcp.h"

#include <QtEndian>

#include <cstring>
#include <optional>

namespace discovery {

namespace {

constexpr qsizetype kIpv4Digits = 8;
constexpr qsizetype kIpv6Digits = 32;
constexpr qsizetype kWordDigits = 8;

// The kernel prints each 32-bit word of an address as a number in its own byte order.
std::optional<quint32> parseWord(const QByteArray &digits)
{
    bool ok = false;
    const auto word = digits.toUInt(&ok, 16);
    return ok ? std::optional(word) : std::nullopt;
}

std::optional<QHostAddress> parseAddress(const QByteArray &digits)
{
    if (digits.size() != kIpv4Digits && digits.size() != kIpv6Digits)
        return std::nullopt;
    Q_IPV6ADDR bytes{};
    for (qsizetype at = 0; at < digits.size(); at += kWordDigits) {
        const auto word = parseWord(digits.sliced(at, kWordDigits));
        if (!word)
            return std::nullopt;
        std::memcpy(bytes.c + at / 2, &*word, sizeof(*word));
    }
    if (digits.size() == kIpv6Digits)
        return QHostAddress(bytes);
    return QHostAddress(qFromBigEndian<quint32>(bytes.c));
}

// "  0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 12345 …"
std::optional<ListeningSocket> parseLine(const QByteArray &line)
{
    constexpr qsizetype kLocal = 1;
    constexpr qsizetype kState = 3;
    constexpr qsizetype kInode = 9;
    constexpr const char *kListen = "0A";
    const auto columns = line.simplified().split(' ');
    if (columns.size() <= kInode || columns[kState] != kListen)
        return std::nullopt;
    const auto local = columns[kLocal].split(':');
    if (local.size() != 2)
        return std::nullopt;
    bool portOk = false;
    bool inodeOk = false;
    const auto port = local[1].toUShort(&portOk, 16);
    const auto inode = columns[kInode].toULongLong(&inodeOk);
    const auto address = parseAddress(local[0]);
    if (!portOk || !inodeOk || !address || port == 0)
        return std::nullopt;
    return ListeningSocket{*address, port, inode};
}

} // namespace

QList<ListeningSocket> parseProcNetTcp(QByteArrayView table)
{
    QList<ListeningSocket> sockets;
    const auto lines = table.toByteArray().split('\n');
    for (const auto &line : lines)
        if (auto socket = parseLine(line))
            sockets += *socket;
    return sockets;
}

} // namespace discovery
