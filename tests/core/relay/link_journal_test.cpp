#include "relay/link_journal.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/ostream_sink.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace {

using nlohmann::json;
using relay::LinkJournal;
using testing::ElementsAre;
using wire::Code;

class LinkJournalTest : public testing::Test {
protected:
    // What a link writes: "event code" of each line.
    template <class Life>
    std::vector<std::string> linesOf(Life life)
    {
        {
            auto log = relay::AuditLog::open({.file = m_file}).value();
            LinkJournal journal(m_log, log, {m_owner, m_connectionId, m_tunnel});
            life(journal);
        }
        std::vector<std::string> lines;
        std::ifstream stream(m_file);
        for (std::string line; std::getline(stream, line);) {
            m_last = json::parse(line);
            lines.push_back(m_last.value("event", "") + " " + m_last.value("code", ""));
        }
        return lines;
    }

    support::TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "audit";
    relay::TunnelRegistry::Owner m_owner{"jwt:alice", "203.0.113.9", nullptr};
    const std::string m_connectionId = "c-1";
    std::string m_tunnel;
    json m_last;
    std::ostringstream m_text; // of the other log
    relay::Log m_log{relay::LogConfig{}, std::make_shared<spdlog::sinks::ostream_sink_st>(m_text)};
};

TEST_F(LinkJournalTest, OneThatIsNeverUpIsRefusedOnly)
{
    EXPECT_THAT(linesOf([](LinkJournal &journal) { journal.refused({Code::NameTaken, "why"}); }),
                ElementsAre("refused name_taken"));
    EXPECT_EQ(m_last.value("owner", ""), "jwt:alice");
    EXPECT_EQ(m_last.value("reason", ""), "why");
    EXPECT_EQ(m_last.value("client", ""), "203.0.113.9");
    EXPECT_EQ(m_last.value("connection_id", ""), "c-1");
    EXPECT_FALSE(m_last.contains("tunnel_id"));
}

TEST_F(LinkJournalTest, OneThatIsUpEndsByWhatEndedIt)
{
    const std::pair<Code, std::string> table[] = {{Code::NameTaken, "taken_over name_taken"},
                                                  {Code::Unauthorized, "revoked unauthorized"}};
    for (const auto &[code, expected] : table) {
        std::filesystem::remove(m_file);
        m_tunnel.clear();
        const auto lines = linesOf([&, code = code](LinkJournal &journal) {
            m_tunnel = "shop";
            journal.online();
            journal.refused({code, "why"});
            journal.lost();
        });
        EXPECT_THAT(lines, ElementsAre("connected ", expected, "disconnected " + std::string(wire::codeName(code))));
        EXPECT_EQ(m_last.value("tunnel_id", ""), "shop");
        for (const auto *event :
             {"tunnel_online tunnel_id=shop", "link_refused client=203.0.113.9", "link_lost tunnel_id=shop"})
            EXPECT_THAT(m_text.str(), testing::HasSubstr(event));
    }
}

TEST_F(LinkJournalTest, AFaultIsToldWithItsEnd)
{
    m_tunnel = "shop";
    EXPECT_THAT(linesOf([](LinkJournal &journal) {
                    journal.refused({Code::ProtocolError, "a bad frame"});
                    journal.lost();
                }),
                ElementsAre("disconnected protocol_error"));
    EXPECT_EQ(m_last.value("reason", ""), "a bad frame");
}

} // namespace
