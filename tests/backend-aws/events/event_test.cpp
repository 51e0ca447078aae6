#include "backend-aws/events/sample_events.h"
#include "events/event.h"

#include <gmock/gmock.h>

namespace {

using events::parseEvent;

template <class T>
bool is(const std::string &sample)
{
    const auto event = parseEvent(samples::text(sample));
    return event && std::holds_alternative<T>(*event);
}

TEST(ParseEvent, TellsThemApart)
{
    EXPECT_TRUE(is<events::HttpEvent>("http-get.json"));
    EXPECT_TRUE(is<events::HttpEvent>("http-post.json"));
    EXPECT_TRUE(is<events::HttpEvent>("http-put-b64.json"));
    EXPECT_TRUE(is<events::AuthorizerEvent>("ws-authorizer.json"));
    EXPECT_TRUE(is<events::SocketEvent>("ws-connect.json"));
    EXPECT_TRUE(is<events::SocketEvent>("ws-default.json"));
    EXPECT_TRUE(is<events::SocketEvent>("ws-disconnect.json"));
    EXPECT_TRUE(is<events::ScheduleEvent>("cron.json"));
}

TEST(ParseEvent, RefusesWhatIsNone)
{
    for (const auto *text : {"", "null", "[]", "{}", R"({"version":"1.0","requestContext":{"http":{"method":"GET"}}})",
                             R"({"source":"aws.s3"})", R"({"type":"TOKEN","methodArn":"a"})",
                             R"({"requestContext":{"eventType":"LATER","connectionId":"c"}})",
                             R"({"requestContext":{"eventType":"MESSAGE"}})",
                             R"({"requestContext":{"eventType":{},"connectionId":"c"}})", "{\"version\":"}) {
        const auto event = parseEvent(text);
        EXPECT_FALSE(event) << text;
    }
}

TEST(ParseEvent, BoundsIt)
{
    EXPECT_FALSE(parseEvent(std::string(7'000'000, ' ') + samples::text("cron.json")));
}

} // namespace
