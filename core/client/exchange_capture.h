// What passed in an exchange, recorded for the inspector: heads as they were received, bodies up to a bound. Values;
// cross threads by copy (heads are shared and never change).
#pragma once

#include "wire/http_head.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

#include <memory>

namespace client {

// What was recorded of one exchange since its update before: each head once, bodies as they come.
struct CaptureUpdate {
    quint64 key = 0; // ExchangeSummary::key
    std::shared_ptr<const wire::RequestHead> request;   // null unless it is new
    std::shared_ptr<const wire::ResponseHead> response; // the final one; null unless it is new
    QByteArray requestBody;  // to append
    QByteArray responseBody; // to append; as the service encoded it (Content-Encoding)
    bool requestCut = false; // more came than EngineOptions::captureBodyBytes
    bool responseCut = false;
};

using CaptureBatch = QList<CaptureUpdate>;

} // namespace client

Q_DECLARE_METATYPE(client::CaptureBatch)
