// The TCP ports in state LISTEN, from the system's own tables (Linux: /proc/net/tcp and tcp6, and the descriptors of
// processes this user may look into). Any thread; takes some milliseconds.
#pragma once

#include "wire/result.h"

#include <QList>
#include <QString>

namespace discovery {

struct ListeningPort {
    quint16 port = 0;
    QString address; // one it listens on: "127.0.0.1", "::1", "0.0.0.0", "::" or an interface's; loopback before others
    qint64 pid = 0; // 0: not ours to know
    QString process; // "node", "nginx"; empty with pid 0

    friend bool operator==(const ListeningPort &, const ListeningPort &) = default;
};

// One entry a port, ascending. This process's own ports are in it. InternalError with a sentence for the user where
// the system does not tell, or is one this program does not know how to ask.
[[nodiscard]] wire::Result<QList<ListeningPort>> listeningPorts();

} // namespace discovery
