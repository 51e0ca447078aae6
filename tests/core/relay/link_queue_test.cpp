#include "relay/link_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using relay::LinkQueue;
using wire::FrameKind;

std::size_t appendData(LinkQueue &queue, std::uint32_t stream, const std::string &bytes)
{
    return queue.append(stream, FrameKind::Data, bytes.size(), true, [&](std::string &out) { out += bytes; });
}

std::vector<std::uint32_t> streamsOf(std::string_view message)
{
    std::vector<std::uint32_t> streams;
    wire::FrameReader reader(message);
    for (auto frame = reader.next(); frame.has_value() && frame->has_value(); frame = reader.next())
        streams.push_back((*frame)->stream);
    return streams;
}

TEST(LinkQueue, FramesShareAMessageInTheirOrder)
{
    LinkQueue queue;
    EXPECT_TRUE(queue.empty());
    queue.append(1, FrameKind::End, "");
    EXPECT_EQ(appendData(queue, 2, "hello"), 5U);
    queue.appendWindow(3, 1000);
    EXPECT_FALSE(queue.empty());
    const auto message = queue.take();
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(streamsOf(message), (std::vector<std::uint32_t>{1, 2, 3}));
    std::string expected;
    wire::appendFrame(expected, 1, FrameKind::End, "");
    wire::appendFrame(expected, 2, FrameKind::Data, "hello");
    wire::appendWindow(expected, 3, 1000);
    EXPECT_EQ(message, expected);
}

TEST(LinkQueue, CountsBytesUntilTheyAreWritten)
{
    LinkQueue queue;
    appendData(queue, 1, "hello");
    queue.appendWindow(1, 1);
    queue.append(1, FrameKind::Reset, "x");
    const auto size = 5 + 4 + 1 + 3 * wire::kFrameHeaderBytes;
    EXPECT_EQ(queue.bytes(), size);
    auto message = queue.take();
    EXPECT_EQ(queue.bytes(), size) << "it is not written yet";
    appendData(queue, 1, "more");
    queue.written(std::move(message));
    EXPECT_EQ(queue.bytes(), 4 + wire::kFrameHeaderBytes);
    queue.written(queue.take());
    EXPECT_EQ(queue.bytes(), 0U);
}

TEST(LinkQueue, AnEmptyPayloadCanBeDropped)
{
    LinkQueue queue;
    EXPECT_EQ(appendData(queue, 1, ""), 0U);
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.bytes(), 0U);
    appendData(queue, 1, "x");
    EXPECT_EQ(appendData(queue, 2, ""), 0U);
    EXPECT_EQ(streamsOf(queue.take()), std::vector<std::uint32_t>{1});
}

TEST(LinkQueue, AnEmptyPayloadCanBeKept)
{
    LinkQueue queue;
    EXPECT_EQ(queue.append(1, FrameKind::End, 10, false, [](std::string &) {}), 0U);
    EXPECT_EQ(streamsOf(queue.take()), std::vector<std::uint32_t>{1});
}

TEST(LinkQueue, NoMessageIsLongerThanAllowedAndNoFrameIsSplit)
{
    LinkQueue queue;
    const std::string block(wire::kMaxDataBytes, 'x');
    for (std::uint32_t stream = 1; stream <= 10; ++stream) {
        appendData(queue, stream, block);
        queue.append(stream, FrameKind::End, "");
    }
    std::vector<std::uint32_t> streams;
    int messages = 0;
    for (; !queue.empty(); ++messages) {
        auto message = queue.take();
        EXPECT_LE(message.size(), wire::kMaxMessageBytes);
        for (const auto stream : streamsOf(message))
            streams.push_back(stream);
        queue.written(std::move(message));
    }
    EXPECT_EQ(messages, 4) << "three blocks fit a message";
    ASSERT_EQ(streams.size(), 20U);
    for (std::size_t i = 0; i < streams.size(); ++i)
        EXPECT_EQ(streams[i], i / 2 + 1);
    EXPECT_EQ(queue.bytes(), 0U);
}

TEST(LinkQueue, TheMessageTakenDoesNotGrow)
{
    LinkQueue queue;
    appendData(queue, 1, "first");
    const auto message = queue.take();
    appendData(queue, 2, "second");
    EXPECT_EQ(streamsOf(message), std::vector<std::uint32_t>{1});
    EXPECT_EQ(streamsOf(queue.take()), std::vector<std::uint32_t>{2});
}

TEST(LinkQueue, MemoryOfAWrittenMessageStartsEmpty)
{
    LinkQueue queue;
    appendData(queue, 1, "old bytes");
    queue.written(queue.take());
    appendData(queue, 2, "n");
    EXPECT_EQ(streamsOf(queue.take()), std::vector<std::uint32_t>{2});
}

} // namespace
