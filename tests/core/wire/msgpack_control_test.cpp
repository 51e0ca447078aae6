#include "core/wire/samples.h"
#include "wire/frame.h"
#include "wire/limits.h"
#include "wire/msgpack.h"
#include "wire/msgpack_codec.h"

#include <gtest/gtest.h>

namespace {

using namespace std::string_literals;
using wire::ConnectionEstablished;
using wire::ControlMessage;
using wire::decodeControl;
using wire::Ready;

std::string encoded(const ControlMessage &message)
{
    std::string out;
    wire::encodeControl(out, message);
    return out;
}

TEST(Control, EveryMessageRoundTrips)
{
    for (const auto &message : samples::controlMessages()) {
        const auto bytes = encoded(message);
        EXPECT_LE(bytes.size(), wire::maxPayload(wire::FrameKind::Control));
        EXPECT_EQ(decodeControl(bytes), message);
    }
}

TEST(Control, EmptyMembersRoundTrip)
{
    for (const ControlMessage &message : {ControlMessage(Ready{}), ControlMessage(ConnectionEstablished{}),
                                          ControlMessage(wire::Draining{}), ControlMessage(wire::ErrorMessage{})})
        EXPECT_EQ(decodeControl(encoded(message)), message) << message.index();
}

TEST(Control, GoldenBytes)
{
    EXPECT_EQ(encoded(wire::Ping{}), "\x81\xa4type\xa4ping");
    Ready ready;
    ready.name = "shop";
    ready.session = "s1";
    ready.clientVersion = "0.1";
    ready.clientOs = "os";
    EXPECT_EQ(encoded(ready), "\x84\xa4type\xa5ready\xa4name\xa4shop\xa7session\xa2s1\xa6"
                              "client\x82\xa7version\xa3"
                              "0.1"
                              "\xa2os\xa2os");
}

TEST(Control, EachOptionalLimitRoundTripsByItself)
{
    for (const auto limit : {&wire::Limits::requestsPerHour, &wire::Limits::requestBurst, &wire::Limits::maxRequests,
                             &wire::Limits::uploadBytesPerSecond, &wire::Limits::downloadBytesPerSecond}) {
        ConnectionEstablished established;
        const auto without = encoded(established);
        established.limits.*limit = 7;
        EXPECT_EQ(decodeControl(encoded(established)), ControlMessage(established));
        EXPECT_GT(encoded(established).size(), without.size()) << "what is no limit is absent";
    }
}

TEST(Control, EveryTruncationAndTrailingByteIsRefused)
{
    for (const auto &message : samples::controlMessages()) {
        const auto bytes = encoded(message);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_FALSE(decodeControl(std::string_view(bytes).substr(0, size))) << message.index() << " " << size;
        EXPECT_FALSE(decodeControl(bytes + "\x01"));
    }
}

TEST(Control, TypeMayComeLastAndUnknownKeysArePassedOver)
{
    EXPECT_EQ(decodeControl("\x83\xa6"
                            "future\x81\x01\x90\xa6reason\xa1r\xa4type\xa8"
                            "draining"s),
              ControlMessage(wire::Draining{"r"}));
}

TEST(Control, OptionalMembersMayBeAbsentOrNil)
{
    const auto decoded = decodeControl("\x85\xa4type\xb6"
                                       "connection_established\xad"
                                       "connection_id\xa1"
                                       "c\xa9tunnel_id"
                                       "\xa1t\xaapublic_url\xa1u\xa6limits\xc0"s);
    ConnectionEstablished expected;
    expected.connectionId = "c";
    expected.tunnelId = "t";
    expected.publicUrl = "u";
    EXPECT_EQ(decoded, ControlMessage(expected));
    EXPECT_TRUE(decodeControl("\x82\xa4type\xa5ready\xa7session\xa1s"s));
}

TEST(Control, BadMessagesAreRefused)
{
    const std::string bad[] = {
        "\x80"s,
        "\xc0"s,
        "\x81\xa4type\xc0"s,
        "\x81\xa4type\x05"s,
        "\x81\xa4type\xa0"s,
        "\x81\xa4type\xa4pang"s,
        "\x81\xa4type\xac"
        "http_request"s,                                 // of v1 only
        "\x82\xa4type\xa4ping\xa4type\xa4ping"s,                            // a key twice
        "\x81\xa4type\xa5ready"s,                                           // no session
        "\x82\xa4type\xa5ready\xa7session\x01"s,                            // not a string
        "\x82\xa4type\xa5ready\xa7session\xa3"
        "a\nb"s,                     // control character
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa8takeover\x01"s,           // not a boolean
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa5links\xff"s,              // -1
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa5links\xce\x00\x01\x00\x00"s, // 65536
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa6"
        "client\x90"s,          // not a map
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa7session\xa1s"s,           // a key twice
        "\x83\xa4type\xa5ready\xa7session\xa1s\xa6"
        "client\x82\xa2os\xa1"
        "a\xa2os\xa1"
        "a"s, // twice, inside
        "\x83\xa4type\xa5"
        "error\xa4"
        "code\xa7timeout\xaarequest_id\xa1x"s,  // no message
        "\x84\xa4type\xa5"
        "error\xa4"
        "code\xa7timeout\xa7message\xa0\xaarequest_id\xa1x"s, // bad id
        "\x81\x01\x02"s,                                                    // a key that is a number
        "\xdf\xff\xff\xff\xff"s,
        "\x81\xdb\xff\xff\xff\xff"s,
        "\x82\xa4type\xa4ping\xa1x"s + std::string(8, '\x91') + "\x01",     // nested 9 deep
        "\x82\xa4type\xa4ping\xa1x"s + std::string(10'000, '\x91'),
    };
    for (const auto &payload : bad)
        EXPECT_FALSE(decodeControl(payload)) << testing::PrintToString(payload);
    EXPECT_TRUE(decodeControl("\x82\xa4type\xa4ping\xa1x"s + std::string(7, '\x91') + "\x01"));
}

TEST(Control, LongSessionsAreRefused)
{
    Ready ready;
    ready.session = std::string(wire::kMaxSessionIdLength, 's');
    EXPECT_TRUE(decodeControl(encoded(ready)));
    ready.session += 's';
    EXPECT_FALSE(decodeControl(encoded(ready)));
}

TEST(Control, LongSentencesAreCut)
{
    const auto sentence = std::string(wire::kMaxErrorTextBytes, 'm');
    const auto bytes = encoded(wire::ErrorMessage{{}, {wire::Code::Timeout, sentence + "mm"}});
    EXPECT_EQ(decodeControl(bytes), ControlMessage(wire::ErrorMessage{{}, {wire::Code::Timeout, sentence}}));
    EXPECT_EQ(decodeControl(encoded(wire::Draining{sentence + "mm"})), ControlMessage(wire::Draining{sentence}));
}

} // namespace
