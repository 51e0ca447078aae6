// Records what passes in one exchange until the next flush takes it: each head once, the beginning of each body.
// What waits is bounded by the bodies' bound. Owned by ExchangeRecord, engine thread.
#pragma once

#include "client/exchange_capture.h"

#include <optional>
#include <string_view>

namespace client {

class CaptureRecorder {
public:
    // `bodyBytes`: of each body, EngineOptions::captureBodyBytes.
    CaptureRecorder(quint64 key, qsizetype bodyBytes);

    void request(const wire::RequestHead &head);
    void response(const wire::ResponseHead &head);
    void requestBody(std::string_view bytes)
    {
        append(m_update.requestBody, m_requestRoom, m_update.requestCut, bytes);
    }
    void responseBody(std::string_view bytes)
    {
        append(m_update.responseBody, m_responseRoom, m_update.responseCut, bytes);
    }

    // What came since the last call, if anything did. Once a body was cut, every later update says so.
    [[nodiscard]] std::optional<CaptureUpdate> take();

private:
    void append(QByteArray &body, qsizetype &room, bool &cut, std::string_view bytes);

    CaptureUpdate m_update;
    qsizetype m_requestRoom;
    qsizetype m_responseRoom;
    bool m_news = false;
};

} // namespace client
