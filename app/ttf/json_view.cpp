#include "ttf/json_view.h"

#include "ttf/exit_code.h"
#include "ttf/line_text.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace ttf {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kUsPerMs = 1000;

void appendLine(std::string &out, const Json &json)
{
    out += json.dump(-1, ' ', true, Json::error_handler_t::replace);
    out += '\n';
}

Json event(const char *name, const QString &tunnel, const QString &publicName)
{
    return {{"event", name}, {"name", publicName.toStdString()}, {"tunnel", tunnel.toStdString()}};
}

// With the names of the protocol; a limit that there is not is absent.
Json limits(const wire::Limits &limits)
{
    Json json = Json::object();
    const auto put = [&json](const char *name, std::uint64_t value) {
        if (value != 0)
            json[name] = value;
    };
    put("max_body_bytes", limits.maxBodyBytes);
    put("request_timeout_ms", limits.requestTimeoutMs);
    put("requests_per_hour", limits.requestsPerHour);
    put("request_burst", limits.requestBurst);
    put("max_requests", limits.maxRequests);
    put("upload_bytes_per_second", limits.uploadBytesPerSecond);
    put("download_bytes_per_second", limits.downloadBytesPerSecond);
    return json;
}

Json online(const client::TunnelStatus &status)
{
    Json json = event("online", status.id, status.name);
    json["public_url"] = status.publicUrl.toStdString();
    json["subdomain_url"] = status.subdomainUrl.toStdString();
    json["path_based_url"] = status.pathBasedUrl.toStdString();
    json["limits"] = limits(status.limits);
    return json;
}

Json reconnecting(const client::TunnelStatus &status)
{
    Json json = event("reconnecting", status.id, status.name);
    json["reason"] = status.reason.message;
    json["code"] = wire::codeName(status.reason.code);
    json["attempt"] = status.attempt;
    json["next_attempt_ms"] = status.nextAttemptMs;
    return json;
}

Json failed(const client::TunnelStatus &status)
{
    Json json = event("failed", status.id, status.name);
    json["reason"] = status.reason.message;
    json["code"] = wire::codeName(status.reason.code);
    json["exit_code"] = std::to_underlying(exitCodeFor(status.reason.code));
    return json;
}

} // namespace

void JsonView::status(std::string &out, const client::TunnelStatus &status, qint64 /*now*/)
{
    if (status.phase == client::Phase::Online)
        appendLine(out, online(status));
    else if (status.phase == client::Phase::Reconnecting)
        appendLine(out, reconnecting(status));
    else if (status.phase == client::Phase::Failed)
        appendLine(out, failed(status));
}

void JsonView::exchange(std::string &out, const client::ExchangeSummary &exchange)
{
    if (exchange.state == client::ExchangeState::Pending)
        return;
    Json json = event("request", exchange.tunnelId, exchange.tunnelName);
    json["request_id"] = exchange.requestId.toStdString();
    json["time"] = utcTimeText(exchange.started.toMSecsSinceEpoch());
    json["method"] = exchange.method.toStdString();
    json["path"] = exchange.target.toStdString();
    json["status"] = exchange.status;
    json["duration_ms"] = static_cast<double>(exchange.durationUs) / kUsPerMs;
    json["first_byte_ms"] = static_cast<double>(exchange.firstByteUs) / kUsPerMs;
    json["request_bytes"] = exchange.requestBytes;
    json["response_bytes"] = exchange.responseBytes;
    json["remote_address"] = exchange.remoteAddress.toStdString();
    if (!exchange.upgrade.isEmpty())
        json["upgrade"] = exchange.upgrade.toStdString();
    if (exchange.state == client::ExchangeState::Aborted) {
        json["error"] = wire::codeName(exchange.error.code);
        json["error_message"] = exchange.error.message;
    }
    appendLine(out, json);
}

void JsonView::missed(std::string &out, quint64 requests)
{
    appendLine(out, {{"event", "missed"}, {"requests", requests}});
}

void JsonView::stopped(std::string &out, const Totals &totals)
{
    appendLine(out, {{"event", "stopped"},
                     {"requests", totals.requests},
                     {"request_bytes", totals.requestBytes},
                     {"response_bytes", totals.responseBytes},
                     {"run_ms", static_cast<double>(totals.runUs) / kUsPerMs}});
}

} // namespace ttf
