#include "backend-aws/functions/memory_world.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;
using support::MemoryWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using wire::Code;

class HttpFunctionTest : public testing::Test {
protected:
    HttpFunctionTest()
    {
        m_world.addTunnel("shop", {"link"});
        m_world.sender.onPost = [this](const std::string &id, const std::string &text) { clientGets(id, text); };
    }

    // The function behind the WebSocket API, with a client that answers when it has the whole request.
    void clientGets(const std::string &id, const std::string &text)
    {
        const auto message = wire::decodeJson(text).value();
        if (const auto *request = std::get_if<wire::HttpRequest>(&message)) {
            m_request = *request;
            m_body.emplace(wire::kV1MaxBodyBytes);
            ASSERT_TRUE(m_body->begin(request->body, request->more));
        } else if (const auto *chunk = std::get_if<wire::BodyChunk>(&message)) {
            ASSERT_TRUE(m_body->add(*chunk));
        } else {
            m_cancelled.push_back(std::get<wire::Cancel>(message).requestId);
            return;
        }
        if (m_body->complete() && m_answers)
            answer(id);
    }
    void answer(const std::string &id)
    {
        m_received = m_body->take();
        m_response.requestId = m_request.requestId;
        m_response.replyTo = m_request.replyTo;
        const auto messages = wire::chunkResponse(m_response).value();
        for (const auto &message : messages)
            say(id, message);
    }
    void say(const std::string &id, const wire::Message &message)
    {
        (void)m_socket.handle(m_world.message(id, message), m_world.deadline(), m_world.live);
    }

    json get(const std::string &uri = "/shop/a?b=c", const std::string &body = {}, const std::string &method = "GET")
    {
        events::HttpEvent event;
        event.head.method = method;
        event.head.uri = uri;
        event.head.headers = {{"host", "tunnel.example.com"}, {"accept", "application/json"}};
        if (!body.empty())
            event.head.headers.push_back({"content-length", std::to_string(body.size())});
        event.head.remoteAddress = "203.0.113.9";
        event.body = body;
        event.domain = "tunnel.example.com";
        const auto text = m_function.handle(std::move(event), m_world.deadline(), m_world.live);
        m_function.afterAnswer(m_world.deadline());
        return json::parse(text);
    }
    static std::string errorOf(const json &answer) { return answer["headers"].value("x-tunnel-error", ""); }

    MemoryWorld m_world;
    functions::HttpFunction m_function{m_world.world, m_world.httpPorts()};
    functions::SocketFunction m_socket{m_world.world, m_world.socketPorts(), nullptr};
    wire::HttpRequest m_request;
    std::optional<wire::ChunkAssembler> m_body;
    std::string m_received;
    wire::HttpResponse m_response{.requestId = {}, .statusCode = 200, .headers = {}, .body = "hello", .replyTo = {}};
    std::vector<std::string> m_cancelled;
    bool m_answers = true;
};

TEST_F(HttpFunctionTest, RequestGoesAndResponseComes)
{
    m_response.headers = {{"Content-Type", "text/plain"},
                          {"Set-Cookie", "a=1"},
                          {"Set-Cookie", "b=2"},
                          {"Content-Length", "5"},
                          {"Connection", "close"}};
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 200);
    EXPECT_EQ(result["body"], "hello");
    EXPECT_EQ(result["cookies"], json({"a=1", "b=2"}));
    EXPECT_EQ(result["headers"], json({{"content-type", "text/plain"}}));
    EXPECT_EQ(m_request.uri, "/a?b=c");
    EXPECT_EQ(wire::findHeader(m_request.headers, "X-Forwarded-For"), "203.0.113.9");
    EXPECT_EQ(wire::findHeader(m_request.headers, "X-Forwarded-Proto"), "https");
    EXPECT_EQ(wire::findHeader(m_request.headers, "X-Forwarded-Prefix"), "/shop");
    EXPECT_EQ(wire::findHeader(m_request.headers, "X-Request-Id"), m_request.requestId);
}

TEST_F(HttpFunctionTest, WarmRequestReadsAndWritesNothing)
{
    get();
    const auto reads = m_world.names.reads;
    const auto waiterWrites = m_world.links.waiterWrites;
    const auto rateWrites = m_world.rates.writes;
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(get()["statusCode"], 200);
    EXPECT_EQ(m_world.names.reads, reads);
    EXPECT_EQ(m_world.names.writes, 0U);
    EXPECT_EQ(m_world.links.waiterWrites, waiterWrites);
    EXPECT_EQ(waiterWrites, 1U);
    EXPECT_EQ(m_world.rates.writes, rateWrites);
    EXPECT_EQ(m_world.replies.receives, 9U);
    EXPECT_EQ(m_world.replies.settled, 9U);
    m_world.clock.now += wire::kTunnelRemembered;
    get();
    EXPECT_EQ(m_world.names.reads, reads + 1);
}

