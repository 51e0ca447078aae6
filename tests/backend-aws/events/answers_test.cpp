#include "events/answers.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

wire::ResponseHead head(unsigned status, wire::HeaderList headers)
{
    wire::ResponseHead result;
    result.status = status;
    result.headers = std::move(headers);
    return result;
}

json answer(const wire::ResponseHead &response, std::string_view body, bool answersHead = false)
{
    return json::parse(events::httpAnswer(response, body, answersHead).value());
}

TEST(HttpAnswer, Text)
{
    const auto result = answer(head(200, {{"Content-Type", "text/plain"}, {"Content-Length", "3"}}), "h\"\xc3\xa9");
    EXPECT_EQ(result, json::parse(R"({"statusCode":200,"headers":{"content-type":"text/plain"},"cookies":[],
                                      "isBase64Encoded":false,"body":"h\"é"})"));
}

TEST(HttpAnswer, WhatIsNoTextIsBase64)
{
    const std::string body("\0\xff\r\n", 4);
    const auto result = answer(head(200, {}), body);
    EXPECT_EQ(result["isBase64Encoded"], true);
    EXPECT_EQ(wire::decodeBase64(result["body"].get<std::string>()), body);
    // Text that would grow sixfold as JSON.
    const std::string controls(3000, '\x01');
    EXPECT_EQ(answer(head(200, {}), controls)["isBase64Encoded"], true);
}

TEST(HttpAnswer, EachCookieIsOneOfItsOwn)
{
    const auto result =
        answer(head(302, {{"Set-Cookie", "a=1; Path=/"}, {"Vary", "A"}, {"set-cookie", "b=2"}, {"vary", "B"}}), "");
    EXPECT_EQ(result["cookies"], json({"a=1; Path=/", "b=2"}));
    EXPECT_EQ(result["headers"], json({{"vary", "A, B"}}));
    EXPECT_FALSE(result.contains("body"));
}

TEST(HttpAnswer, KeepsALengthThatNobodyElseKnows)
{
    EXPECT_EQ(answer(head(200, {{"Content-Length", "7"}}), "", true)["headers"]["content-length"], "7");
    EXPECT_EQ(answer(head(304, {{"Content-Length", "7"}}), "")["headers"]["content-length"], "7");
    EXPECT_FALSE(answer(head(200, {{"Content-Length", "0"}}), "")["headers"].contains("content-length"));
}

TEST(HttpAnswer, BytesOverAsciiInFieldsAreCharacters)
{
    EXPECT_EQ(answer(head(200, {{"X-Name", "caf\xe9"}}), "")["headers"]["x-name"], "caf\xc3\xa9");
}

TEST(HttpAnswer, LargestBodyFits)
{
    const std::string body(wire::kLambdaBodyBytes, '\xff');
    EXPECT_TRUE(events::httpAnswer(head(200, {{"X-Head", std::string(60'000, 'x')}}), body, false));
    EXPECT_EQ(events::httpAnswer(head(200, {}), std::string(wire::kLambdaPayloadBytes, 'x'), false).error().code,
              wire::Code::PayloadTooLarge);
}

TEST(AuthorizerAnswer, CarriesWhatTheTokenSays)
{
    const auto allowed = json::parse(events::allowConnection("arn:x", "jwt:alice", R"({"sub":"alice"})"));
    EXPECT_EQ(allowed["principalId"], "jwt:alice");
    EXPECT_EQ(allowed["policyDocument"]["Statement"][0],
              json::parse(R"({"Action":"execute-api:Invoke","Effect":"Allow","Resource":"arn:x"})"));
    EXPECT_EQ(allowed["context"], json::parse(R"({"owner":"jwt:alice","claims":"{\"sub\":\"alice\"}"})"));
    EXPECT_EQ(json::parse(events::allowConnection("a", "", ""))["principalId"], "anonymous");
    const auto denied = json::parse(events::denyConnection("arn:x"));
    EXPECT_EQ(denied["policyDocument"]["Statement"][0]["Effect"], "Deny");
    EXPECT_FALSE(denied.contains("context"));
}

TEST(SocketAnswer, NamesTheSubprotocol)
{
    EXPECT_EQ(json::parse(events::socketAnswer(200, "tunnel.v1.json")),
              json::parse(R"({"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"tunnel.v1.json"}})"));
    EXPECT_EQ(json::parse(events::socketAnswer(400)), json::parse(R"({"statusCode":400})"));
}

} // namespace
