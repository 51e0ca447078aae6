#include "relay/visitor_request.h"

#include "wire/ids.h"

namespace relay {

void VisitorRequest::begin()
{
    started = std::chrono::steady_clock::now();
    requestId = wire::drawRequestId();
    if (!reader.headComplete())
        return;
    keepAlive = reader.keepAlive();
    head = std::move(reader.head());
    head.requestId = requestId;
    accept = wire::findHeader(head.headers, "Accept").value_or("");
    origin = wire::findHeader(head.headers, "Origin").value_or("");
}

edge::PageRequest VisitorRequest::page() const noexcept
{
    return {.method = head.method, .accept = accept, .origin = origin, .requestId = requestId};
}

void recordRequest(Context &context, const VisitorRequest &request, unsigned status, std::uint64_t responseBytes,
                   const wire::Error *error)
{
    const auto took = std::chrono::steady_clock::now() - request.started;
    context.metrics.countRequest(status, took);
    if (error)
        context.metrics.countError(error->code);
    const bool told = error && !request.summarized;
    if (!context.log.enabled(told ? LogLevel::Info : LogLevel::Debug))
        return;
    const auto path = std::string_view(request.head.uri).substr(0, request.head.uri.find('?'));
    const double tookMs = std::chrono::duration<double, std::milli>(took).count();
    const LogFields fields{{"request_id", request.requestId},
                           {"tunnel_id", request.tunnel},
                           {"client", request.head.remoteAddress},
                           {"method", request.head.method},
                           {"path", path},
                           {"status", status},
                           {"duration_ms", tookMs},
                           {"bytes_in", request.bodyBytes},
                           {"bytes", responseBytes},
                           {"code", error ? wire::codeName(error->code) : std::string_view()},
                           {"reason", error ? std::string_view(error->message) : std::string_view()}};
    if (told)
        context.log.info("request_failed", fields);
    else
        context.log.debug(error ? "request_failed" : "request", fields);
}

} // namespace relay
