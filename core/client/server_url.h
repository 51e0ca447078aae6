// Where a link connects to: a relay's address as the user wrote it -> WebSocket URL, and the HTTP URL that can be
// asked why a handshake was refused. Pure; any thread.
#pragma once

#include "wire/result.h"

#include <QUrl>

class QNetworkProxy;

namespace client {

struct ServerUrl {
    QUrl webSocket;
    QUrl http; // the same address for a plain request
};

// http(s)://HOST[:PORT] is a relay, whose clients connect to wire::kConnectPath; ws(s)://… is used as it is.
// InvalidRequest, with what is wrong, for anything else.
[[nodiscard]] wire::Result<ServerUrl> parseServerUrl(const QUrl &server);

// "localhost", names below it (RFC 6761 6.3) and loopback addresses.
[[nodiscard]] bool isLoopbackHost(const QString &host);

// Whether nobody but the server itself can tell what comes over the link: it is encrypted, or stays on this computer.
[[nodiscard]] bool tellsAddressesForSure(const QUrl &server);

// The system's proxy for this address; none for loopback.
[[nodiscard]] QNetworkProxy proxyFor(const ServerUrl &url, bool useSystemProxy);

} // namespace client
