#include "aws/http_date.h"

#include <gtest/gtest.h>

namespace {

TEST(HttpDate, ReadsOne)
{
    EXPECT_EQ(aws::parseHttpDate("Fri, 02 Jan 2026 03:04:05 GMT").value().time_since_epoch().count(), 1'767'323'045);
    EXPECT_EQ(aws::parseHttpDate("Thu, 29 Feb 2024 23:59:60 GMT").value().time_since_epoch().count(), 1'709'251'200);
}

TEST(HttpDate, RefusesOthers)
{
    for (const auto *text :
         {"", "Friday, 02-Jan-26 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 UTC", "Fri, 30 Feb 2026 03:04:05 GMT",
          "Fri, 02 anF 2026 03:04:05 GMT", "Fri, 02 Jan 2026 24:04:05 GMT", "Fri, -2 Jan 2026 03:04:05 GMT",
          "Fri, 02 Jan 2026 03.04.05 GMT"})
        EXPECT_FALSE(aws::parseHttpDate(text)) << text;
}

} // namespace
