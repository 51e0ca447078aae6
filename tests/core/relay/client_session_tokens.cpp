// What a link's token allows, and how the link ends with it.
#include "client_session_fixture.h"
#include "edge/jwt.h"
#include "relay/client_session.h"
#include "wire/msgpack_codec.h"

#include <filesystem>

namespace {

const std::string kSecret = "a secret of the tests, long enough for HS256";

edge::JwtTime wallClock()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string tokenOf(const edge::JwtClaims &claims)
{
    return edge::signJwt(claims, edge::JwtKey::fromSecret(kSecret).value(), edge::JwtAlgorithm::HS256).value();
}

class ClientTokenTest : public ClientSessionTest {
protected:
    relay::Config configWithSecret()
    {
        auto config = quietConfig();
        config.auth.jwtSecretFile = m_files.write("secret", kSecret);
        return config;
    }

    TemporaryFolder m_files;
};

TEST_F(ClientTokenTest, NamesThatTheTokenDoesNotAllowAreForbidden)
{
    start(configWithSecret());
    edge::JwtClaims claims{.subject = "alice"};
    claims.tunnels = {"shop"};
    claims.maxTunnels = 1;
    const auto refused = connect(tokenOf(claims));
    refused->sendControl(readyFor("blog"));
    expectRefusal(*refused, Code::Forbidden, kPolicy);
    const auto client = connect(tokenOf(claims));
    EXPECT_EQ(client->start(readyFor("", "s2")).tunnelId, "shop");
}

TEST_F(ClientTokenTest, BodiesAreAsLongAsTheTokenAllows)
{
    start(configWithSecret());
    edge::JwtClaims claims{.subject = "alice"};
    claims.maxBodyBytes = 100;
    const auto client = connect(tokenOf(claims));
    EXPECT_EQ(client->start(readyFor("shop")).limits.maxBodyBytes, 100U);
    const auto sized = ask("POST / HTTP/1.1\r\nHost: " + host("shop") + "\r\nContent-Length: 101\r\n\r\n");
    EXPECT_EQ(sized.status(), 413U);
    const auto chunked = ask("POST / HTTP/1.1\r\nHost: " + host("shop") +
                             "\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x') + "\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.status(), 413U);
    auto frame = client->next();
    while (frame.kind != FrameKind::Reset) // its head, and what came before the limit
        frame = client->next();
    EXPECT_EQ(wire::decodeReset(frame.payload)->code, Code::PayloadTooLarge);
    RawVisitor visitor(port());
    visitor.send("POST / HTTP/1.1\r\nHost: " + host("shop") + "\r\nContent-Length: 100\r\n\r\n" +
                 std::string(100, 'x'));
    client->respond(client->expectRequest().stream, 200, "ok");
    EXPECT_EQ(visitor.readResponse().body, "ok");
}

TEST_F(ClientTokenTest, RequestsAreAsManyAsTheTokenAllows)
{
    auto config = configWithSecret();
    config.limits.tunnel.requests = wire::Rate{50, 50};
    start(config);
    edge::JwtClaims claims{.subject = "alice"};
    claims.rate = 0.01;
    const auto client = connect(tokenOf(claims));
    const auto limits = client->start(readyFor("shop")).limits;
    EXPECT_EQ(limits.requestsPerHour, 36U);
    EXPECT_EQ(limits.requestBurst, 1U);
    const auto other = connect(tokenOf({.subject = "bob"}));
    EXPECT_EQ(other->start(readyFor("blog")).limits.requestsPerHour, 180'000U);
    expectServedBy(*client, "shop");
    const auto refused = ask(get(host("shop"), "/"));
    EXPECT_EQ(refused.status(), 429U);
    EXPECT_EQ(errorCode(refused), "rate_limited");
    expectServedBy(*other, "blog");
}

TEST_F(ClientTokenTest, ALinkEndsWhenItsTokenHasExpired)
{
    start(configWithSecret());
    const auto client = connect(tokenOf({.subject = "alice", .expires = wallClock() - wire::kJwtLeeway + 6s}));
    (void)client->start(readyFor("shop"));
    const auto other = connect(tokenOf({.subject = "bob", .expires = wallClock() + 1h}));
    (void)other->start(readyFor("blog"));
    expectServedBy(*client, "shop");
    const auto refusal = client->expectControl<wire::ErrorMessage>();
    EXPECT_EQ(refusal.error.code, Code::Unauthorized);
    EXPECT_THAT(refusal.error.message, HasSubstr("expired"));
    EXPECT_EQ(client->expectClose(), kPolicy);
    expectServedBy(*other, "blog");
}

TEST_F(ClientTokenTest, ALinkEndsWhenItsTokenIsRevoked)
{
    auto config = configWithSecret();
    config.auth.revocationFile = m_files.path() / "revoked";
    start(config);
    edge::JwtClaims claims{.subject = "alice"};
    claims.id = "the-id";
    const auto client = connect(tokenOf(claims));
    (void)client->start(readyFor("shop"));
    (void)m_files.write("revoked", "jti 0 the-id\n");
    const auto refusal = client->expectControl<wire::ErrorMessage>();
    EXPECT_EQ(refusal.error.code, Code::Unauthorized);
    EXPECT_THAT(refusal.error.message, HasSubstr("revoked"));
    EXPECT_EQ(client->expectClose(), kPolicy);
    const auto again = connect(tokenOf(claims));
    expectRefusal(*again, Code::Unauthorized, kPolicy);
}

TEST_F(ClientTokenTest, NamesStayTheirOwnersOverARestart)
{
    auto config = configWithSecret();
    config.auth.namesFile = m_files.path() / "names";
    config.timeouts.nameGrace = 0ms;
    start(config);
    (void)connect(tokenOf({.subject = "alice"}))->start(readyFor("shop"));
    relay().stop();
    ASSERT_TRUE(relay().ended(kBound));
    ASSERT_TRUE(std::filesystem::exists(config.auth.namesFile));
    start(config);
    const auto thief = connect(tokenOf({.subject = "mallory"}));
    thief->sendControl(readyFor("shop"));
    expectRefusal(*thief, Code::NameTaken, kPolicy);
    EXPECT_EQ(connect(tokenOf({.subject = "alice"}))->start(readyFor("shop")).tunnelId, "shop");
    (void)m_files.write("names", "no names");
    relay().stop();
    ASSERT_TRUE(relay().ended(kBound));
    (void)m_files.write("names", "no names");
    EXPECT_THROW(start(config), std::runtime_error) << "rather than give names away";
}

TEST_F(ClientTokenTest, InGraceNobodyIsRefusedForATokenButNamesAreKept)
{
    auto config = configWithSecret();
    config.auth.grace = true;
    start(config);
    const auto anonymous = connect("");
    EXPECT_EQ(anonymous->start(readyFor("blog")).tunnelId, "blog");
    edge::JwtClaims claims{.subject = "alice"};
    claims.tunnels.emplace();
    const auto alice = connect(tokenOf(claims));
    EXPECT_EQ(alice->start(readyFor("shop", "s2")).tunnelId, "shop") << "which her token does not allow";
    alice->socket().reset();
    ASSERT_TRUE(eventually([&] { return ask(get(host("shop"), "/", "Connection: close\r\n")).status() == 404; }));
    const auto thief = connect("wrong");
    thief->sendControl(readyFor("shop", "s3"));
    expectRefusal(*thief, Code::NameTaken, kPolicy);
}

} // namespace
