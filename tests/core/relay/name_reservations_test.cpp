#include "relay/name_reservations.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using relay::NameReservations;
using testing::HasSubstr;
using testing::Not;
using wire::Code;

constexpr NameReservations::Day kToday{std::chrono::days(20'000)};

class NameReservationsTest : public testing::Test {
protected:
    NameReservations loaded()
    {
        auto names = NameReservations::load(m_file);
        if (!names)
            throw std::runtime_error(names.error().message);
        return *std::move(names);
    }
    std::string text() const
    {
        std::ostringstream out;
        out << std::ifstream(m_file).rdbuf();
        return out.str();
    }
    std::string loadError(std::string_view contents)
    {
        (void)m_folder.write("names", contents);
        const auto names = NameReservations::load(m_file);
        if (names)
            return "read";
        EXPECT_EQ(names.error().code, Code::InvalidRequest);
        return names.error().message;
    }

    support::TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "names";
};

TEST_F(NameReservationsTest, ANameIsItsFirstOwners)
{
    NameReservations names;
    EXPECT_TRUE(names.checkRoom("shop", "alice"));
    names.reserve("shop", "alice");
    EXPECT_TRUE(names.checkRoom("shop", "alice"));
    EXPECT_FALSE(names.isOthers("shop", "alice"));
    EXPECT_TRUE(names.isOthers("shop", "bob"));
    EXPECT_TRUE(names.isOthers("shop", ""));
    EXPECT_EQ(names.checkRoom("shop", "bob").error().code, Code::NameTaken);
    EXPECT_FALSE(names.isOthers("blog", "bob"));
}

TEST_F(NameReservationsTest, LastOverARestart)
{
    {
        auto names = loaded();
        EXPECT_TRUE(names.update(kToday));
        names.reserve("shop", "jwt:alice of there");
        EXPECT_TRUE(names.update(kToday)); // begins to write
        names.reserve("blog", "jwt:bob");
        EXPECT_TRUE(names.finish());
    }
    EXPECT_THAT(text(), HasSubstr("blog 20000 jwt:bob\nshop 20000 jwt:alice of there\n"));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(m_file).permissions(), perms::owner_read | perms::owner_write);
    const auto again = loaded();
    EXPECT_EQ(again.size(), 2U);
    EXPECT_TRUE(again.isOthers("shop", "jwt:bob"));
    EXPECT_FALSE(again.isOthers("shop", "jwt:alice of there"));
}

TEST_F(NameReservationsTest, AreWrittenWhileTheRelayRuns)
{
    auto names = loaded();
    names.reserve("shop", "alice");
    EXPECT_TRUE(support::eventually([&] {
        EXPECT_TRUE(names.update(kToday));
        return text().find("shop") != std::string::npos;
    }));
    EXPECT_TRUE(names.finish());
}

TEST_F(NameReservationsTest, WhatCannotBeWrittenIsTold)
{
    m_file = m_folder.path() / "missing" / "names";
    auto names = loaded();
    names.reserve("shop", "alice");
    EXPECT_TRUE(support::eventually([&] { return !names.update(kToday); }));
    EXPECT_THAT(names.finish().error().message, HasSubstr("missing/names"));
}

TEST_F(NameReservationsTest, AFileThatIsNotUnderstoodGivesNoNamesAway)
{
    for (const auto *line :
         {"shop", "shop 1", "shop 1 ", "shop x alice", "shop -1 alice", "Shop 1 alice", "a_b 1 alice"})
        EXPECT_THAT(loadError(std::string("# one\n") + line + "\n"), HasSubstr("names:2: is no `NAME DAY OWNER`"))
            << line;
    EXPECT_THAT(loadError("shop 1 alice\nshop 1 bob\n"), HasSubstr("names:2:"));
    EXPECT_EQ(loadError("shop 1 alice\n\n"), "read");
    EXPECT_EQ(loadError(""), "read");
}

TEST_F(NameReservationsTest, ANameThatNobodyUsesIsFreeAgain)
{
    const auto life = std::chrono::ceil<std::chrono::days>(wire::kReservationLife);
    auto names = loaded();
    EXPECT_TRUE(names.update(kToday));
    names.reserve("old", "alice");
    names.reserve("used", "alice");
    EXPECT_TRUE(names.update(kToday + life / 2));
    names.reserve("used", "alice");
    EXPECT_TRUE(names.update(kToday + life));
    EXPECT_FALSE(names.isOthers("old", "bob"));
    EXPECT_TRUE(names.isOthers("used", "bob"));
    EXPECT_TRUE(names.finish());
    EXPECT_THAT(text(), Not(HasSubstr("old")));
}

TEST_F(NameReservationsTest, AnOwnerWithManyKeepsTheLatest)
{
    NameReservations names;
    EXPECT_TRUE(names.update(kToday));
    names.reserve("first", "alice");
    EXPECT_TRUE(names.update(kToday + std::chrono::days(1)));
    for (std::size_t i = 1; i < wire::kMaxReservationsPerOwner; ++i)
        names.reserve("n" + std::to_string(i), "alice");
    EXPECT_TRUE(names.isOthers("first", "bob"));
    names.reserve("one-more", "alice");
    EXPECT_EQ(names.size(), wire::kMaxReservationsPerOwner);
    EXPECT_FALSE(names.isOthers("first", "bob"));
    EXPECT_TRUE(names.isOthers("one-more", "bob"));
}

TEST_F(NameReservationsTest, ThereAreOnlySoMany)
{
    NameReservations names;
    EXPECT_TRUE(names.update(kToday));
    for (std::size_t i = 0; i < wire::kMaxReservations; ++i)
        names.reserve("n" + std::to_string(i), "owner" + std::to_string(i));
    EXPECT_EQ(names.checkRoom("one-more", "alice").error().code, Code::RateLimited);
    EXPECT_TRUE(names.checkRoom("n7", "owner7"));
}

} // namespace
