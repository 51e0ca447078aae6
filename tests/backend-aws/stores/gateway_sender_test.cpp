#include "backend-aws/aws/scripted_service.h"
#include "stores/gateway_sender.h"

#include <gmock/gmock.h>

namespace {

using wire::Code;

TEST(GatewaySender, OnlyGoneIsALostLink)
{
    support::ScriptedService service;
    stores::GatewaySender sender(aws::ConnectionsApi(service.caller(), "/prod"));
    service.answer(200, "");
    EXPECT_TRUE(sender.post("c", "text", service.soon()));
    EXPECT_TRUE(sender.close("c", service.soon()));
    service.answers.clear();
    service.answer(410, "");
    EXPECT_EQ(sender.post("c", "text", service.soon()).error().code, Code::ConnectionLost);
    service.answers.clear();
    service.fail(Code::ConnectionLost);
    EXPECT_EQ(sender.post("c", "text", service.soon()).error().code, Code::InternalError);
    service.answers.clear();
    service.answer(429, "");
    EXPECT_EQ(sender.post("c", "text", service.soon()).error().code, Code::RateLimited);
    EXPECT_FALSE(sender.close("c", service.soon()));
}

} // namespace
