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
    explicit RequestBench(RawOrigin::Handler handler) : origin(std::move(handler)), host(loopbackTarget(origin.port()))
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

inline const QByteArray kHello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

} // namespace support
