// One value of every message and head, every member set, for the tests of both codecs.
#pragma once

#include "wire/message.h"

#include <string>
#include <vector>

namespace samples {

inline const std::string kRequestId = "req_01234567-89ab-4cde-8f01-23456789abcd";

inline wire::RequestHead requestHead()
{
    wire::RequestHead head;
    head.method = "POST";
    head.uri = "/a?b=%20c";
    head.version = 10;
    head.headers = {{"Host", "shop.localhost"}, {"X-A", "1"}, {"x-a", ""}, {"X-A", "caf\xe9"}, {"Content-Length", "5"}};
    head.remoteAddress = "2001:db8::1";
    head.requestId = kRequestId;
    head.upgrade = "websocket";
    head.body = wire::BodyKind::Sized;
    return head;
}

inline wire::ResponseHead responseHead()
{
    wire::ResponseHead head;
    head.status = 101;
    head.reason = "Switching Protocols";
    head.headers = {{"Set-Cookie", "a=1"}, {"Date", "today"}, {"Set-Cookie", "b=2"}};
    head.upgrade = "websocket";
    head.body = wire::BodyKind::Unknown;
    return head;
}

inline std::vector<wire::ControlMessage> controlMessages()
{
    wire::Ready ready;
    ready.name = "shop";
    ready.session = "c0ffee";
    ready.takeover = true;
    ready.links = 3;
    ready.clientVersion = "0.1.0";
    ready.clientOs = "Debian 12";
    wire::ConnectionEstablished established;
    established.connectionId = "c1";
    established.tunnelId = "abcdef012345";
    established.publicUrl = "http://shop.localhost:8080/";
    established.subdomainUrl = "http://shop.localhost:8080/";
    established.pathBasedUrl = "http://localhost:8080/shop/";
    established.limits = {.maxBodyBytes = 1ULL << 40,
                          .maxMessageBytes = 1U << 18,
                          .requestTimeoutMs = 120'000,
                          .requestsPerHour = 180'000,
                          .requestBurst = 100,
                          .maxRequests = 20,
                          .uploadBytesPerSecond = 1U << 20,
                          .downloadBytesPerSecond = 5U << 20};
    return {ready,
            established,
            wire::Ping{},
            wire::Pong{},
            wire::Draining{"restart"},
            wire::ErrorMessage{kRequestId, {wire::Code::NameTaken, "shop is taken\nby somebody"}}};
}

inline std::vector<wire::Message> messages()
{
    wire::HttpRequest request;
    request.requestId = kRequestId;
    request.method = "POST";
    request.uri = "/a?b";
    request.headers = {{"accept", "*/*"}, {"x-a", "1"}, {"x-a", "2"}};
    request.body = std::string("\0\xff body", 7);
    request.timestampMs = 1'700'000'000'000;
    request.more = true;
    request.replyTo = "lambda-7";
    wire::HttpResponse response;
    response.requestId = kRequestId;
    response.statusCode = 204;
    response.headers = {{"set-cookie", "a=1"}, {"set-cookie", "b=2"}};
    response.body = "x";
    response.processingTimeMs = 12;
    response.more = true;
    response.replyTo = "lambda-7";
    std::vector<wire::Message> all{request, response, wire::BodyChunk{kRequestId, 7, "part", true, "lambda-7"},
                                   wire::Cancel{kRequestId, "the visitor left"}};
    for (const auto &control : controlMessages())
        std::visit([&all](const auto &message) { all.emplace_back(message); }, control);
    return all;
}

} // namespace samples
