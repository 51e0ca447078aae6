#include "wire/stream_credit.h"

#include <gtest/gtest.h>

#include <deque>

namespace {

using namespace std::chrono_literals;
using wire::kInitialWindowBytes;
using wire::kMaxLinkWindowBytes;
using wire::kMaxWindowBytes;
using wire::LinkWindowBudget;
using wire::ReceiveWindow;
using wire::SendCredit;
using wire::SteadyTime;

constexpr SteadyTime kStart{};
constexpr auto kRoundTrip = 100ms;

TEST(SendCredit, IsTakenAndAdded)
{
    SendCredit credit;
    EXPECT_EQ(credit.available(), kInitialWindowBytes);
    credit.take(kInitialWindowBytes);
    EXPECT_EQ(credit.available(), 0U);
    EXPECT_TRUE(credit.add(5));
    EXPECT_EQ(credit.available(), 5U);
}

TEST(SendCredit, RefusesToOverflow)
{
    SendCredit credit;
    EXPECT_FALSE(credit.add(0xffffffff));
    EXPECT_EQ(credit.available(), kInitialWindowBytes);
    EXPECT_TRUE(credit.add(0x7fffffff - kInitialWindowBytes));
    const auto over = credit.add(1);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, wire::Code::ProtocolError);
}

TEST(LinkWindowBudget, GivesWhatIsLeft)
{
    LinkWindowBudget budget;
    const auto all = static_cast<std::uint32_t>(kMaxLinkWindowBytes);
    EXPECT_EQ(budget.reserve(all - 10), all - 10);
    EXPECT_EQ(budget.reserve(100), 10U);
    EXPECT_EQ(budget.reserve(100), 0U);
    budget.release(30);
    EXPECT_EQ(budget.reserve(100), 30U);
}

TEST(ReceiveWindow, RefusesMoreThanGranted)
{
    LinkWindowBudget budget;
    ReceiveWindow window(budget, kStart);
    EXPECT_TRUE(window.onReceived(kInitialWindowBytes));
    const auto over = window.onReceived(1);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, wire::Code::ProtocolError);
}

TEST(ReceiveWindow, GivesBackFromHalfOn)
{
    LinkWindowBudget budget;
    ReceiveWindow window(budget, kStart);
    ASSERT_TRUE(window.onReceived(kInitialWindowBytes));
    EXPECT_EQ(window.onConsumed(kInitialWindowBytes / 2 - 1, kStart + 1h, kRoundTrip), 0U);
    EXPECT_EQ(window.onConsumed(1, kStart + 1h, kRoundTrip), kInitialWindowBytes / 2);
    EXPECT_EQ(window.window(), kInitialWindowBytes);
    EXPECT_TRUE(window.onReceived(kInitialWindowBytes / 2));
    EXPECT_FALSE(window.onReceived(1));
}

TEST(ReceiveWindow, GrowsOnlyWhenDrainedWithinARoundTrip)
{
    struct Case {
        std::chrono::milliseconds took;
        std::chrono::milliseconds roundTrip;
        std::uint32_t window;
    };
    for (const auto &[took, roundTrip, expected] :
         {Case{50ms, 100ms, 2 * kInitialWindowBytes}, Case{100ms, 100ms, kInitialWindowBytes},
          Case{101ms, 100ms, kInitialWindowBytes}, Case{0ms, 0ms, kInitialWindowBytes}}) {
        LinkWindowBudget budget;
        ReceiveWindow window(budget, kStart);
        ASSERT_TRUE(window.onReceived(kInitialWindowBytes));
        const auto credit = window.onConsumed(kInitialWindowBytes, kStart + took, roundTrip);
        EXPECT_EQ(window.window(), expected);
        EXPECT_EQ(credit, expected); // all of it was consumed: the peer gets the whole, raised window
    }
}

// Received and consumed at once, in no time, until nothing changes: the window reaches its cap and stays there.
std::uint32_t grow(ReceiveWindow &window)
{
    for (int i = 0; i < 20; ++i) {
        const auto half = window.window() / 2;
        EXPECT_TRUE(window.onReceived(half));
        EXPECT_GT(window.onConsumed(half, kStart, kRoundTrip), 0U);
    }
    return window.window();
}

TEST(ReceiveWindow, StopsAtItsCap)
{
    LinkWindowBudget budget;
    ReceiveWindow window(budget, kStart);
    EXPECT_EQ(grow(window), kMaxWindowBytes);
    EXPECT_TRUE(window.onReceived(kMaxWindowBytes));
    EXPECT_FALSE(window.onReceived(1));
}

TEST(ReceiveWindow, WindowsOfOneLinkShareItsBudget)
{
    LinkWindowBudget budget;
    std::deque<ReceiveWindow> windows;
    std::size_t raised = 0;
    for (int i = 0; i < 30; ++i)
        raised += grow(windows.emplace_back(budget, kStart)) - kInitialWindowBytes;
    EXPECT_EQ(raised, kMaxLinkWindowBytes);
    EXPECT_EQ(windows.back().window(), kInitialWindowBytes);
    windows.clear();
    EXPECT_EQ(budget.reserve(static_cast<std::uint32_t>(kMaxLinkWindowBytes)), kMaxLinkWindowBytes);
}

} // namespace
