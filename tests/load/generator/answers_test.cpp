#include "answers.h"
#include "wire/msgpack_codec.h"

#include <gtest/gtest.h>

using load::Answers;
using wire::FrameKind;

namespace {

struct Seen {
    std::optional<wire::ResponseHead> head;
    std::size_t bodyBytes = 0;
    bool ended = false;
};

std::string framed(std::uint32_t stream, FrameKind kind, std::string_view payload = {})
{
    std::string out;
    wire::appendFrame(out, stream, kind, payload);
    return out;
}

std::string requestOf(std::uint32_t stream, std::string uri)
{
    wire::RequestHead head;
    head.method = "GET";
    head.uri = std::move(uri);
    head.remoteAddress = "127.0.0.1";
    head.requestId = "req_00000000-0000-4000-8000-000000000000";
    std::string payload;
    wire::encodeRequestHead(payload, head);
    return framed(stream, FrameKind::RequestHead, payload) + framed(stream, FrameKind::End);
}

std::string windowOf(std::uint32_t stream, std::uint32_t credit)
{
    std::string out;
    wire::appendWindow(out, stream, credit);
    return out;
}

void control(Answers &answers, const wire::ControlMessage &message)
{
    std::string payload;
    wire::encodeControl(payload, message);
    ASSERT_TRUE(answers.take(framed(0, FrameKind::Control, payload)));
}

// Reads everything the client has to say of one stream, and checks that no message is too large.
Seen drain(Answers &answers, std::uint32_t stream)
{
    Seen seen;
    while (answers.hasMessage()) {
        const auto message = answers.takeMessage();
        EXPECT_LE(message.size(), wire::kMaxMessageBytes);
        wire::FrameReader reader(message);
        for (auto frame = reader.next(); frame && *frame; frame = reader.next()) {
            if ((*frame)->stream != stream)
                continue;
            if ((*frame)->kind == FrameKind::ResponseHead)
                seen.head = wire::decodeResponseHead((*frame)->payload).value();
            seen.bodyBytes += (*frame)->kind == FrameKind::Data ? (*frame)->payload.size() : 0;
            seen.ended = seen.ended || (*frame)->kind == FrameKind::End;
        }
    }
    return seen;
}

} // namespace

TEST(Answers, SaysReadyAndHearsTheAnswer)
{
    Answers answers(64);
    wire::Ready ready;
    ready.name = "t1";
    ready.session = "s";
    answers.sayReady(ready);
    const auto message = answers.takeMessage();
    wire::FrameReader reader(message);
    const auto frame = reader.next().value().value();
    EXPECT_EQ(std::get<wire::Ready>(wire::decodeControl(frame.payload).value()).name, "t1");
    EXPECT_FALSE(answers.established());

    wire::ConnectionEstablished established;
    established.connectionId = "c";
    established.tunnelId = "t1";
    established.publicUrl = "http://t1.localhost/";
    control(answers, established);
    EXPECT_TRUE(answers.established());
}

TEST(Answers, KeepsWhyItWasRefused)
{
    Answers answers(64);
    control(answers, wire::ErrorMessage{{}, {wire::Code::NameTaken, "the name is taken"}});
    EXPECT_FALSE(answers.established());
    EXPECT_EQ(answers.refusal(), "the name is taken");
}

TEST(Answers, AnswersWithTheUsualBody)
{
    Answers answers(64);
    ASSERT_TRUE(answers.take(requestOf(1, "/")));
    const auto seen = drain(answers, 1);
    ASSERT_TRUE(seen.head);
    EXPECT_EQ(seen.head->status, 200u);
    EXPECT_EQ(wire::findHeader(seen.head->headers, "Content-Length"), "64");
    EXPECT_EQ(seen.bodyBytes, 64u);
    EXPECT_TRUE(seen.ended);
    EXPECT_EQ(answers.answered(), 1u);
}

TEST(Answers, AnswersWithTheSizeAskedFor)
{
    Answers answers(64);
    ASSERT_TRUE(answers.take(requestOf(1, "/bytes/100000")));
    const auto seen = drain(answers, 1);
    EXPECT_EQ(seen.bodyBytes, 100'000u);
    EXPECT_TRUE(seen.ended);
    ASSERT_TRUE(answers.take(requestOf(2, "/bytes/0")));
    EXPECT_TRUE(drain(answers, 2).ended);
    EXPECT_FALSE(answers.take(requestOf(3, "/bytes/many")));
}

TEST(Answers, SendsNoMoreThanTheWindow)
{
    Answers answers(64);
    ASSERT_TRUE(answers.take(requestOf(1, "/bytes/1000000")));
    auto seen = drain(answers, 1);
    EXPECT_EQ(seen.bodyBytes, wire::kInitialWindowBytes);
    EXPECT_FALSE(seen.ended);

    ASSERT_TRUE(answers.take(windowOf(1, 1000)));
    EXPECT_EQ(drain(answers, 1).bodyBytes, 1000u);
    ASSERT_TRUE(answers.take(windowOf(1, 1'000'000)));
    seen = drain(answers, 1);
    EXPECT_EQ(seen.bodyBytes, 1'000'000 - wire::kInitialWindowBytes - 1000);
    EXPECT_TRUE(seen.ended);
}

TEST(Answers, ForgetsAStreamThatWasReset)
{
    Answers answers(64);
    ASSERT_TRUE(answers.take(requestOf(1, "/bytes/1000000")));
    (void)drain(answers, 1);
    std::string payload;
    wire::encodeReset(payload, {wire::Code::Cancelled, "gone"});
    ASSERT_TRUE(answers.take(framed(1, FrameKind::Reset, payload)));
    ASSERT_TRUE(answers.take(windowOf(1, 1000)));
    EXPECT_FALSE(answers.hasMessage());
}

TEST(Answers, GivesBackTheCreditOfARequestBody)
{
    Answers answers(64);
    auto request = requestOf(1, "/");
    request.resize(request.size() - wire::kFrameHeaderBytes); // the end comes later
    ASSERT_TRUE(answers.take(request + framed(1, FrameKind::Data, "12345")));
    const auto message = answers.takeMessage();
    wire::FrameReader reader(message);
    const auto frame = reader.next().value().value();
    EXPECT_EQ(frame.kind, FrameKind::Window);
    EXPECT_EQ(wire::decodeWindow(frame.payload).value(), 5u);
    ASSERT_TRUE(answers.take(framed(1, FrameKind::End)));
    EXPECT_TRUE(drain(answers, 1).ended);
}

TEST(Answers, RefusesAResponseFromTheRelay)
{
    Answers answers(64);
    EXPECT_FALSE(answers.take(framed(1, FrameKind::ResponseHead)));
    EXPECT_FALSE(answers.take("short"));
}
