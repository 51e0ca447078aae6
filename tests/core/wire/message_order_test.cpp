#include "core/wire/samples.h"
#include "wire/message_order.h"

#include <gtest/gtest.h>

namespace {

using namespace wire;

TEST(MessageOrder, ReadyComesFirstAndOnce)
{
    EXPECT_TRUE(checkFromClient(Ready{}, false));
    EXPECT_FALSE(checkFromClient(Ready{}, true));
    for (const auto &message : samples::controlMessages()) {
        if (std::holds_alternative<Ready>(message))
            continue;
        const auto early = checkFromClient(message, false);
        ASSERT_FALSE(early) << message.index();
        EXPECT_EQ(early.error().code, Code::ProtocolError);
    }
}

TEST(MessageOrder, AClientSaysWhatClientsSay)
{
    EXPECT_FALSE(checkFromClient(ConnectionEstablished{}, true));
    for (const ControlMessage &message :
         {ControlMessage(Ping{}), ControlMessage(Pong{}), ControlMessage(Draining{}), ControlMessage(ErrorMessage{})})
        EXPECT_TRUE(checkFromClient(message, true)) << message.index();
}

} // namespace