TEST_F(HttpFunctionTest, LargeBodiesBothWays)
{
    std::string body(4'400'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>((i * 2654435761U) >> 13);
    m_response.body = body;
    const auto result = get("/shop/", body, "POST");
    EXPECT_EQ(result["isBase64Encoded"], true);
    EXPECT_EQ(wire::decodeBase64(result["body"].get<std::string>()), body);
    EXPECT_EQ(m_received, body);
    EXPECT_LE(m_world.sender.largest, wire::kV1MaxMessageBytes);
}

TEST_F(HttpFunctionTest, OverTheLimitIsAPageThatNamesIt)
{
    const auto request = get("/shop/", std::string(wire::kLambdaBodyBytes + 1, 'x'), "POST");
    EXPECT_EQ(request["statusCode"], 413);
    EXPECT_THAT(request["body"].get<std::string>(), HasSubstr("4500000 bytes"));
    EXPECT_THAT(m_world.sender.sent, IsEmpty());
    m_response.body = std::string(wire::kLambdaBodyBytes + 1, 'x');
    const auto response = get();
    EXPECT_EQ(response["statusCode"], 413);
    EXPECT_THAT(response["body"].get<std::string>(), HasSubstr("4500000 bytes"));
    EXPECT_EQ(m_cancelled.size(), 1U);
    m_world.names.rows["shop"].maxBody = 100;
    m_world.clock.now += wire::kTunnelRemembered;
    EXPECT_THAT(get("/shop/", std::string(101, 'x'), "POST")["body"].get<std::string>(), HasSubstr("100 bytes"));
}

TEST_F(HttpFunctionTest, HeadHasALengthAndNoBody)
{
    m_response.headers = {{"Content-Length", "7"}};
    m_response.body.clear();
    const auto result = get("/shop/", {}, "HEAD");
    EXPECT_EQ(result["headers"]["content-length"], "7");
    EXPECT_FALSE(result.contains("body"));
}

TEST_F(HttpFunctionTest, PagesOfTheApex)
{
    EXPECT_EQ(get("/")["statusCode"], 200);
    EXPECT_EQ(get("/shop")["headers"]["location"], "/shop/");
    EXPECT_EQ(errorOf(get("/none/")), "tunnel_not_found");
    EXPECT_EQ(get("/_tunnel/connect")["statusCode"], 400);
    m_world.names.rows["away"] = {.name = "away", .ends = m_world.clock.now + std::chrono::hours(1), .version = 1};
    EXPECT_THAT(get("/away/")["body"].get<std::string>(), HasSubstr("offline"));
    m_world.names.rows["away"].ends = m_world.clock.now;
    EXPECT_THAT(get("/away/")["body"].get<std::string>(), HasSubstr("no tunnel of this name"));
}

TEST_F(HttpFunctionTest, GoneLinkIsForgottenAndTheNextOneAsked)
{
    m_world.addTunnel("shop", {"dead", "link"});
    m_world.sender.gone = {"dead"};
    for (int i = 0; i < 2; ++i) {
        m_world.clock.now += std::chrono::milliseconds(1); // whichever comes first
        EXPECT_EQ(get()["statusCode"], 200);
    }
    EXPECT_THAT(m_world.names.rows["shop"].links, ElementsAre("link"));
    EXPECT_FALSE(m_world.links.rows.contains("dead"));
}

TEST_F(HttpFunctionTest, NewLinkIsFoundWhenTheRememberedOneIsGone)
{
    EXPECT_EQ(get()["statusCode"], 200);
    m_world.addTunnel("shop", {"newer"}); // the client came back
    m_world.links.rows.erase("link");
    m_world.sender.gone = {"link"};
    EXPECT_EQ(get()["statusCode"], 200);
    EXPECT_EQ(m_world.sender.sent["newer"].size(), 1U);
}

TEST_F(HttpFunctionTest, TunnelWithoutALinkLeftIsOffline)
{
    m_world.sender.gone = {"link"};
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 404);
    EXPECT_EQ(errorOf(result), "tunnel_not_found");
    EXPECT_THAT(m_world.names.rows["shop"].links, IsEmpty());
    EXPECT_THAT(m_world.links.rows, IsEmpty());
}

TEST_F(HttpFunctionTest, LinkThatEndsWhileItIsWaitedForFailsTheRequest)
{
    m_answers = false;
    m_world.replies.onWait = [this] {
        (void)m_socket.handle(events::SocketEvent{.route = events::SocketRoute::Disconnect, .connectionId = "link"},
                              m_world.deadline(), m_world.live);
    };
    const auto before = m_world.clock.now;
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 502);
    EXPECT_EQ(errorOf(result), "connection_lost");
    EXPECT_EQ(m_world.clock.now, before); // at once
    EXPECT_THAT(m_cancelled, IsEmpty());
}

