#include "wire/json_codec.h"

#include "wire/json_reader.h"
#include "wire/limits.h"

#include <array>

namespace wire {

namespace {

// The members of a braced list are read in the order written (C++ [dcl.init.list]).

Ready readReady(JsonReader &in)
{
    auto client = in.optionalObject("client");
    Ready ready{.name = in.optionalWord("name"),
                .session = in.optionalWord("session"),
                .takeover = in.optionalFlag("takeover"),
                .links = static_cast<unsigned>(in.optionalNumber("links", UINT16_MAX)),
                .clientVersion = client.optionalWord("version"),
                .clientOs = client.optionalWord("os")};
    in.adopt(client);
    if (ready.session.size() > kMaxSessionIdLength)
        in.fail("the session id is too long");
    return ready;
}

ConnectionEstablished readEstablished(JsonReader &in)
{
    auto limits = in.optionalObject("limits");
    ConnectionEstablished message{
        .connectionId = in.word("connection_id"),
        .tunnelId = in.word("tunnel_id"),
        .publicUrl = in.word("public_url"),
        .subdomainUrl = in.optionalWord("subdomain_url"),
        .pathBasedUrl = in.optionalWord("path_based_url"),
        .limits = {.maxBodyBytes = limits.optionalNumber("max_body_bytes"),
                   .maxMessageBytes = limits.optionalNumber("max_message_bytes"),
                   .requestTimeoutMs = limits.optionalNumber("request_timeout_ms"),
                   .heartbeatMs = limits.optionalNumber("heartbeat_ms"),
                   .requestsPerHour = limits.optionalNumber("requests_per_hour"),
                   .requestBurst = limits.optionalNumber("request_burst"),
                   .maxRequests = limits.optionalNumber("max_requests"),
                   .uploadBytesPerSecond = limits.optionalNumber("upload_bytes_per_second"),
                   .downloadBytesPerSecond = limits.optionalNumber("download_bytes_per_second")},
        .rewrite = in.optionalWord("rewrite")};
    in.adopt(limits);
    return message;
}

Ping readPing(JsonReader &)
{
    return {};
}

Pong readPong(JsonReader &)
{
    return {};
}

Draining readDraining(JsonReader &in)
{
    return {.reason = in.optionalSentence("reason")};
}

ErrorMessage readError(JsonReader &in)
{
    return {.requestId = in.optionalRequestId("request_id"),
            .error = {.code = codeFromName(in.word("code")), .message = in.sentence("message")},
            .replyTo = in.optionalReplyTo("reply_to")};
}

HttpRequest readRequest(JsonReader &in)
{
    return {.requestId = in.requestId("request_id"),
            .method = in.word("method"),
            .uri = in.word("uri"),
            .headers = in.headers("headers"),
            .body = in.optionalBytes("body"),
            .timestampMs = in.optionalNumber("timestamp"),
            .more = in.optionalFlag("more"),
            .replyTo = in.optionalReplyTo("reply_to")};
}

HttpResponse readResponse(JsonReader &in)
{
    return {.requestId = in.requestId("request_id"),
            .statusCode = static_cast<unsigned>(in.number("status_code", 999)),
            .headers = in.headers("headers"),
            .body = in.optionalBytes("body"),
            .processingTimeMs = in.optionalNumber("processing_time_ms"),
            .more = in.optionalFlag("more"),
            .replyTo = in.optionalReplyTo("reply_to")};
}

BodyChunk readChunk(JsonReader &in)
{
    BodyChunk chunk{.requestId = in.requestId("request_id"),
                    .seq = static_cast<std::uint32_t>(in.number("seq", UINT32_MAX)),
                    .body = in.optionalBytes("body"),
                    .more = in.optionalFlag("more"),
                    .replyTo = in.optionalReplyTo("reply_to")};
    if (chunk.seq == 0)
        in.fail("seq counts from 1");
    return chunk;
}

Cancel readCancel(JsonReader &in)
{
    return {.requestId = in.requestId("request_id"), .reason = in.optionalSentence("reason")};
}

template <class T>
Result<> checkMessage(const T &message)
{
    if constexpr (std::is_same_v<T, HttpRequest> || std::is_same_v<T, HttpResponse>)
        return checkHead(message);
    return {};
}

template <auto Read>
Result<Message> decodeAs(const nlohmann::json &object, std::string_view type)
{
    JsonReader in(object);
    auto message = Read(in);
    if (auto read = in.finish(type); !read)
        return std::unexpected(std::move(read).error());
    if (auto checked = checkMessage(message); !checked)
        return std::unexpected(std::move(checked).error());
    return message;
}

struct Type {
    std::string_view name;
    Result<Message> (*decode)(const nlohmann::json &object, std::string_view type);
};

constexpr std::array kTypes{
    Type{"ready", decodeAs<readReady>},
    Type{"connection_established", decodeAs<readEstablished>},
    Type{"ping", decodeAs<readPing>},
    Type{"pong", decodeAs<readPong>},
    Type{"draining", decodeAs<readDraining>},
    Type{"error", decodeAs<readError>},
    Type{"http_request", decodeAs<readRequest>},
    Type{"http_response", decodeAs<readResponse>},
    Type{"body_chunk", decodeAs<readChunk>},
    Type{"cancel", decodeAs<readCancel>},
};

} // namespace

Result<> checkHead(const HttpRequest &request)
{
    RequestHead head;
    head.method = request.method;
    head.uri = request.uri;
    head.headers = request.headers;
    return checkHead(head);
}

Result<> checkHead(const HttpResponse &response)
{
    ResponseHead head;
    head.status = response.statusCode;
    head.headers = response.headers;
    return checkHead(head);
}

Result<Message> decodeJson(std::string_view text)
{
    if (text.size() > kV1MaxMessageBytes)
        return fail(Code::ProtocolError, "json: the message is too large");
    const auto object = parseJsonObject(text);
    if (!object)
        return std::unexpected(object.error());
    JsonReader envelope(*object);
    const auto name = envelope.word("type");
    for (const auto &type : kTypes)
        if (type.name == name)
            return type.decode(*object, name);
    return fail(Code::ProtocolError, "json: unknown type of message");
}

bool isGatewayNotice(std::string_view text)
{
    if (text.size() > kV1MaxMessageBytes)
        return false;
    const auto object = parseJsonObject(text);
    return object && !object->contains("type") && object->contains("message") && object->contains("connectionId");
}

} // namespace wire
