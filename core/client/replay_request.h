// A request the user sends to a local service, without a visitor: a recorded one again, or an edited one. A value.
#pragma once

#include "client/tunnel_config.h"
#include "wire/http_head.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace client {

struct ReplayRequest {
    QString tunnelId;    // under which it is listed; may be empty
    QString tunnelName;
    LocalTarget target;  // whom it goes to, with the Host handling of the tunnel
    wire::RequestHead head; // method, uri, headers; `body` and Content-Length are made to fit the body
    QByteArray body;
    quint64 replayOf = 0; // ExchangeSummary::key
};

} // namespace client

Q_DECLARE_METATYPE(client::ReplayRequest)
