// Asks a server over plain HTTP why it refused a WebSocket handshake: QWebSocket drops the status and the body of the
// refusal. One question per object; owned by LinkSocket, engine thread.
#pragma once

#include "client/server_url.h"
#include "client/tunnel_config.h"
#include "wire/result.h"

#include <QNetworkAccessManager>
#include <QObject>

class QNetworkReply;

namespace client {

class HandshakeProbe : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void ask(const ServerUrl &url, const Token &token, const QNetworkProxy &proxy);

Q_SIGNALS:
    // The server's own words when it has some. ConnectionLost when it could not be asked or gave no reason.
    void answered(const wire::Error &why);

private:
    void onFinished(QNetworkReply &reply);

    QNetworkAccessManager m_http;
};

// The reason in an HTTP refusal: {"error":{"code","message"}} or, without that, what the status means.
[[nodiscard]] wire::Error refusalReason(int status, const QByteArray &body);

} // namespace client
