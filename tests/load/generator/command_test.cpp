#include "command.h"

#include <gtest/gtest.h>

#include <stdexcept>

using load::Command;

TEST(Command, HasVerbAndSettings)
{
    const auto command = Command::parse("visit id=3 rate=2.5 host=a.localhost\n");
    EXPECT_EQ(command.verb(), "visit");
    EXPECT_EQ(command.count("id"), 3u);
    EXPECT_EQ(command.number("rate"), 2.5);
    EXPECT_EQ(command.text("host"), "a.localhost");
}

TEST(Command, TakesFallbacksForWhatIsNotSaid)
{
    const auto command = Command::parse("slow count=1");
    EXPECT_EQ(command.count("count", 7), 1u);
    EXPECT_EQ(command.count("size", 7), 7u);
    EXPECT_EQ(command.number("rate", 0.5), 0.5);
    EXPECT_EQ(command.text("host", "none"), "none");
}

TEST(Command, RefusesWhatIsMissingOrWrong)
{
    EXPECT_THROW((void)Command::parse(""), std::invalid_argument);
    EXPECT_THROW((void)Command::parse("visit rate"), std::invalid_argument);
    const auto command = Command::parse("visit rate=fast count=1.5 below=-1 tail=5x");
    EXPECT_THROW((void)command.text("host"), std::invalid_argument);
    EXPECT_THROW((void)command.number("rate"), std::invalid_argument);
    EXPECT_THROW((void)command.number("tail"), std::invalid_argument);
    EXPECT_THROW((void)command.count("count"), std::invalid_argument);
    EXPECT_THROW((void)command.count("below"), std::invalid_argument);
}
