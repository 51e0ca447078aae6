#include "core/wire/samples.h"
#include "wire/frame.h"
#include "wire/limits.h"
#include "wire/msgpack.h"
#include "wire/msgpack_codec.h"

#include <gtest/gtest.h>

namespace {

using namespace std::string_literals;
using wire::BodyKind;
using wire::Code;
using wire::HeaderList;
using wire::RequestHead;
using wire::ResponseHead;

std::string encoded(const RequestHead &head)
{
    std::string out;
    wire::encodeRequestHead(out, head);
    return out;
}

std::string encoded(const ResponseHead &head)
{
    std::string out;
    wire::encodeResponseHead(out, head);
    return out;
}

// `{"code": "timeout", "message": "m"}` and the like, from already encoded values.
std::string mapOf(std::initializer_list<std::pair<std::string_view, std::string>> pairs)
{
    std::string out;
    wire::MsgpackWriter to(out);
    to.map(pairs.size());
    for (const auto &[key, value] : pairs) {
        to.string(key);
        out += value;
    }
    return out;
}

std::string text(std::string_view value)
{
    std::string out;
    wire::MsgpackWriter(out).string(value);
    return out;
}

std::string requestWith(const std::string &headers, const std::string &extraKey = {}, const std::string &extra = {})
{
    std::string out(1, extraKey.empty() ? '\x87' : '\x88');
    out += text("method") + text("GET") + text("uri") + text("/") + text("version") + text("1.1") + text("headers") +
           headers + text("remote_address") + text("::1") + text("request_id") + text(samples::kRequestId) +
           text("body") + text("none");
    return extraKey.empty() ? out : out + text(extraKey) + extra;
}

TEST(RequestHead, RoundTrips)
{
    const auto full = samples::requestHead();
    EXPECT_EQ(wire::decodeRequestHead(encoded(full)), full);
    RequestHead bare;
    bare.method = "GET";
    bare.uri = "/";
    bare.requestId = samples::kRequestId;
    EXPECT_EQ(wire::decodeRequestHead(encoded(bare)), bare);
    bare.body = BodyKind::Unknown;
    EXPECT_EQ(wire::decodeRequestHead(encoded(bare)), bare);
}

TEST(RequestHead, GoldenBytes)
{
    RequestHead head;
    head.method = "GET";
    head.uri = "/x";
    head.headers = {{"Host", "a"}, {"X", ""}};
    head.remoteAddress = "::1";
    head.requestId = samples::kRequestId;
    EXPECT_EQ(encoded(head), "\x87\xa6method\xa3GET\xa3uri\xa2/x\xa7version\xa3"s
                             "1.1\xa7headers\x92\x92\xa4Host\xa1"
                             "a"
                             "\x92\xa1X\xa0\xaeremote_address\xa3::1\xaarequest_id\xd9\x28"
                             "req_01234567-89ab-4cde-8f01-23456789abcd\xa4"
                             "body\xa4none"s);
}

TEST(ResponseHead, RoundTrips)
{
    const auto full = samples::responseHead();
    EXPECT_EQ(wire::decodeResponseHead(encoded(full)), full);
    ResponseHead bare;
    bare.status = 404;
    EXPECT_EQ(wire::decodeResponseHead(encoded(bare)), bare);
}

TEST(ResponseHead, GoldenBytes)
{
    ResponseHead head;
    head.status = 200;
    head.reason = "OK";
    head.headers = {{"Content-Length", "2"}};
    head.body = BodyKind::Sized;
    EXPECT_EQ(encoded(head), "\x84\xabstatus_code\xcc\xc8\xa6reason\xa2OK\xa7headers\x91\x92\xae"
                             "Content-Length\xa1"
                             "2"
                             "\xa4"
                             "body\xa5sized"s);
}

TEST(Heads, TheLargestAllowedFitTheirFrame)
{
    RequestHead head = samples::requestHead();
    head.body = BodyKind::None;
    head.uri = std::string(wire::kMaxTargetBytes, 'u');
    head.method = std::string(wire::kMaxMethodBytes, 'M');
    head.upgrade = std::string(wire::kMaxUpgradeBytes, 'w');
    const auto room = wire::kMaxHeadBytes - wire::kMaxTargetBytes - wire::kMaxMethodBytes;
    const auto each = room / wire::kMaxHeaderCount;
    head.headers.assign(wire::kMaxHeaderCount, {"n", std::string(each - 4, 'v')});
    ASSERT_TRUE(wire::checkHead(head));
    EXPECT_LE(encoded(head).size(), wire::kMaxHeadFrameBytes);
    EXPECT_EQ(wire::decodeRequestHead(encoded(head)), head);
}

TEST(Heads, EveryTruncationIsRefused)
{
    const auto request = encoded(samples::requestHead());
    for (std::size_t size = 0; size < request.size(); ++size)
        EXPECT_FALSE(wire::decodeRequestHead(std::string_view(request).substr(0, size))) << size;
    const auto response = encoded(samples::responseHead());
    for (std::size_t size = 0; size < response.size(); ++size)
        EXPECT_FALSE(wire::decodeResponseHead(std::string_view(response).substr(0, size))) << size;
}

TEST(Heads, TrailingBytesAreRefused)
{
    EXPECT_FALSE(wire::decodeRequestHead(encoded(samples::requestHead()) + "\xc0"));
    EXPECT_FALSE(wire::decodeResponseHead(encoded(samples::responseHead()) + "\x80"));
}

TEST(Heads, UnknownKeysArePassedOver)
{
    const auto inNested = std::string(7, '\x91') + "\x01"; // with the head's own map, 8 levels
    for (const auto &value : {"\xc0"s, "\x05"s, text("future"), "\x81\xa1k\x92\x01\x02"s, inNested})
        EXPECT_TRUE(wire::decodeRequestHead(requestWith("\x90", "future", value))) << testing::PrintToString(value);
    EXPECT_FALSE(wire::decodeRequestHead(requestWith("\x90", "future", "\x91" + inNested)));
    EXPECT_FALSE(wire::decodeRequestHead(requestWith("\x90", "future", std::string(60'000, '\x91') + "\x01")));
}

TEST(Heads, KeysTwiceAreRefused)
{
    EXPECT_FALSE(wire::decodeRequestHead(requestWith("\x90", "uri", text("/other"))));
    EXPECT_FALSE(wire::decodeRequestHead(requestWith("\x90", "headers", "\x90")));
}

TEST(Heads, OptionalKeysMayBeNil)
{
    EXPECT_TRUE(wire::decodeRequestHead(requestWith("\x90", "upgrade", "\xc0")));
    EXPECT_FALSE(wire::decodeRequestHead(requestWith("\xc0")));
}

TEST(Heads, HostileHeaderListsAreRefused)
{
    const std::string bad[] = {
        "\xdd\xff\xff\xff\xff"s,                           // 4 billion fields
        "\x91\x92\xdb\xff\xff\xff\xff"s,                   // a name of 4 GiB
        "\x91\x92\xa1n\xc4\x01v"s,                         // binary instead of a string
        "\x91\x92\xa1n\x05"s,                              // number
        "\x91\x93\xa1n\xa1v\xa1v"s,                        // not a pair
        "\x91\x91\xa1n"s,                                  // not a pair
        "\x81\xa1n\xa1v"s,                                 // a map
        "\x91\xa1n"s,                                      // not nested
        "\x91\x92\xa0\xa1v"s,                              // empty name
        "\x91\x92\xa2n:\xa1v"s,                            // not a token
        "\x91\x92\xa1n\xa4"
        "a\r\nb"s,                      // CRLF
        "\x91\x92\xa1n\xa3"
        "a\nb"s,                        // LF
        "\x91\x92\xa1n\xa3"
        "a\0b"s,                        // NUL
        "\x91\x92\xb1Transfer-Encoding\xa7"
        "chunked"s,    // framing of the other hop
        "\x91\x92\xae"
        "Content-Length\xa1"
        "5"s,          // with no body
    };
    ASSERT_TRUE(wire::decodeRequestHead(requestWith("\x91\x92\xa1n\xa1v")));
    for (const auto &headers : bad)
        EXPECT_FALSE(wire::decodeRequestHead(requestWith(headers))) << testing::PrintToString(headers);
    std::string many = "\xdc\x02\x01"s; // 513
    for (int i = 0; i < 513; ++i)
        many += "\x92\xa1n\xa1v";
    EXPECT_FALSE(wire::decodeRequestHead(requestWith(many)));
}

TEST(Heads, MissingKeysAndWrongTypesAreRefused)
{
    EXPECT_FALSE(wire::decodeRequestHead("\x80"s));
    EXPECT_FALSE(wire::decodeResponseHead("\x80"s));
    EXPECT_FALSE(wire::decodeRequestHead("\x90"s));
    EXPECT_FALSE(wire::decodeRequestHead(""));
    EXPECT_FALSE(wire::decodeResponseHead(encoded(samples::requestHead())));
    const auto response = [](const std::string &status, const std::string &body) {
        return wire::decodeResponseHead(
            mapOf({{"status_code", status}, {"reason", text("")}, {"headers", "\x90"}, {"body", body}}));
    };
    EXPECT_TRUE(response("\xcc\xc8", text("none")));
    EXPECT_FALSE(response(text("200"), text("none")));
    EXPECT_FALSE(response("\xff", text("none")));                 // -1
    EXPECT_FALSE(response("\xcd\x03\xe8", text("none")));         // 1000
    EXPECT_FALSE(response("\xce\x00\x01\x00\xc8"s, text("none"))); // 200 + 2^16
    EXPECT_FALSE(response("\xcc\xc8", text("chunked")));
    EXPECT_FALSE(response("\xcc\xc8", "\x01"));
    EXPECT_FALSE(response("\xcc\xcc", text("unknown"))); // 204 with a body
}

TEST(RequestHead, WhatItMustHave)
{
    for (const auto &spoil : std::initializer_list<void (*)(RequestHead &)>{
             [](auto &head) { head.requestId.clear(); }, [](auto &head) { head.requestId = "req_1"; },
             [](auto &head) { head.method = "GET\r\n"; }, [](auto &head) { head.uri = "/ HTTP/1.1\r\nX:"; },
             [](auto &head) { head.remoteAddress = "::1\r\n"; }, [](auto &head) { head.body = BodyKind::Unknown; }}) {
        auto head = samples::requestHead();
        spoil(head);
        EXPECT_FALSE(wire::decodeRequestHead(encoded(head)));
    }
}

TEST(Trailers, RoundTrip)
{
    for (const auto &trailers : {HeaderList{}, HeaderList{{"Checksum", "x"}, {"checksum", ""}, {"B", "caf\xe9"}}}) {
        std::string out;
        wire::encodeTrailers(out, trailers);
        EXPECT_EQ(out.empty(), trailers.empty());
        EXPECT_EQ(wire::decodeTrailers(out), trailers);
    }
    EXPECT_EQ(wire::decodeTrailers("\x90"), HeaderList{});
}

TEST(Trailers, TheLargestAllowedFitTheirFrame)
{
    HeaderList trailers(500, {"n", std::string(wire::kMaxTrailerBytes / 500 - 9, 'v')});
    ASSERT_TRUE(wire::checkTrailers(trailers));
    std::string out;
    wire::encodeTrailers(out, trailers);
    EXPECT_LE(out.size(), wire::maxPayload(wire::FrameKind::End));
}

TEST(Trailers, BadOnesAreRefused)
{
    for (const auto &payload : {"\xc0"s, "\x80"s, "\x91"s,
                                "\x91\x92\xa1n\xa3"
                                "a\nb"s,
                                "\x90\x90"s, "\xdd\xff\xff\xff\xff"s, "\x91\x92\xa0\xa1v"s})
        EXPECT_FALSE(wire::decodeTrailers(payload)) << testing::PrintToString(payload);
}

TEST(Reset, RoundTripsEveryCode)
{
    for (int i = 0; i <= static_cast<int>(Code::InternalError); ++i) {
        const wire::Error error{static_cast<Code>(i), "a sentence\nof two lines"};
        std::string out;
        wire::encodeReset(out, error);
        EXPECT_EQ(wire::decodeReset(out), error);
    }
}

TEST(Reset, LongSentencesAreCut)
{
    std::string out;
    wire::encodeReset(out, {Code::Timeout, std::string(100'000, 'm')});
    EXPECT_LE(out.size(), wire::maxPayload(wire::FrameKind::Reset));
    EXPECT_EQ(wire::decodeReset(out)->message, std::string(wire::kMaxErrorTextBytes, 'm'));
    const auto longer = mapOf({{"code", text("timeout")}, {"message", text(std::string(9000, 'm'))}});
    EXPECT_EQ(wire::decodeReset(longer)->message, std::string(wire::kMaxErrorTextBytes, 'm'));
}

TEST(Reset, UnknownCodesAreInternalErrorsAndBadMapsRefused)
{
    EXPECT_EQ(wire::decodeReset(mapOf({{"code", text("new_code")}, {"message", text("")}}))->code, Code::InternalError);
    for (const auto &payload :
         {""s, mapOf({}), mapOf({{"code", text("timeout")}}), mapOf({{"message", text("m")}}),
          mapOf({{"code", text("timeout")}, {"message", "\x01"}}), mapOf({{"code", "\xc0"}, {"message", text("m")}}),
          mapOf({{"code", text("timeout")}, {"code", text("timeout")}, {"message", text("m")}})})
        EXPECT_FALSE(wire::decodeReset(payload)) << testing::PrintToString(payload);
}

} // namespace
