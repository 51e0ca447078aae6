#include "core/wire/samples.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;
using wire::decodeJson;
using wire::Header;
using wire::Message;

// A message with `%` for the sample request id.
std::string text(std::string_view pattern)
{
    std::string out(pattern);
    if (const auto at = out.find('%'); at != std::string::npos)
        out.replace(at, 1, samples::kRequestId);
    return out;
}

TEST(JsonCodec, EveryMessageRoundTrips)
{
    for (const auto &message : samples::messages()) {
        const auto encoded = wire::encodeJson(message);
        EXPECT_LE(encoded.size(), wire::kV1MaxMessageBytes);
        EXPECT_EQ(decodeJson(encoded), message) << encoded;
    }
}

TEST(JsonCodec, EveryTruncationIsRefused)
{
    for (const auto &message : samples::messages()) {
        const auto encoded = wire::encodeJson(message);
        for (std::size_t size = 0; size < encoded.size(); ++size)
            EXPECT_FALSE(decodeJson(std::string_view(encoded).substr(0, size))) << encoded.substr(0, size);
    }
}

// What the earlier system sends: fewer members, null for what it has not got.
TEST(JsonCodec, TakesTheEarlierSystemsMessages)
{
    wire::ConnectionEstablished established;
    established.connectionId = "abc=";
    established.tunnelId = "abcdef012345";
    established.publicUrl = "https://x/abcdef012345";
    EXPECT_EQ(decodeJson(R"({"type":"connection_established","connection_id":"abc=","tunnel_id":"abcdef012345",)"
                         R"("public_url":"https://x/abcdef012345"})"),
              Message(established));
    EXPECT_EQ(decodeJson(R"({"type":"connection_established","connection_id":"abc=","tunnel_id":"abcdef012345",)"
                         R"("public_url":"https://x/abcdef012345","subdomain_url":null,"path_based_url":null})"),
              Message(established));
    EXPECT_EQ(decodeJson(R"({"type":"ready"})"), Message(wire::Ready{}));
    EXPECT_EQ(decodeJson(R"({"type":"error","request_id":null,"code":"whatever","message":"m"})"),
              Message(wire::ErrorMessage{{}, {wire::Code::InternalError, "m"}}));
    const auto request = decodeJson(text(R"({"type":"http_request","request_id":"%","method":"GET","uri":"/a",)"
                                         R"("headers":{"host":["x"],"cookie":["a","b"]},"body":"","timestamp":1})"));
    ASSERT_TRUE(request);
    EXPECT_THAT(std::get<wire::HttpRequest>(*request).headers,
                ElementsAre(Header{"cookie", "a"}, Header{"cookie", "b"}, Header{"host", "x"}));
}

TEST(JsonCodec, KeepsWhatOnlySomeServersSay)
{
    wire::ConnectionEstablished established;
    established.connectionId = "c";
    established.tunnelId = "t";
    established.publicUrl = "u";
    established.limits.heartbeatMs = 300'000;
    established.rewrite = "none";
    EXPECT_EQ(wire::decodeJson(wire::encodeJson(established)), Message(established));
    const wire::ErrorMessage error{samples::kRequestId, {wire::Code::Timeout, "late"}, "token"};
    EXPECT_EQ(wire::decodeJson(wire::encodeJson(error)), Message(error));
    const auto tooLong = wire::ErrorMessage{{}, {}, std::string(wire::kV1MaxReplyToBytes + 1, 'x')};
    EXPECT_FALSE(wire::decodeJson(wire::encodeJson(tooLong)));
}

TEST(JsonCodec, UnknownKeysArePassedOver)
{
    EXPECT_EQ(decodeJson(R"({"future":{"a":[1]},"type":"pong"})"), Message(wire::Pong{}));
}

constexpr std::string_view kBad[] = {
    "",
    "{}",
    "[]",
    R"({"type":null})",
    R"({"type":5})",
    R"({"type":"pang"})",
    R"({"type":"ping","type":"ping"})",
    R"({"type":"ping"} x)",
    R"({"type":"ready","session":5})",
    R"({"type":"ready","client":[]})",
    R"({"type":"ready","client":{"os":1}})",
    R"({"type":"ready","links":-1})",
    R"({"type":"ready","links":65536})",
    R"({"type":"ready","takeover":1})",
    R"({"type":"ready","name":"a\u0007"})",
    R"({"type":"connection_established","connection_id":"c","tunnel_id":"t"})",
    R"({"type":"connection_established","connection_id":"c","tunnel_id":"t","public_url":"u","limits":{"max_body_bytes":-1}})",
    R"({"type":"error","message":"m"})",
    R"({"type":"error","code":"timeout"})",
    R"({"type":"error","code":"timeout","message":"m","request_id":"x"})",
    R"({"type":"cancel","reason":"r"})",
    R"({"type":"cancel","request_id":"req_1"})",
    R"({"type":"body_chunk","request_id":"%","body":"","more":false})",
    R"({"type":"body_chunk","request_id":"%","seq":0,"body":""})",
    R"({"type":"body_chunk","request_id":"%","seq":4294967296,"body":""})",
    R"({"type":"body_chunk","request_id":"%","seq":1,"body":"Zg"})",
    R"({"type":"body_chunk","request_id":"%","seq":1,"body":"Zh=="})",
    R"({"type":"body_chunk","request_id":"%","seq":1,"body":"Zg==","more":"no"})",
    R"({"type":"http_request","method":"GET","uri":"/","headers":{}})",
    R"({"type":"http_request","request_id":"","method":"GET","uri":"/","headers":{}})",
    R"({"type":"http_request","request_id":"%","uri":"/","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"GET","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/"})",
    R"({"type":"http_request","request_id":"%","method":"","uri":"/","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"G T","uri":"/","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/ x","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/\r\nX: y","headers":{}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":[]})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":"1"}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":[1]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":["1"],"a":["2"]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a b":["1"]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"":["1"]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":["1\r\nX: y"]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":["1\u0000"]}})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{},"body":"!"})",
    R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{},"timestamp":-1})",
    R"({"type":"http_response","request_id":"%","headers":{}})",
    R"({"type":"http_response","request_id":"%","status_code":99,"headers":{}})",
    R"({"type":"http_response","request_id":"%","status_code":1000,"headers":{}})",
    R"({"type":"http_response","request_id":"%","status_code":"200","headers":{}})",
    R"({"type":"http_response","request_id":"%","status_code":200.0,"headers":{}})",
    R"({"type":"http_response","request_id":"%","status_code":200,"headers":{"a":["\n"]}})",
};

