#include "core/wire/samples.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using wire::encodeJson;

TEST(EncodeJson, GoldenTexts)
{
    EXPECT_EQ(encodeJson(wire::Ping{}), R"({"type":"ping"})");
    wire::HttpRequest request;
    request.requestId = samples::kRequestId;
    request.method = "GET";
    request.uri = "/a";
    request.headers = {{"X-A", "1"}, {"Accept", "*/*"}, {"x-a", "2"}};
    request.body = "hi";
    request.timestampMs = 5;
    EXPECT_EQ(
        encodeJson(request),
        R"({"body":"aGk=","headers":{"Accept":["*/*"],"X-A":["1","2"]},"method":"GET",)"
        R"("request_id":"req_01234567-89ab-4cde-8f01-23456789abcd","timestamp":5,"type":"http_request","uri":"/a"})");
    EXPECT_EQ(encodeJson(wire::BodyChunk{samples::kRequestId, 2, "", false, ""}),
              R"({"body":"","more":false,"request_id":"req_01234567-89ab-4cde-8f01-23456789abcd","seq":2,)"
              R"("type":"body_chunk"})");
}

TEST(EncodeJson, WithoutHeadersThereIsAnEmptyObject)
{
    wire::HttpResponse response;
    response.requestId = samples::kRequestId;
    response.statusCode = 200;
    EXPECT_EQ(encodeJson(response),
              R"({"body":"","headers":{},"processing_time_ms":0,)"
              R"("request_id":"req_01234567-89ab-4cde-8f01-23456789abcd","status_code":200,"type":"http_response"})");
}

TEST(EncodeJson, OptionalMembersAreAbsentWhenEmpty)
{
    EXPECT_EQ(encodeJson(wire::Ready{}), R"({"client":{"os":"","version":""},"type":"ready"})");
    EXPECT_EQ(encodeJson(wire::ErrorMessage{{}, {wire::Code::Unauthorized, "no token"}}),
              R"({"code":"unauthorized","message":"no token","type":"error"})");
}

TEST(EncodeJson, WritesWhatOnlySomeServersSay)
{
    wire::ErrorMessage error{"req_1", {wire::Code::Timeout, "late"}, "token"};
    EXPECT_EQ(encodeJson(error),
              R"({"code":"timeout","message":"late","reply_to":"token","request_id":"req_1","type":"error"})");
    wire::ConnectionEstablished established;
    EXPECT_THAT(encodeJson(established), testing::Not(testing::HasSubstr("heartbeat_ms")));
    EXPECT_THAT(encodeJson(established), testing::Not(testing::HasSubstr("rewrite")));
    established.limits.heartbeatMs = 300'000;
    established.rewrite = "base";
    EXPECT_THAT(encodeJson(established), testing::HasSubstr(R"("heartbeat_ms":300000)"));
    EXPECT_THAT(encodeJson(established), testing::HasSubstr(R"("rewrite":"base")"));
}

TEST(EncodeJson, LimitsThatAreNoneAreAbsent)
{
    wire::ConnectionEstablished established;
    EXPECT_EQ(encodeJson(established),
              R"({"connection_id":"","limits":{"max_body_bytes":0,"max_message_bytes":0,"request_timeout_ms":0},)"
              R"("public_url":"","tunnel_id":"","type":"connection_established"})");
    established.limits.requestsPerHour = 1800;
    established.limits.downloadBytesPerSecond = 5;
    EXPECT_EQ(encodeJson(established),
              R"({"connection_id":"","limits":{"download_bytes_per_second":5,"max_body_bytes":0,"max_message_bytes":0,)"
              R"("request_timeout_ms":0,"requests_per_hour":1800},)"
              R"("public_url":"","tunnel_id":"","type":"connection_established"})");
}

TEST(EncodeJson, BytesThatAreNotUtf8AreReplaced)
{
    EXPECT_EQ(encodeJson(wire::Draining{"caf\xe9"}), "{\"reason\":\"caf\xef\xbf\xbd\",\"type\":\"draining\"}");
}

TEST(EncodeJson, SentencesAreCut)
{
    EXPECT_LT(encodeJson(wire::Cancel{samples::kRequestId, std::string(100'000, 'r')}).size(),
              wire::kMaxErrorTextBytes + 200);
}

} // namespace
