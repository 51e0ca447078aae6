#include "relay/server.h"
#include "support/relay_test.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class ServerTest : public RelayTest {
protected:
    // A request that stays in flight until it is answered.
    std::uint32_t begin(TestClient &client, RawVisitor &visitor)
    {
        visitor.send(get(host("shop"), "/"));
        return client.expectRequest().stream;
    }
    static wire::Error listenError(const relay::Config &config)
    {
        relay::Log log(config.log);
        relay::Server server(config, log);
        auto listening = server.listen();
        EXPECT_FALSE(listening);
        return listening ? wire::Error{} : listening.error();
    }
};

// --- Listening -------------------------------------------------------------------------------------------------------

TEST_F(ServerTest, ReportsThePortItGot)
{
    start();
    EXPECT_NE(port(), 0);
    EXPECT_EQ(relay().adminPort(), 0);
    EXPECT_EQ(ask(get(host(), "/")).status(), 200U);
}

TEST_F(ServerTest, APortInUseIsASentence)
{
    start();
    auto config = quietConfig();
    config.listen.port = port();
    auto error = listenError(config);
    EXPECT_EQ(error.code, wire::Code::InternalError);
    EXPECT_THAT(error.message, HasSubstr("127.0.0.1"));
    EXPECT_THAT(error.message, HasSubstr(std::to_string(port())));
    EXPECT_THAT(error.message, HasSubstr("in use"));

    config = quietConfig();
    config.admin.port = port();
    EXPECT_THAT(listenError(config).message, HasSubstr(std::to_string(port())));
}

TEST_F(ServerTest, AnAddressThatIsNotOursIsASentence)
{
    auto config = quietConfig();
    config.listen.address = "192.0.2.1"; // RFC 5737: nobody's
    config.auth.open = true;
    EXPECT_THAT(listenError(config).message, HasSubstr("cannot listen on 192.0.2.1"));
    config.listen.address = "localhost";
    const auto error = listenError(config);
    EXPECT_EQ(error.code, wire::Code::InvalidRequest);
    EXPECT_THAT(error.message, HasSubstr("\"localhost\" is not an IP address"));
}

TEST_F(ServerTest, FilesThatAreMissingAreASentence)
{
    const TemporaryFolder folder;
    auto config = quietConfig();
    config.auth.tokenFile = folder.path() / "no-tokens";
    EXPECT_THAT(listenError(config).message, HasSubstr("no-tokens"));
    config = quietConfig();
    config.tls = {folder.path() / "no.crt", folder.path() / "no.key"};
    EXPECT_THAT(listenError(config).message, HasSubstr("no.crt"));
}

TEST_F(ServerTest, AnOpenRelayBeyondLoopbackDoesNotStart)
{
    auto config = quietConfig();
    for (const auto *address : {"0.0.0.0", "::"}) {
        config.listen.address = address;
        const auto error = listenError(config);
        EXPECT_EQ(error.code, wire::Code::InvalidRequest);
        EXPECT_THAT(error.message, HasSubstr("Say who may"));
    }
}

TEST_F(ServerTest, ListensOnBothFamiliesAtOnce)
{
    auto config = quietConfig();
    config.listen.address = "::";
    config.auth.open = true;
    start(config);
    EXPECT_EQ(ask(get(host(), "/")).status(), 200U) << "by IPv4";
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/"));
    EXPECT_EQ(client->expectRequest().head.remoteAddress, "127.0.0.1");
}

TEST_F(ServerTest, APortIsFreeAgainAtOnce)
{
    start();
    auto config = quietConfig();
    config.listen.port = port();
    RawVisitor visitor(port());
    visitor.send(get(host(), "/"));
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    relay().stop();
    ASSERT_TRUE(relay().ended(kBound));
    start(config); // connections of the former one are in TIME_WAIT
    EXPECT_EQ(ask(get(host(), "/")).status(), 200U);
}

// --- Limits ----------------------------------------------------------------------------------------------------------

TEST_F(ServerTest, ConnectionsAboveTheLimitAreClosedAndRoomIsMadeAgain)
{
    auto config = quietConfig();
    config.limits.maxVisitorConnections = 2;
    start(config);
    auto first = std::make_unique<RawVisitor>(port());
    RawVisitor second(port());
    for (auto *visitor : {first.get(), &second}) {
        visitor->send(get(host(), "/"));
        EXPECT_EQ(visitor->readResponse().status(), 200U);
    }
    RawVisitor third(port());
    EXPECT_TRUE(third.atEnd());
    second.send(get(host(), "/"));
    EXPECT_EQ(second.readResponse().status(), 200U);
    first.reset();
    EXPECT_TRUE(eventually([&] {
        RawVisitor next(port());
        try {
            next.send(get(host(), "/"));
            return next.readResponse().status() == 200;
        } catch (const std::runtime_error &) {
            return false;
        }
    }));
}

