#include "relay/admin_session.h"

#include "http1/request_reader.h"
#include "http1/serialize.h"
#include "relay/read_buffer.h"

#include <algorithm>
#include <string>

namespace relay {

namespace {

constexpr std::size_t kReadBytes = 4 * wire::kKiB;

struct Answer {
    unsigned status = 200;
    std::string_view reason = "OK";
    std::string_view type = "text/plain; charset=utf-8";
    std::string body;
};

// A page of any site could have its own name lead here (DNS rebinding) and read what is answered.
bool isOurHost(const AdminConfig &config, const wire::HeaderList &headers)
{
    const auto field = wire::findHeader(headers, "Host");
    if (!field || field->empty())
        return true; // no browser leaves it out
    const auto host = edge::normalizeHost(*field);
    return host && (*host == "localhost" || edge::isIpLiteral(*host) ||
                    std::ranges::find(config.hosts, *host) != config.hosts.end());
}

Answer answerTo(Context &context, const wire::RequestHead &head, std::string_view version)
{
    if (!isOurHost(context.config.admin, head.headers))
        return {421, "Misdirected Request", "text/plain; charset=utf-8",
                "this is no host of the admin listener; `hosts` under [admin] names further ones\n"};
    const auto path = std::string_view(head.uri).substr(0, head.uri.find('?'));
    if (head.method != "GET" && head.method != "HEAD")
        return {405, "Method Not Allowed", "text/plain; charset=utf-8", "only GET and HEAD are answered here\n"};
    if (path == "/healthz")
        return context.draining ? Answer{503, "Service Unavailable", "text/plain; charset=utf-8", "draining\n"}
                                : Answer{.body = "ok\n"};
    if (path == "/metrics") {
        context.metrics.tunnels = context.registry.onlineTunnels();
        return {200, "OK", kMetricsContentType, renderMetrics(context.metrics, version)};
    }
    return {404, "Not Found", "text/plain; charset=utf-8", "here are /healthz and /metrics\n"};
}

std::string render(const Answer &answer, bool withBody, bool keepAlive)
{
    wire::ResponseHead head;
    head.status = answer.status;
    head.reason = answer.reason;
    head.headers = {{"Content-Type", std::string(answer.type)},
                    {"Content-Length", std::to_string(answer.body.size())},
                    {"Cache-Control", "no-store"}};
    wire::HeaderList extra;
    if (!keepAlive)
        extra.push_back({"Connection", "close"});
    std::string out;
    http1::appendResponseHead(out, head, extra);
    if (withBody)
        out.append(answer.body);
    return out;
}

Task<bool> readHead(Connection &connection, ReadBuffer &input, http1::RequestReader &reader)
{
    std::string none;
    for (;;) {
        auto taken = reader.feed(input.view(), none);
        if (!taken)
            co_return false;
        input.consume(*taken);
        if (reader.headComplete())
            co_return true;
        const auto [error, bytes] = co_await connection.read(input.prepare(kReadBytes));
        if (error)
            co_return false;
        input.commit(bytes);
    }
}

} // namespace

Task<> serveAdmin(Context &context, std::unique_ptr<Connection> connection, std::string_view version)
{
    ReadBuffer input;
    Deadline deadline(context.deadlines, [&connection] { connection->close(); });
    bool keep = true;
    while (keep) {
        http1::RequestReader reader;
        deadline.arm(context.config.timeouts.keepAlive);
        const bool read = co_await readHead(*connection, input, reader);
        if (!read)
            break;
        keep = reader.keepAlive() && reader.complete();
        const auto answer = answerTo(context, reader.head(), version);
        deadline.arm(context.config.timeouts.visitorWrite);
        const auto bytes = render(answer, reader.head().method != "HEAD", keep);
        const auto error = co_await connection->write(bytes);
        if (error)
            break;
    }
    co_await connection->shutdownSend();
    connection->close();
}

} // namespace relay
