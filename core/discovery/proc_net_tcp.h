// The kernel's table of TCP sockets as text (Linux, proc(5): /proc/net/tcp and tcp6). Pure; any thread.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

namespace discovery {

struct ListeningSocket {
    QHostAddress address;
    quint16 port = 0;
    quint64 inode = 0; // names the socket in /proc/PID/fd

    friend bool operator==(const ListeningSocket &, const ListeningSocket &) = default;
};

// The sockets in state LISTEN, in the order of the table. Lines that it cannot read are left out.
[[nodiscard]] QList<ListeningSocket> parseProcNetTcp(QByteArrayView table);

} // namespace discovery
