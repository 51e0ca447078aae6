#include "wire/base64.h"
#include "wire/json_codec.h"
#include "wire/limits.h"
#include "wire/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace wire {

namespace {

using nlohmann::json;

void putOptional(json &object, const char *key, std::string_view text)
{
    if (!text.empty())
        object[key] = text;
}

std::string_view sentence(std::string_view text)
{
    return cutText(text, kMaxErrorTextBytes);
}

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

// One member for each name, whatever its case, under its first spelling: order among its values is what HTTP keeps.
json headersObject(const HeaderList &headers)
{
    json object = json::object();
    std::map<std::string, std::string> spellings;
    for (const auto &[name, value] : headers)
        object[spellings.try_emplace(lowered(name), name).first->second].push_back(value);
    return object;
}

json toJson(const Ready &ready)
{
    json object{{"type", "ready"}};
    putOptional(object, "name", ready.name);
    putOptional(object, "session", ready.session);
    if (ready.takeover)
        object["takeover"] = true;
    if (ready.links > 0)
        object["links"] = ready.links;
    object["client"] = {{"version", ready.clientVersion}, {"os", ready.clientOs}};
    return object;
}

json toJson(const Limits &limits)
{
    json object{{"max_body_bytes", limits.maxBodyBytes},
                {"max_message_bytes", limits.maxMessageBytes},
                {"request_timeout_ms", limits.requestTimeoutMs}};
    const auto put = [&](const char *key, std::uint64_t value) {
        if (value != 0)
            object[key] = value;
    };
    put("heartbeat_ms", limits.heartbeatMs);
    put("requests_per_hour", limits.requestsPerHour);
    put("request_burst", limits.requestBurst);
    put("max_requests", limits.maxRequests);
    put("upload_bytes_per_second", limits.uploadBytesPerSecond);
    put("download_bytes_per_second", limits.downloadBytesPerSecond);
    return object;
}

json toJson(const ConnectionEstablished &message)
{
    json object{{"type", "connection_established"},
                {"connection_id", message.connectionId},
                {"tunnel_id", message.tunnelId},
                {"public_url", message.publicUrl}};
    putOptional(object, "subdomain_url", message.subdomainUrl);
    putOptional(object, "path_based_url", message.pathBasedUrl);
    object["limits"] = toJson(message.limits);
    putOptional(object, "rewrite", message.rewrite);
    return object;
}

json toJson(const Ping &)
{
    return {{"type", "ping"}};
}

json toJson(const Pong &)
{
    return {{"type", "pong"}};
}

json toJson(const Draining &draining)
{
    return {{"type", "draining"}, {"reason", sentence(draining.reason)}};
}

json toJson(const ErrorMessage &message)
{
    json object{
        {"type", "error"}, {"code", codeName(message.error.code)}, {"message", sentence(message.error.message)}};
    putOptional(object, "request_id", message.requestId);
    putOptional(object, "reply_to", message.replyTo);
    return object;
}

// What a request and a response end with: whether body_chunk messages follow, and the opaque echo.
template <class HttpMessage>
void putContinuation(json &object, const HttpMessage &message)
{
    if (message.more)
        object["more"] = true;
    putOptional(object, "reply_to", message.replyTo);
}

json toJson(const HttpRequest &request)
{
    json object{{"type", "http_request"},
                {"request_id", request.requestId},
                {"method", request.method},
                {"uri", request.uri},
                {"headers", headersObject(request.headers)},
                {"body", encodeBase64(request.body)},
                {"timestamp", request.timestampMs}};
    putContinuation(object, request);
    return object;
}

json toJson(const HttpResponse &response)
{
    json object{{"type", "http_response"},
                {"request_id", response.requestId},
                {"status_code", response.statusCode},
                {"headers", headersObject(response.headers)},
                {"body", encodeBase64(response.body)},
                {"processing_time_ms", response.processingTimeMs}};
    putContinuation(object, response);
    return object;
}

json toJson(const BodyChunk &chunk)
{
    json object{{"type", "body_chunk"},
                {"request_id", chunk.requestId},
                {"seq", chunk.seq},
                {"body", encodeBase64(chunk.body)},
                {"more", chunk.more}};
    putOptional(object, "reply_to", chunk.replyTo);
    return object;
}

json toJson(const Cancel &cancel)
{
    return {{"type", "cancel"}, {"request_id", cancel.requestId}, {"reason", sentence(cancel.reason)}};
}

} // namespace

std::string encodeJson(const Message &message)
{
    const auto object = std::visit([](const auto &alternative) { return toJson(alternative); }, message);
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace wire
