#include "wire/frame.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::string_literals;
using wire::FrameKind;
using wire::FrameReader;

constexpr FrameKind kKinds[] = {FrameKind::Control, FrameKind::RequestHead, FrameKind::ResponseHead, FrameKind::Data,
                                FrameKind::End,     FrameKind::Reset,       FrameKind::Window};

std::uint32_t streamFor(FrameKind kind)
{
    return kind == FrameKind::Control ? 0 : 7;
}

std::string header(std::uint32_t stream, unsigned kind, std::size_t length)
{
    std::string out;
    for (const int shift : {24, 16, 8, 0})
        out += static_cast<char>(stream >> shift & 0xff);
    out += static_cast<char>(kind);
    for (const int shift : {16, 8, 0})
        out += static_cast<char>(length >> shift & 0xff);
    return out;
}

bool refused(const std::string &message)
{
    auto frame = FrameReader(message).next();
    if (frame)
        return false;
    EXPECT_EQ(frame.error().code, wire::Code::ProtocolError);
    return true;
}

TEST(Frame, GoldenBytes)
{
    std::string out;
    wire::appendFrame(out, 0x01020304, FrameKind::Data, "hi");
    EXPECT_EQ(out, "\x01\x02\x03\x04\x03\x00\x00\x02hi"s);
    out.clear();
    wire::appendWindow(out, 1, 0x00040000);
    EXPECT_EQ(out, "\x00\x00\x00\x01\x06\x00\x00\x04\x00\x04\x00\x00"s);
}

TEST(Frame, EveryKindRoundTripsAtItsLimit)
{
    for (const auto kind : kKinds) {
        const std::string payload(wire::maxPayload(kind), 'p');
        std::string message;
        wire::appendFrame(message, streamFor(kind), kind, payload);
        FrameReader reader(message);
        const auto frame = reader.next();
        ASSERT_TRUE(frame && *frame) << static_cast<int>(kind);
        EXPECT_EQ((*frame)->stream, streamFor(kind));
        EXPECT_EQ((*frame)->kind, kind);
        EXPECT_EQ((*frame)->payload, payload);
        const auto end = reader.next();
        ASSERT_TRUE(end);
        EXPECT_FALSE(*end);
    }
}

TEST(Frame, SeveralInOneMessageKeepTheirOrder)
{
    std::string message;
    for (std::uint32_t stream = 1; stream <= 50; ++stream)
        wire::appendFrame(message, stream, FrameKind::Data, std::string(stream, 'x'));
    FrameReader reader(message);
    for (std::uint32_t stream = 1; stream <= 50; ++stream) {
        const auto frame = reader.next();
        ASSERT_TRUE(frame && *frame);
        EXPECT_EQ((*frame)->stream, stream);
        EXPECT_EQ((*frame)->payload.size(), stream);
    }
    EXPECT_FALSE(*reader.next());
}

TEST(Frame, LengthIsWrittenAfterThePayload)
{
    std::string out = "before";
    const auto position = wire::beginFrame(out, 9, FrameKind::End);
    out += "trailers";
    wire::finishFrame(out, position);
    std::string expected = "before";
    wire::appendFrame(expected, 9, FrameKind::End, "trailers");
    EXPECT_EQ(out, expected);
}

TEST(Frame, EmptyMessageHasNoFrames)
{
    const auto frame = FrameReader("").next();
    ASSERT_TRUE(frame);
    EXPECT_FALSE(*frame);
}

TEST(Frame, RefusesEveryTruncation)
{
    std::string whole;
    wire::appendFrame(whole, 1, FrameKind::Data, "payload");
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_TRUE(refused(whole.substr(0, size))) << size;
}

TEST(Frame, RefusesOverLongPayloads)
{
    for (const auto kind : kKinds) {
        const auto length = wire::maxPayload(kind) + 1;
        EXPECT_TRUE(refused(header(streamFor(kind), static_cast<unsigned>(kind), length) + std::string(length, 'x')));
    }
    EXPECT_TRUE(refused(header(1, 3, 0xffffff)));
}

TEST(Frame, RefusesUnknownKindsAndWrongStreams)
{
    for (unsigned kind = 7; kind < 256; ++kind)
        EXPECT_TRUE(refused(header(1, kind, 0))) << kind;
    EXPECT_TRUE(refused(header(1, 0, 0)));
    for (unsigned kind = 1; kind <= 5; ++kind)
        EXPECT_TRUE(refused(header(0, kind, 0))) << kind;
    EXPECT_TRUE(refused(header(0, 6, 4) + "\x00\x00\x00\x01"s));
}

TEST(Frame, WindowIsExactlyFourBytes)
{
    for (std::size_t length = 0; length < 9; ++length)
        EXPECT_EQ(refused(header(1, 6, length) + std::string(length, '\1')), length != 4) << length;
}

TEST(Frame, StaysRefusedAfterAnError)
{
    const auto message = header(1, 9, 0) + header(1, 3, 0);
    FrameReader reader(message);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.next());
}

TEST(Window, RoundTripsAndRefusesZeroAndOtherSizes)
{
    for (const std::uint32_t credit : {1U, 0x8000U, 0x7fffffffU, 0xffffffffU}) {
        std::string message;
        wire::appendWindow(message, 3, credit);
        const auto frame = FrameReader(message).next();
        ASSERT_TRUE(frame && *frame);
        EXPECT_EQ(wire::decodeWindow((*frame)->payload), credit);
    }
    for (const auto &payload : {""s, "\x00\x00\x00\x00"s, "\x00\x00\x01"s, "\x00\x00\x00\x00\x01"s})
        EXPECT_FALSE(wire::decodeWindow(payload));
}

TEST(FrameDeathTest, WritingOverTheLimitIsABug)
{
    std::string out;
    EXPECT_DEBUG_DEATH(wire::appendFrame(out, 1, FrameKind::Data, std::string(wire::kMaxDataBytes + 1, 'x')), "");
}

} // namespace
