#include "guard/span_text.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;

TEST(SpanText, Durations)
{
    EXPECT_EQ(guard::parseDuration("90s"), 90s);
    EXPECT_EQ(guard::parseDuration("30m"), 30min);
    EXPECT_EQ(guard::parseDuration("2h"), 2h);
    EXPECT_EQ(guard::parseDuration("7d"), 168h);
    for (const char *text : {"", "h", "2", "-2h", "+2h", "2 h", "2.5h", "0s", "99999999999d", "400d", "2w", "h2"})
        EXPECT_FALSE(guard::parseDuration(text)) << text;
}

TEST(SpanText, DurationsReadBack)
{
    for (const char *text : {"90s", "30m", "2h", "7d", "366d"})
        EXPECT_EQ(guard::durationText(*guard::parseDuration(text)), text);
    EXPECT_EQ(guard::durationText(3600s), "1h");
}

TEST(SpanText, Times)
{
    using std::chrono::sys_seconds;
    EXPECT_EQ(guard::parseTime("1970-01-01T00:00:00Z"), sys_seconds{0s});
    EXPECT_EQ(guard::parseTime("2026-12-01T12:00:00Z"), sys_seconds{1'796'126'400s});
    EXPECT_EQ(guard::parseTime("2026-12-01 13:30:00+01:30"), sys_seconds{1'796'126'400s});
    EXPECT_EQ(guard::parseTime("2026-12-01T07:00:00-05:00"), sys_seconds{1'796'126'400s});
    EXPECT_EQ(guard::timeText(sys_seconds{1'796'126'400s}), "2026-12-01T12:00:00Z");
    for (const char *text :
         {"", "2026-12-01", "2026-12-01T12:00:00", "2026-13-01T12:00:00Z", "2026-02-30T12:00:00Z",
          "2026-12-01T25:00:00Z", "2026-12-01T12:60:00Z", "2026-12-01T12:00Z", "tomorrow", "2026-12-01T12:00:00+1:00",
          "2026-12-01T12:00:00Zx", "2026-1-01T12:00:00Z", "2026-12-01T-1:00:00Z"})
        EXPECT_FALSE(guard::parseTime(text)) << text;
}

} // namespace
