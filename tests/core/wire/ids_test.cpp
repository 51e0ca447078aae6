#include "wire/ids.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

namespace {

TEST(Ids, TunnelIdsHaveTheirShape)
{
    std::set<char> letters;
    for (int i = 0; i < 1000; ++i) {
        const auto id = wire::drawTunnelId();
        ASSERT_EQ(id.size(), wire::kDrawnIdLength);
        EXPECT_TRUE(wire::checkTunnelName(id)) << id;
        letters.insert(id.begin(), id.end());
    }
    EXPECT_EQ(letters.size(), 36U); // every letter and digit turns up in 12,000 draws
}

TEST(Ids, RequestIdsAreRandomUuids)
{
    for (int i = 0; i < 100; ++i) {
        const auto id = wire::drawRequestId();
        ASSERT_TRUE(wire::isRequestId(id)) << id;
        EXPECT_EQ(id[18], '4');
        EXPECT_NE(std::string_view("89ab").find(id[23]), std::string_view::npos) << id;
    }
}

TEST(Ids, SessionIdsFitTheirLimit)
{
    const auto id = wire::drawSessionId();
    EXPECT_LE(id.size(), wire::kMaxSessionIdLength);
    EXPECT_TRUE(wire::isRequestId("req_" + id));
    EXPECT_NE(id, wire::drawSessionId());
}

TEST(Ids, ThreadsDrawDifferentIds)
{
    constexpr std::size_t kThreads = 4;
    constexpr std::size_t kEach = 2000;
    std::vector<std::vector<std::string>> drawn(kThreads);
    {
        std::vector<std::jthread> threads;
        threads.reserve(kThreads);
        for (auto &ids : drawn)
            threads.emplace_back([&ids] { std::generate_n(std::back_inserter(ids), kEach, wire::drawRequestId); });
    }
    std::set<std::string> all;
    for (const auto &ids : drawn)
        all.insert(ids.begin(), ids.end());
    EXPECT_EQ(all.size(), kThreads * kEach);
}

TEST(Ids, RequestIdsAreChecked)
{
    EXPECT_TRUE(wire::isRequestId("req_01234567-89ab-4cde-8f01-23456789abcd"));
    EXPECT_TRUE(wire::isRequestId("req_01234567-89AB-4CDE-8F01-23456789ABCD"));
    constexpr std::string_view kBad[] = {
        "",
        "req_",
        "01234567-89ab-4cde-8f01-23456789abcd",
        "REQ_01234567-89ab-4cde-8f01-23456789abcd",
        "req_01234567-89ab-4cde-8f01-23456789abc",
        "req_01234567-89ab-4cde-8f01-23456789abcde",
        "req_0123456789ab-4cde-8f01-23456789abcd-",
        "req_01234567_89ab_4cde_8f01_23456789abcd",
        "req_0123456g-89ab-4cde-8f01-23456789abcd",
        "req_01234567-89ab-4cde-8f01-23456789abc\n",
    };
    for (const auto text : kBad)
        EXPECT_FALSE(wire::isRequestId(text)) << text;
}

TEST(Ids, TunnelNamesAreChecked)
{
    const std::string longest(wire::kMaxNameLength, 'a');
    for (const std::string &name :
         {std::string("ab"), std::string("abc"), std::string("a-1"), std::string("0--9"), longest})
        EXPECT_TRUE(wire::checkTunnelName(name)) << name;
    const std::string bad[] = {"",    "a",   "Abc", "a_b",  "-ab",         "ab-",         "_tunnel",
                               "a.b", "a/b", "a b", "ab\n", "caf\xc3\xa9", longest + "a", std::string("a\0b", 3)};
    for (const auto &name : bad) {
        const auto checked = wire::checkTunnelName(name);
        ASSERT_FALSE(checked) << name;
        EXPECT_EQ(checked.error().code, wire::Code::InvalidRequest);
        EXPECT_TRUE(checked.error().message.starts_with("a tunnel name ")) << checked.error().message;
    }
}

} // namespace