TEST(JsonCodec, BadMessagesAreRefused)
{
    for (const auto pattern : kBad)
        EXPECT_FALSE(decodeJson(text(pattern))) << pattern;
}

TEST(JsonCodec, TheMessagesThatTheBadOnesSpoilAreGood)
{
    for (const auto *pattern :
         {R"({"type":"cancel","request_id":"%"})", R"({"type":"body_chunk","request_id":"%","seq":1,"body":"Zg=="})",
          R"({"type":"http_request","request_id":"%","method":"GET","uri":"/","headers":{"a":["1"]}})",
          R"({"type":"http_response","request_id":"%","status_code":200,"headers":{}})"})
        EXPECT_TRUE(decodeJson(text(pattern))) << pattern;
}

TEST(JsonCodec, BoundsTheMessage)
{
    const std::string ping = R"({"type":"ping"})";
    EXPECT_TRUE(decodeJson(ping + std::string(wire::kV1MaxMessageBytes - ping.size(), ' ')));
    EXPECT_FALSE(decodeJson(ping + std::string(wire::kV1MaxMessageBytes - ping.size() + 1, ' ')));
}

TEST(JsonCodec, TooManyHeadersAreRefused)
{
    std::string values = R"("v")";
    for (std::size_t i = 1; i < wire::kMaxHeaderCount; ++i)
        values += R"(,"v")";
    const auto message = [](const std::string &list) {
        return text(R"({"type":"http_response","request_id":"%","status_code":200,"headers":{"a":[)") + list + "]}}";
    };
    EXPECT_TRUE(decodeJson(message(values)));
    EXPECT_EQ(decodeJson(message(values + R"(,"v")")).error().code, wire::Code::HeadersTooLarge);
}

} // namespace
