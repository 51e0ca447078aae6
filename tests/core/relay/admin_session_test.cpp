#include "relay/admin_session.h"
#include "support/relay_test.h"

#include <gmock/gmock.h>

namespace {

using namespace std::chrono_literals;
using namespace support;
using testing::HasSubstr;

class AdminSessionTest : public RelayTest {
protected:
    void startWithAdmin(relay::Config config = quietConfig())
    {
        config.admin.port = freePort();
        start(config);
    }
    std::unique_ptr<RawVisitor> anOperator() { return std::make_unique<RawVisitor>(relay().adminPort()); }
    Response askAdmin(std::string_view request, bool head = false)
    {
        const auto visitor = anOperator();
        visitor->send(request);
        return visitor->readResponse(head);
    }
};

TEST_F(AdminSessionTest, Health)
{
    startWithAdmin();
    const auto answer = askAdmin(get("localhost", "/healthz?x"));
    EXPECT_EQ(answer.status(), 200U);
    EXPECT_EQ(answer.body, "ok\n");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(AdminSessionTest, MetricsTellWhatHappened)
{
    startWithAdmin();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(post(host("shop"), "/", "hello"));
    const auto request = client->expectRequest();
    (void)client->readBody(request.stream);
    client->respond(request.stream, 200, "hello back");
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    EXPECT_EQ(ask(get(host("nobody"), "/")).status(), 404U);

    const auto answer = askAdmin(get("localhost", "/metrics"));
    EXPECT_EQ(answer.status(), 200U);
    EXPECT_EQ(answer.header("Content-Type"), relay::kMetricsContentType);
    for (const auto *line : {"tunnel_relay_tunnels 1\n", "tunnel_relay_links 1\n", "tunnel_relay_streams 0\n",
                             "code=\"tunnel_not_found\"} 1\n", "# TYPE"})
        EXPECT_THAT(answer.body, HasSubstr(line));
}

TEST_F(AdminSessionTest, NothingElseIsThere)
{
    startWithAdmin();
    EXPECT_EQ(askAdmin(get("localhost", "/")).status(), 404U);
    EXPECT_EQ(askAdmin(get("localhost", "/healthz/x")).status(), 404U);
    EXPECT_EQ(askAdmin(get("localhost", wire::kConnectPath)).status(), 404U);
    EXPECT_EQ(askAdmin(request("DELETE", "localhost", "/metrics")).status(), 405U);
    for (const auto *path : {"/metrics", "/healthz", "/metrics/", "/healthz/"})
        EXPECT_NE(ask(get(host(), path)).status(), 200U) << "on the public address these are names of tunnels";
}

TEST_F(AdminSessionTest, AHostThatIsNotOursIsToldNothing)
{
    auto config = quietConfig();
    config.admin.hosts = {"relay.internal"};
    startWithAdmin(config);
    for (const auto *ours :
         {"localhost", "localhost:9090", "LOCALHOST.", "127.0.0.1:1", "[::1]:9090", "10.0.0.7", "relay.internal:80"})
        EXPECT_EQ(askAdmin(get(ours, "/metrics")).status(), 200U) << ours;
    for (const auto *other : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost",
                              "a@localhost", "relay"}) {
        const auto answer = askAdmin(get(other, "/metrics"));
        EXPECT_EQ(answer.status(), 421U) << other;
        EXPECT_THAT(answer.body, testing::Not(HasSubstr("tunnel_relay"))) << other;
    }
    EXPECT_EQ(askAdmin("GET /healthz HTTP/1.0\r\n\r\n").status(), 200U);
}

TEST_F(AdminSessionTest, HeadHasNoBody)
{
    startWithAdmin();
    const auto visitor = anOperator();
    visitor->send(request("HEAD", "localhost", "/healthz"));
    EXPECT_EQ(visitor->readResponse(true).header("Content-Length"), "3");
    visitor->send(get("localhost", "/healthz"));
    EXPECT_EQ(visitor->readResponse().body, "ok\n");
}

TEST_F(AdminSessionTest, KeepsTheConnectionWhenAsked)
{
    startWithAdmin();
    const auto visitor = anOperator();
    visitor->send(get("localhost", "/healthz") + get("localhost", "/healthz"));
    EXPECT_TRUE(visitor->readResponse().keepAlive);
    EXPECT_TRUE(visitor->readResponse().keepAlive);
    visitor->send(get("localhost", "/healthz", "Connection: close\r\n"));
    EXPECT_FALSE(visitor->readResponse().keepAlive);
    EXPECT_TRUE(visitor->atEnd());
}

TEST_F(AdminSessionTest, MalformedAndIdleConnectionsAreClosed)
{
    auto config = quietConfig();
    config.timeouts.keepAlive = 1s;
    startWithAdmin(config);
    const auto malformed = anOperator();
    malformed->send("NONSENSE\r\n\r\n");
    EXPECT_TRUE(malformed->atEnd());
    EXPECT_TRUE(anOperator()->atEnd());
}

TEST_F(AdminSessionTest, HealthSaysWhenTheRelayDrains)
{
    startWithAdmin();
    const auto client = serve("shop");
    RawVisitor visitor(port());
    visitor.send(get(host("shop"), "/"));
    const auto stream = client->expectRequest().stream;
    const auto probe = anOperator();
    probe->send(get("localhost", "/healthz"));
    EXPECT_EQ(probe->readResponse().status(), 200U);
    relay().stop();
    (void)client->expectControl<wire::Draining>();
    probe->send(get("localhost", "/healthz"));
    EXPECT_EQ(probe->readResponse().status(), 503U);
    EXPECT_EQ(askAdmin(get("localhost", "/healthz")).body, "draining\n");
    client->respond(stream, 200, "");
    EXPECT_EQ(visitor.readResponse().status(), 200U);
    EXPECT_EQ(client->expectClose(), 1001);
    EXPECT_TRUE(relay().ended(kBound)) << "an idle probe does not hold it";
}

} // namespace
