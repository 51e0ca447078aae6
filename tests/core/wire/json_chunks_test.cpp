#include "core/wire/samples.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace {

using wire::BodyChunk;
using wire::ChunkAssembler;
using wire::Code;
using wire::HttpRequest;
using wire::HttpResponse;
using wire::Message;

HttpRequest requestWith(std::size_t bodyBytes)
{
    HttpRequest request;
    request.requestId = samples::kRequestId;
    request.method = "POST";
    request.uri = "/";
    request.replyTo = "lambda-7";
    for (std::size_t i = 0; i < bodyBytes; ++i)
        request.body += static_cast<char>(i * 31 % 251);
    return request;
}

BodyChunk chunk(std::uint32_t seq, std::string body, bool more = true)
{
    return {samples::kRequestId, seq, std::move(body), more, {}};
}

std::string assembled(const std::vector<Message> &messages)
{
    ChunkAssembler assembler(wire::kV1MaxBodyBytes);
    const auto &head = std::get<HttpRequest>(messages.front());
    EXPECT_TRUE(assembler.begin(head.body, head.more));
    for (std::size_t i = 1; i < messages.size(); ++i)
        EXPECT_TRUE(assembler.add(std::get<BodyChunk>(messages[i])));
    EXPECT_TRUE(assembler.complete());
    return assembler.take();
}

TEST(ChunkRequest, EveryMessageFitsAndTheBodyComesBack)
{
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, wire::kV1ChunkBodyBytes, wire::kV1ChunkBodyBytes + 1,
                                   wire::kV1ChunkBodyBytes * 2, wire::kV1MaxBodyBytes}) {
        const auto request = requestWith(size);
        const auto messages = wire::chunkRequest(request);
        ASSERT_TRUE(messages) << size;
        for (const auto &message : *messages) {
            const auto text = wire::encodeJson(message);
            EXPECT_LE(text.size(), wire::kV1MaxMessageBytes);
            EXPECT_EQ(wire::decodeJson(text), message);
        }
        EXPECT_EQ(assembled(*messages), request.body) << size;
    }
}

TEST(ChunkRequest, ChunksAreNumberedMarkedAndAddressed)
{
    const auto messages = wire::chunkRequest(requestWith(wire::kV1ChunkBodyBytes * 2 + 1));
    ASSERT_TRUE(messages);
    ASSERT_EQ(messages->size(), 3U);
    EXPECT_TRUE(std::get<HttpRequest>(messages->front()).more);
    for (std::uint32_t seq = 1; seq <= 2; ++seq) {
        const auto &part = std::get<BodyChunk>((*messages)[seq]);
        EXPECT_EQ(part.requestId, samples::kRequestId);
        EXPECT_EQ(part.replyTo, "lambda-7");
        EXPECT_EQ(part.seq, seq);
        EXPECT_EQ(part.more, seq < 2);
    }
}

