// Bodies over a line of limited bandwidth: slower, and whole.
#include "http1/serialize.h"
#include "visitor_exchange_fixture.h"

#include <gmock/gmock.h>

namespace {

constexpr std::uint64_t kRate = 100'000; // bytes a second

class VisitorPaceTest : public VisitorExchangeTest {
protected:
    void startPaced(std::uint64_t upload, std::uint64_t download)
    {
        auto config = quietConfig();
        config.limits.uploadBytesPerSecond = upload;
        config.limits.downloadBytesPerSecond = download;
        startServing(config);
    }
    // More than a slow line passes on in the time of a test, and not its end.
    void beginAnswer(std::uint32_t stream)
    {
        wire::ResponseHead head;
        head.status = 200;
        head.body = wire::BodyKind::Unknown;
        client().sendHead(stream, head);
        client().sendData(stream, pattern(100'000));
    }
    static std::chrono::milliseconds since(Clock::time_point begin)
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    }
};

TEST_F(VisitorPaceTest, ADownloadTakesItsTime)
{
    startPaced(0, kRate);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    const auto begin = Clock::now();
    const auto body = pattern(80'000);
    client().respond(stream, 200, body);
    EXPECT_EQ(visitor.readResponse().body, body);
    EXPECT_GE(since(begin), 680ms) << "less the pieces at its ends, 800 ms";
}

TEST_F(VisitorPaceTest, DownloadsSideBySideShareTheLine)
{
    startPaced(0, kRate);
    RawVisitor first(port());
    RawVisitor second(port());
    const auto one = ask(first).stream;
    const auto other = ask(second).stream;
    const auto begin = Clock::now();
    client().respond(one, 200, pattern(40'000));
    client().respond(other, 200, pattern(40'000));
    EXPECT_EQ(first.readResponse().body, pattern(40'000));
    EXPECT_EQ(second.readResponse().body, pattern(40'000));
    EXPECT_GE(since(begin), 650ms);
}

TEST_F(VisitorPaceTest, AnUploadTakesItsTime)
{
    startPaced(kRate, 0);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    const auto begin = Clock::now();
    std::string body;
    for (int i = 0; i < 8; ++i)
        http1::appendChunk(body, pattern(25'000));
    visitor.send(body + "0\r\n\r\n");
    EXPECT_EQ(client().readBody(stream).size(), 200'000U);
    EXPECT_GE(since(begin), 1200ms) << "2 s less a piece of 64 KiB";
    client().respond(stream, 200, "got it");
    EXPECT_EQ(visitor.readResponse().body, "got it");
}

TEST_F(VisitorPaceTest, APausedUploadIsNoLateAnswer)
{
    auto config = quietConfig();
    config.limits.uploadBytesPerSecond = 60'000;
    config.timeouts.responseHead = 300ms;
    startServing(config);
    RawVisitor visitor(port());
    const auto stream = startUpload(visitor).stream;
    std::string body;
    for (int i = 0; i < 4; ++i)
        http1::appendChunk(body, pattern(30'000));
    visitor.send(body + "0\r\n\r\n");
    EXPECT_EQ(client().readBody(stream).size(), 120'000U);
    client().respond(stream, 200, "got it");
    EXPECT_EQ(visitor.readResponse().body, "got it");
}

TEST_F(VisitorPaceTest, AVisitorThatLeavesInAPauseIsNoticed)
{
    startPaced(0, 1024);
    std::uint32_t stream = 0;
    {
        RawVisitor visitor(port());
        stream = ask(visitor).stream;
        beginAnswer(stream);
        (void)visitor.readHead();
    }
    EXPECT_EQ(client().expectReset(stream).code, Code::Cancelled) << "and not in a minute and a half";
}

TEST_F(VisitorPaceTest, AResetOfTheServiceEndsAPause)
{
    startPaced(0, 1024);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    beginAnswer(stream);
    (void)visitor.readHead();
    client().sendReset(stream, {Code::InternalError, "gave up"});
    try {
        (void)visitor.readResponse();
        FAIL() << "a whole answer";
    } catch (const TimedOut &) {
        FAIL() << "still paused";
    } catch (const std::runtime_error &) { // the connection was cut off
    }
}

TEST_F(VisitorPaceTest, WithoutALimitBodiesAreAsFastAsBefore)
{
    startPaced(0, 0);
    RawVisitor visitor(port());
    const auto stream = ask(visitor).stream;
    client().respond(stream, 200, pattern(200'000));
    EXPECT_EQ(visitor.readResponse().body.size(), 200'000U);
}

} // namespace
