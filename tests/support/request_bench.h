// One stream against one origin, for tests of what happens between a link and a local service. Lives on the test's
// thread.
#pragma once

#include "client/local_request.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"

#include <memory>
#include <vector>

namespace support {

inline constexpr std::uint32_t kStream = 1;

[[nodiscard]] inline wire::RequestHead requestHead(const char *method, const char *uri,
                                                   wire::BodyKind body = wire::BodyKind::None,
                                                   wire::HeaderList headers = {})
{
    wire::RequestHead head;
    head.method = method;
    head.uri = uri;
    head.headers = std::move(headers);
    head.body = body;
    head.requestId = "req_1";
    return head;
}

[[nodiscard]] inline wire::HeaderList contentLength(std::size_t bytes)
{
    return {{"Content-Length", std::to_string(bytes)}};
}

struct RequestBench {
    explicit RequestBench(RawOrigin::Handler handler, qint64 captureBodyBytes = -1)
        : origin(std::move(handler)), host(loopbackTarget(origin.port()), captureBodyBytes)
    {
    }
    client::LocalRequest &begin(wire::RequestHead head, std::uint32_t stream = kStream)
    {
        const bool ends = head.body == wire::BodyKind::None && head.upgrade.empty();
        requests.push_back(std::make_unique<client::LocalRequest>(stream, std::move(head), host));
        auto &request = *requests.back();
        request.start();
        if (ends)
            request.onEnd({});
        return request;
    }
    SentStream &sent(std::uint32_t stream = kStream) { return host.sent(stream); }
    QByteArray body(std::uint32_t stream = kStream) { return QByteArray::fromStdString(sent(stream).body); }

    RawOrigin origin;
    FakeStreamHost host;
    std::vector<std::unique_ptr<client::LocalRequest>> requests;
};

// What was recorded of the one request of a bench, put together.
class Recorded : public QObject {
public:
    explicit Recorded(RequestBench &bench) : m_log(bench.host.exchanges)
    {
        connect(&m_log, &client::ExchangeLog::captures, this, [this](const client::CaptureBatch &batch) {
            for (const auto &update : batch)
                add(update);
        });
    }
    const client::CaptureUpdate &all()
    {
        m_log.flush();
        return m_all;
    }
    int requestHeads = 0;
    int responseHeads = 0;

private:
    void add(const client::CaptureUpdate &update)
    {
        requestHeads += update.request ? 1 : 0;
        responseHeads += update.response ? 1 : 0;
        m_all.request = update.request ? update.request : m_all.request;
        m_all.response = update.response ? update.response : m_all.response;
        m_all.requestBody += update.requestBody;
        m_all.responseBody += update.responseBody;
        m_all.requestCut = update.requestCut;
        m_all.responseCut = update.responseCut;
    }
    client::ExchangeLog &m_log;
    client::CaptureUpdate m_all;
};

inline const QByteArray kHello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

} // namespace support