TEST(ChunkRequest, ALargeHeadLeavesLessRoomForTheBody)
{
    auto request = requestWith(wire::kV1ChunkBodyBytes);
    request.headers = {{"cookie", std::string(60'000, 'c')}};
    const auto messages = wire::chunkRequest(request);
    ASSERT_TRUE(messages);
    ASSERT_EQ(messages->size(), 2U);
    EXPECT_LE(wire::encodeJson(messages->front()).size(), wire::kV1MaxMessageBytes);
    EXPECT_EQ(assembled(*messages), request.body);
}

TEST(ChunkRequest, RefusesWhatCannotBeSent)
{
    EXPECT_EQ(wire::chunkRequest(requestWith(wire::kV1MaxBodyBytes + 1)).error().code, Code::PayloadTooLarge);
    auto bad = requestWith(1);
    bad.uri = "/\r\n";
    EXPECT_EQ(wire::chunkRequest(bad).error().code, Code::InvalidRequest);
    auto escaped = requestWith(1);
    escaped.headers = {{"x", std::string(60'000, '"')}}; // each of them two bytes of JSON
    EXPECT_TRUE(wire::chunkRequest(escaped));
    escaped.headers = {{"x", std::string(60'000, '\xff')}}; // each of them three
    EXPECT_EQ(wire::chunkRequest(escaped).error().code, Code::HeadersTooLarge);
    auto replyTo = requestWith(1);
    replyTo.replyTo = std::string(wire::kV1MaxReplyToBytes + 1, 'r');
    EXPECT_FALSE(wire::chunkRequest(replyTo));
}

TEST(ChunkResponse, SplitsTheSameWay)
{
    HttpResponse response;
    response.requestId = samples::kRequestId;
    response.statusCode = 200;
    response.body = std::string(wire::kV1ChunkBodyBytes + 5, 'b');
    const auto messages = wire::chunkResponse(response);
    ASSERT_TRUE(messages);
    ASSERT_EQ(messages->size(), 2U);
    EXPECT_TRUE(std::get<HttpResponse>(messages->front()).more);
    EXPECT_EQ(std::get<BodyChunk>(messages->back()), chunk(1, "bbbbb", false));
    response.statusCode = 0;
    EXPECT_FALSE(wire::chunkResponse(response));
}

TEST(ChunkAssembler, PutsAnyOrderBack)
{
    std::vector<BodyChunk> chunks;
    std::string whole = "first";
    for (std::uint32_t seq = 1; seq <= 50; ++seq) {
        chunks.push_back(chunk(seq, std::to_string(seq) + ",", seq < 50));
        whole += chunks.back().body;
    }
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::ranges::shuffle(chunks, std::mt19937(seed));
        ChunkAssembler assembler(1000);
        std::string taken;
        const auto beginAt = seed % chunks.size(); // the head may be late too
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            if (i == beginAt) {
                ASSERT_TRUE(assembler.begin("first", true));
            }
            EXPECT_FALSE(assembler.complete());
            ASSERT_TRUE(assembler.add(chunks[i]));
            taken += assembler.take();
        }
        EXPECT_TRUE(assembler.complete());
        EXPECT_EQ(taken, whole);
    }
}

TEST(ChunkAssembler, GivesOnlyWhatIsInOrder)
{
    ChunkAssembler assembler(100);
    EXPECT_TRUE(assembler.add(chunk(1, "b")));
    EXPECT_EQ(assembler.take(), "");
    EXPECT_TRUE(assembler.begin("a", true));
    EXPECT_TRUE(assembler.add(chunk(3, "d", false)));
    EXPECT_EQ(assembler.take(), "ab");
    EXPECT_FALSE(assembler.complete());
    EXPECT_TRUE(assembler.add(chunk(2, "c")));
    EXPECT_EQ(assembler.take(), "cd");
    EXPECT_TRUE(assembler.complete());
}

TEST(ChunkAssembler, ABodyInOnePart)
{
    ChunkAssembler assembler(3);
    EXPECT_FALSE(assembler.complete());
    EXPECT_TRUE(assembler.begin("abc", false));
    EXPECT_TRUE(assembler.complete());
    EXPECT_EQ(assembler.take(), "abc");
    EXPECT_FALSE(assembler.add(chunk(1, "")));
}

TEST(ChunkAssembler, RefusesRepeatsAndContradictions)
{
    ChunkAssembler assembler(100);
    ASSERT_TRUE(assembler.begin("", true));
    EXPECT_FALSE(assembler.begin("", true));
    ASSERT_TRUE(assembler.add(chunk(1, "a")));
    EXPECT_FALSE(assembler.add(chunk(1, "a")));  // taken already
    ASSERT_TRUE(assembler.add(chunk(5, "e")));
    EXPECT_FALSE(assembler.add(chunk(5, "e")));  // waiting already
    EXPECT_FALSE(assembler.add(chunk(4, "d", false))); // the last before one that came
    ASSERT_TRUE(assembler.add(chunk(6, "f", false)));
    EXPECT_FALSE(assembler.add(chunk(7, "g")));        // after the last
    EXPECT_FALSE(assembler.add(chunk(3, "c", false))); // a second last
    EXPECT_FALSE(assembler.add(chunk(0, "0")));
}

TEST(ChunkAssembler, RefusesChunksOfABodyInOnePart)
{
    ChunkAssembler assembler(100);
    ASSERT_TRUE(assembler.add(chunk(1, "a")));
    EXPECT_FALSE(assembler.begin("", false));
}

TEST(ChunkAssembler, BoundsTheBody)
{
    ChunkAssembler first(3);
    EXPECT_EQ(first.begin("abcd", true).error().code, Code::PayloadTooLarge);
    ChunkAssembler whole(3);
    ASSERT_TRUE(whole.begin("ab", true));
    ASSERT_TRUE(whole.add(chunk(2, "c"))); // counts although it waits
    EXPECT_EQ(whole.add(chunk(1, "d")).error().code, Code::PayloadTooLarge);
}

TEST(ChunkAssembler, BoundsWhatWaits)
{
    ChunkAssembler assembler(wire::kV1MaxBodyBytes);
    ASSERT_TRUE(assembler.begin("", true));
    for (std::uint32_t i = 0; i < wire::kV1MaxPendingChunks; ++i)
        ASSERT_TRUE(assembler.add(chunk(i + 2, "")));
    EXPECT_FALSE(assembler.add(chunk(100'000, "")));
    EXPECT_TRUE(assembler.add(chunk(1, ""))); // the missing one is always welcome
    EXPECT_TRUE(assembler.add(chunk(100'000, "")));
}

} // namespace
