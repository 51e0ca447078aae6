#include "histogram.h"

#include <gtest/gtest.h>

using load::Histogram;
using namespace std::chrono_literals;

TEST(Histogram, HasNothingAtFirst)
{
    const Histogram histogram;
    EXPECT_EQ(histogram.count(), 0u);
    EXPECT_EQ(histogram.percentileMs(99), 0);
    EXPECT_EQ(histogram.maxMs(), 0);
}

TEST(Histogram, TellsPercentilesOfKnownValues)
{
    Histogram histogram;
    for (int i = 1; i <= 1000; ++i)
        histogram.record(std::chrono::milliseconds(i));
    EXPECT_EQ(histogram.count(), 1000u);
    EXPECT_NEAR(histogram.percentileMs(50), 500, 500 * 0.008);
    EXPECT_NEAR(histogram.percentileMs(99), 990, 990 * 0.008);
    EXPECT_GE(histogram.percentileMs(99), 990);
    EXPECT_EQ(histogram.percentileMs(100), 1000);
    EXPECT_EQ(histogram.maxMs(), 1000);
}

TEST(Histogram, IsExactForSmallValues)
{
    Histogram histogram;
    for (const auto micros : {0us, 1us, 127us, 128us, 255us})
        histogram.record(micros);
    EXPECT_EQ(histogram.percentileMs(20), 0);
    EXPECT_EQ(histogram.percentileMs(40), 0.001);
    EXPECT_EQ(histogram.percentileMs(60), 0.127);
    EXPECT_EQ(histogram.percentileMs(80), 0.128);
    EXPECT_EQ(histogram.percentileMs(100), 0.255);
}

TEST(Histogram, IsWithinOnePercentEverywhere)
{
    for (std::int64_t micros = 1; micros < std::int64_t{1} << 39; micros = micros * 5 / 4 + 1) {
        Histogram histogram;
        histogram.record(std::chrono::microseconds(micros));
        histogram.record(std::chrono::microseconds(micros * 2));
        const auto told = histogram.percentileMs(50) * 1000;
        EXPECT_GE(told, static_cast<double>(micros));
        EXPECT_LE(told, static_cast<double>(micros) * 1.008);
    }
}

TEST(Histogram, OneSlowAmongHundredIsTheP99AndNotTheP98)
{
    Histogram histogram;
    for (int i = 0; i < 98; ++i)
        histogram.record(1ms);
    histogram.record(5s);
    histogram.record(5s);
    EXPECT_NEAR(histogram.percentileMs(98), 1, 0.008);
    EXPECT_EQ(histogram.percentileMs(99), 5000);
}

TEST(Histogram, AddsAnother)
{
    Histogram one;
    Histogram other;
    one.record(1ms);
    other.record(3ms);
    other.record(2ms);
    one.add(other);
    EXPECT_EQ(one.count(), 3u);
    EXPECT_EQ(one.maxMs(), 3);
    EXPECT_NEAR(one.percentileMs(50), 2, 0.016);
}

TEST(Histogram, KeepsWhatIsOutOfRangeInTheLastBucket)
{
    Histogram histogram;
    histogram.record(std::chrono::hours(24 * 365));
    histogram.record(-5ms);
    EXPECT_EQ(histogram.count(), 2u);
    EXPECT_EQ(histogram.percentileMs(50), 0);
    EXPECT_GT(histogram.maxMs(), 1e9);
}
