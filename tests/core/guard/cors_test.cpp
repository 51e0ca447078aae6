#include "guard/cors.h"

#include <gtest/gtest.h>

namespace {

wire::RequestHead preflight()
{
    wire::RequestHead head;
    head.method = "OPTIONS";
    head.uri = "/api";
    head.headers = {{"Origin", "https://app.example"},
                    {"Access-Control-Request-Method", "PUT"},
                    {"Access-Control-Request-Headers", "authorization,x-id"}};
    return head;
}

TEST(Cors, KnowsAPreflight)
{
    EXPECT_TRUE(guard::isPreflight(preflight()));
    auto head = preflight();
    head.method = "GET";
    EXPECT_FALSE(guard::isPreflight(head));
    head = preflight();
    head.body = wire::BodyKind::Unknown;
    EXPECT_FALSE(guard::isPreflight(head)) << "a body would reach the service unseen";
    head = preflight();
    head.upgrade = "websocket";
    EXPECT_FALSE(guard::isPreflight(head));
    head = preflight();
    wire::removeHeader(head.headers, "Origin");
    EXPECT_FALSE(guard::isPreflight(head));
    head = preflight();
    wire::setHeader(head.headers, "Access-Control-Request-Method", "PUT, GET");
    EXPECT_FALSE(guard::isPreflight(head));
}

TEST(Cors, AgreesToWhatIsAsked)
{
    const auto answer = guard::preflightAnswer(preflight());
    EXPECT_EQ(answer.status, 204U);
    EXPECT_EQ(answer.body, wire::BodyKind::None);
    EXPECT_EQ(wire::findHeader(answer.headers, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(wire::findHeader(answer.headers, "Access-Control-Allow-Methods"), "PUT");
    EXPECT_EQ(wire::findHeader(answer.headers, "Access-Control-Allow-Headers"), "authorization,x-id");
    EXPECT_FALSE(wire::findHeader(answer.headers, "Access-Control-Allow-Credentials"));
    EXPECT_TRUE(wire::checkHead(answer));
}

TEST(Cors, ReplacesWhatTheServiceSays)
{
    wire::HeaderList headers{{"access-control-allow-origin", "https://app.example"},
                             {"Access-Control-Allow-Credentials", "true"},
                             {"Content-Type", "text/plain"}};
    guard::allowEveryOrigin(headers);
    EXPECT_EQ(wire::findHeader(headers, "Access-Control-Allow-Origin"), "*");
    EXPECT_FALSE(wire::findHeader(headers, "Access-Control-Allow-Credentials"))
        << "with credentials, every site could act as the visitor";
    EXPECT_EQ(wire::findHeader(headers, "Content-Type"), "text/plain");
}

} // namespace
