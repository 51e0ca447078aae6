#include "relay/audit_log.h"
#include "support/temporary_folder.h"
#include "support/wait_for.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace {

using nlohmann::json;
using relay::AuditEvent;
using relay::AuditLog;
using support::TemporaryFolder;

class AuditLogTest : public testing::Test {
protected:
    AuditLog open() { return AuditLog::open({.file = m_file}).value(); }
    std::vector<json> lines() const
    {
        std::vector<json> found;
        std::ifstream stream(m_file);
        for (std::string line; std::getline(stream, line);)
            found.push_back(json::parse(line));
        return found;
    }

    TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "audit.jsonl";
};

TEST_F(AuditLogTest, IsOffWithoutAFile)
{
    AuditLog off;
    off.record({.event = AuditEvent::Started});
    EXPECT_TRUE(off.check());
    EXPECT_TRUE(AuditLog::open({}));
    EXPECT_FALSE(AuditLog::open({.file = m_folder.path()}));
}

TEST_F(AuditLogTest, TellsWhoDidWhatWhenAndFromWhere)
{
    edge::JwtClaims claims{.subject = "alice"};
    claims.id = "6f1c";
    {
        auto log = open();
        log.record({.event = AuditEvent::Connected,
                    .identity = "jwt:alice",
                    .claims = &claims,
                    .tunnel = "shop",
                    .client = "203.0.113.9",
                    .connectionId = "c-1"});
        log.record({.event = AuditEvent::Refused,
                    .client = "203.0.113.9",
                    .code = "unauthorized",
                    .reason = "the token \"expired\"\r\n"});
        log.record({.event = AuditEvent::KeysRead, .file = "/etc/keys"});
    }
    const auto found = lines();
    ASSERT_EQ(found.size(), 3U);
    EXPECT_THAT(found[0].value("ts", ""), testing::MatchesRegex("20..-..-..T..:..:..[.]...Z"));
    auto connected = found[0];
    connected.erase("ts");
    EXPECT_EQ(connected, json({{"event", "connected"},
                               {"tunnel_id", "shop"},
                               {"owner", "jwt:alice"},
                               {"token_id", "6f1c"},
                               {"client", "203.0.113.9"},
                               {"connection_id", "c-1"}}));
    EXPECT_EQ(found[1].value("reason", ""), "the token \"expired\"\r\n");
    EXPECT_FALSE(found[1].contains("owner"));
    EXPECT_EQ(found[2].value("file", ""), "/etc/keys");
}

TEST_F(AuditLogTest, WritesEveryEntryOnceAndInOrder)
{
    constexpr int kEntries = 20'000;
    {
        auto log = open();
        for (int i = 0; i < kEntries; ++i)
            log.record({.event = AuditEvent::Refused, .reason = std::to_string(i)});
    }
    const auto found = lines();
    ASSERT_EQ(found.size(), static_cast<std::size_t>(kEntries));
    for (int i = 0; i < kEntries; ++i)
        ASSERT_EQ(found[static_cast<std::size_t>(i)].value("reason", ""), std::to_string(i));
}

TEST_F(AuditLogTest, CountsWhatDoesNotFitTheMemory)
{
    const std::string large(wire::kAuditQueueBytes, 'x');
    {
        auto log = open();
        for (int i = 0; i < 8; ++i)
            log.record({.event = AuditEvent::Refused, .reason = large});
        log.record({.event = AuditEvent::Stopped});
    }
    std::size_t kept = 0;
    std::uint64_t missing = 0;
    for (const auto &file : std::filesystem::directory_iterator(m_folder.path())) {
        std::ifstream stream(file.path());
        for (std::string line; std::getline(stream, line);) {
            const auto entry = json::parse(line);
            kept += entry.value("event", "") == "refused" ? 1U : 0U;
            missing += entry.value("entries", 0U);
        }
    }
    EXPECT_EQ(kept, 0U) << "a line alone is larger than what may wait";
    EXPECT_EQ(missing, 8U);
}

TEST_F(AuditLogTest, SaysWhatCannotBeWritten)
{
    auto log = AuditLog::open({.file = m_file, .fileBytes = 1, .files = 2}).value();
    std::filesystem::remove_all(m_folder.path());
    wire::Result<> checked;
    ASSERT_TRUE(support::eventually([&] {
        log.record({.event = AuditEvent::Started});
        checked = log.check();
        return !checked;
    }));
    EXPECT_THAT(checked.error().message, testing::HasSubstr("audit.jsonl"));
}

TEST(OwnerText, NamesSubjectsAndHidesTokens)
{
    EXPECT_EQ(relay::ownerText(""), "");
    EXPECT_EQ(relay::ownerText("jwt:alice"), "jwt:alice");
    EXPECT_EQ(relay::ownerText(std::string("\x01\xab\xff\0\x10\x20\x30\x40\x50\x60", 10)), "token:01abff0010203040");
}

} // namespace