TEST_F(HttpFunctionTest, LinkThatAnotherEnvironmentFindsGoneFailsTheRequest)
{
    m_answers = false;
    support::MemoryReplies channel(m_world.clock);
    channel.url = "https://queue/1767323000-other";
    functions::HttpFunction other(
        m_world.world, {m_world.names, m_world.links, m_world.sender, channel, m_world.replies, m_world.rates});
    m_world.replies.onWait = [&] {
        m_world.sender.gone = {"link"};
        events::HttpEvent event;
        event.head.method = "GET";
        event.head.uri = "/shop/";
        event.domain = "tunnel.example.com";
        EXPECT_EQ(json::parse(other.handle(std::move(event), m_world.deadline(), m_world.live))["statusCode"], 404);
        other.afterAnswer(m_world.deadline());
    };
    const auto before = m_world.clock.now;
    EXPECT_EQ(errorOf(get()), "connection_lost");
    EXPECT_EQ(m_world.clock.now, before);
}

TEST_F(HttpFunctionTest, SilentClientIsATimeout)
{
    m_answers = false;
    const auto before = m_world.clock.now;
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 504);
    EXPECT_EQ(m_world.clock.now - before, wire::kGatewayRequestTimeout);
    EXPECT_THAT(m_cancelled, ElementsAre(m_request.requestId));
}

TEST_F(HttpFunctionTest, EndsBeforeLambdaDoes)
{
    m_answers = false;
    m_world.live.settings.tunnel.requestTimeout = std::chrono::seconds(28);
    events::HttpEvent event;
    event.head.method = "GET";
    event.head.uri = "/shop/";
    const auto deadline = m_world.clock.now + std::chrono::seconds(10);
    EXPECT_EQ(json::parse(m_function.handle(event, deadline, m_world.live))["statusCode"], 504);
    EXPECT_EQ(m_world.clock.now, deadline - wire::kAnswerMargin);
}

TEST_F(HttpFunctionTest, ClientsErrorsBecomePagesWithoutTheirDetail)
{
    m_answers = false;
    m_world.replies.onWait = [this] {
        say("link", wire::ErrorMessage{m_request.requestId,
                                       {Code::LocalServiceUnavailable, "http://127.0.0.1:3000 refused"},
                                       m_request.replyTo});
    };
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 503);
    EXPECT_THAT(m_cancelled, IsEmpty());
    EXPECT_EQ(errorOf(result), "local_service_unavailable");
    EXPECT_THAT(result.dump(), testing::Not(HasSubstr("127.0.0.1")));
}

TEST_F(HttpFunctionTest, ForgedLateAndDoubledAnswersChangeNothing)
{
    m_answers = false;
    m_world.addTunnel("evil", {"evil"});
    wire::HttpResponse forged{.requestId = {}, .statusCode = 666, .headers = {}, .body = "forged", .replyTo = {}};
    m_world.replies.onWait = [&] {
        forged.requestId = m_request.requestId;
        forged.replyTo = m_request.replyTo; // even so
        say("evil", forged);
        EXPECT_THAT(m_world.replies.queue, IsEmpty());
        auto late = forged; // somebody's old answer in this channel
        late.requestId = "req_01234567-89ab-4cde-8f01-23456789abcd";
        m_world.replies.queue.push_back(wire::encodeJson(late));
        answer("link");
        m_world.replies.queue.push_back(m_world.replies.queue.back());
    };
    const auto result = get();
    EXPECT_EQ(result["body"], "hello");
    EXPECT_THAT(m_world.logText, HasSubstr("reply_refused"));
    m_answers = true;
    EXPECT_EQ(get()["body"], "hello"); // what is left in the channel does not matter
}

TEST_F(HttpFunctionTest, ResponsesThatAreNoneAreRefused)
{
    m_response.headers = {{"Content-Length", "4"}};
    EXPECT_EQ(errorOf(get()), "protocol_error");
    m_response.headers.clear();
    m_response.statusCode = 101;
    EXPECT_EQ(errorOf(get()), "protocol_error");
    m_response.statusCode = 204;
    EXPECT_EQ(errorOf(get()), "protocol_error");
    m_response.body.clear();
    EXPECT_EQ(get()["statusCode"], 204);
}

TEST_F(HttpFunctionTest, LimitOfRequestsAMinute)
{
    m_world.live.settings.security.maxRequestsPerMinute = 3;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(get()["statusCode"], 200);
    const auto result = get();
    EXPECT_EQ(result["statusCode"], 429);
    EXPECT_EQ(result["headers"]["retry-after"], "5");
    m_world.live.settings.security.rateLimiting = false;
    EXPECT_EQ(get()["statusCode"], 200);
}

TEST_F(HttpFunctionTest, ServicesThatAreDown)
{
    m_world.rates.down = Code::Timeout;
    EXPECT_EQ(get()["statusCode"], 200);
    m_world.sender.down = Code::RateLimited;
    EXPECT_EQ(get()["statusCode"], 429);
    m_world.sender.down.reset();
    m_world.replies.down = Code::InternalError;
    EXPECT_EQ(get()["statusCode"], 502);
    m_world.names.down = Code::RateLimited;
    m_world.clock.now += wire::kTunnelRemembered;
    EXPECT_EQ(get()["statusCode"], 429);
}

} // namespace
