// One recorded exchange: what the list shows of it, its heads, and its bodies as far as they were kept. A value; heads
// are shared and never change, bodies are implicitly shared.
#pragma once

#include "client/exchange_capture.h"
#include "client/tunnel_status.h"

namespace traffic {

struct Exchange {
    client::ExchangeSummary summary;
    std::shared_ptr<const wire::RequestHead> request;   // null while nothing was recorded
    std::shared_ptr<const wire::ResponseHead> response; // null before it came
    QByteArray requestBody;
    QByteArray responseBody; // as the service encoded it; see body_decoder.h
    bool requestCut = false; // only the beginning was kept
    bool responseCut = false;
    bool bodiesDropped = false; // they had to make room for newer ones
};

} // namespace traffic