TEST_F(ServerTest, TunnelClientsDoNotCountAsVisitors)
{
    auto config = quietConfig();
    config.limits.maxVisitorConnections = 1;
    start(config);
    const auto one = serve("one");
    const auto two = serve("two");
    RawVisitor visitor(port());
    visitor.send(get(host("two"), "/"));
    two->respond(two->expectRequest().stream, 200, "ok");
    EXPECT_EQ(visitor.readResponse().body, "ok");
}

// --- Stopping --------------------------------------------------------------------------------------------------------

TEST_F(ServerTest, AnIdleServerStopsAtOnce)
{
    start();
    RawVisitor idle(port());
    idle.send(get(host(), "/"));
    EXPECT_EQ(idle.readResponse().status(), 200U);
    relay().stop();
    EXPECT_TRUE(relay().ended(5s));
    EXPECT_TRUE(idle.atEnd());
}

TEST_F(ServerTest, ADrainFinishesWhatIsInFlight)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const auto stream = begin(*client, visitor);
    RawVisitor uploading(port());
    uploading.send(request("POST", host("shop"), "/", "Content-Length: 10\r\n") + "hello");
    const auto upload = client->expectRequest().stream;
    EXPECT_EQ(client->expect(wire::FrameKind::Data).payload, "hello");

    relay().stop();
    (void)client->expectControl<wire::Draining>();
    EXPECT_THROW(RawVisitor{port()}, std::exception) << "nobody new comes in";
    client->sendHead(stream, sizedHead(200, 10));
    client->sendData(stream, "01234");
    auto answer = visitor.readHead();
    visitor.readBody(answer, 5);
    uploading.send("world");
    EXPECT_EQ(client->readBody(upload), "world");
    EXPECT_FALSE(relay().ended(0ms));
    client->respond(upload, 200, "");
    EXPECT_FALSE(relay().ended(0ms));
    client->sendData(stream, "56789");
    client->sendEnd(stream);
    visitor.readBody(answer);
    EXPECT_EQ(answer.body, "0123456789");
    EXPECT_TRUE(visitor.atEnd()) << "no further request is taken";
    EXPECT_EQ(uploading.readResponse().status(), 200U);
    EXPECT_EQ(client->expectClose(), 1001);
    EXPECT_TRUE(relay().ended(kBound));
}

TEST_F(ServerTest, AnAnswerThatBeginsInADrainSaysThatTheConnectionEnds)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    RawVisitor slow(port());
    slow.send("GET / HTTP/1.1\r\nHost: " + host() + "\r\n");
    const auto stream = begin(*client, visitor);
    relay().stop();
    (void)client->expectControl<wire::Draining>();
    slow.send("\r\n"); // its head had begun before
    const auto landing = slow.readResponse();
    EXPECT_EQ(landing.status(), 200U);
    EXPECT_FALSE(landing.keepAlive);
    client->respond(stream, 200, "");
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    EXPECT_EQ(client->expectClose(), 1001);
    EXPECT_TRUE(relay().ended(kBound));
}

TEST_F(ServerTest, ADrainHasItsLimit)
{
    auto config = quietConfig();
    config.timeouts.drain = 300ms;
    start(config);
    const auto client = serve("shop");
    RawVisitor visitor(port());
    (void)begin(*client, visitor);
    const auto stopped = Clock::now();
    relay().stop();
    EXPECT_TRUE(relay().ended(5s));
    EXPECT_GE(Clock::now() - stopped, 300ms);
    EXPECT_THROW((void)visitor.readResponse(), std::runtime_error);
}

TEST_F(ServerTest, ASecondStopEndsAtOnce)
{
    start();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    const auto stream = begin(*client, visitor);
    client->sendHead(stream, streamedHead(200));
    (void)visitor.readHead();
    relay().stop();
    (void)client->expectControl<wire::Draining>();
    EXPECT_FALSE(relay().ended(0ms));
    relay().stop();
    EXPECT_TRUE(relay().ended(5s));
}

TEST_F(ServerTest, StoppingBeforeRunningIsNotForgotten)
{
    const auto config = quietConfig();
    relay::Log log(config.log);
    relay::Server server(config, log);
    ASSERT_TRUE(server.listen());
    server.stop();
    server.run(); // returns, or the test's own time limit ends it
    EXPECT_THROW(RawVisitor{server.port()}, std::exception);
}

TEST_F(ServerTest, MayBeDestroyedWithoutRunning)
{
    const auto config = quietConfig();
    relay::Log log(config.log);
    relay::Server silent(config, log);
    relay::Server listening(config, log);
    EXPECT_TRUE(listening.listen());
}

} // namespace
