#include "relay/log.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/ostream_sink.h>

#include <limits>
#include <memory>
#include <regex>
#include <sstream>
#include <string>

namespace {

using relay::Log;
using relay::LogFormat;
using relay::LogLevel;
using testing::HasSubstr;
using testing::Not;

class LogTest : public testing::Test {
protected:
    std::unique_ptr<Log> make(LogFormat format, LogLevel level = LogLevel::Debug)
    {
        return std::make_unique<Log>(relay::LogConfig{level, format},
                                     std::make_shared<spdlog::sinks::ostream_sink_st>(m_stream));
    }
    std::string take()
    {
        auto text = m_stream.str();
        m_stream.str({});
        return text;
    }

    std::ostringstream m_stream;
};

TEST_F(LogTest, WritesText)
{
    const auto log = make(LogFormat::Text);
    log->info("request", {{"request_id", "req_1"}, {"status", 200}, {"ms", 1.5}, {"path", "/a b"}, {"kept", true}});
    EXPECT_TRUE(std::regex_match(
        take(), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info  request request_id=req_1 status=200 ms=1.5 )"
                           R"(path="/a b" kept=true\n)")));
}

TEST_F(LogTest, WritesJson)
{
    const auto log = make(LogFormat::Json);
    const std::string owned = "text";
    log->warn("event", {{"text", owned},
                        {"int", -1},
                        {"big", std::numeric_limits<std::uint64_t>::max()},
                        {"size", std::size_t{7}},
                        {"small", static_cast<unsigned char>(9)},
                        {"real", 0.25},
                        {"nan", std::numeric_limits<double>::quiet_NaN()},
                        {"no", false}});
    const auto line = take();
    EXPECT_EQ(line.back(), '\n');
    const auto json = nlohmann::json::parse(line);
    EXPECT_TRUE(
        std::regex_match(json["ts"].get<std::string>(), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
    EXPECT_EQ(json["level"], "warn");
    EXPECT_EQ(json["event"], "event");
    EXPECT_EQ(json["text"], "text");
    EXPECT_EQ(json["int"], -1);
    EXPECT_EQ(json["big"], std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(json["size"], 7);
    EXPECT_EQ(json["small"], 9);
    EXPECT_EQ(json["real"], 0.25);
    EXPECT_TRUE(json["nan"].is_null());
    EXPECT_EQ(json["no"], false);
}

TEST_F(LogTest, AValueCannotForgeALineOrAField)
{
    const std::string hostile = "a\n2030-01-01T00:00:00.000Z error forged x=\"1\" \\ \x1b[31m \x7f \xc2\x85 \xff";
    const auto text = make(LogFormat::Text);
    text->info("request", {{"path", hostile}, {"next", 1}});
    const auto line = take();
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    for (const char *raw : {"\x1b", "\x7f", "\xc2", "\xff", "x=\"1\""})
        EXPECT_THAT(line, Not(HasSubstr(raw)));
    EXPECT_TRUE(line.ends_with("\" next=1\n"));

    const auto json = make(LogFormat::Json);
    json->info("request", {{"path", hostile}, {"say \"hi\"", "x"}});
    const auto parsed = nlohmann::json::parse(take());
    EXPECT_THAT(parsed["path"].get<std::string>(),
                HasSubstr("a\n2030-01-01T00:00:00.000Z error forged x=\"1\" \\ \x1b[31m"));
    EXPECT_EQ(parsed["say \"hi\""], "x");
}

TEST_F(LogTest, QuotesTextThatWouldReadAsMore)
{
    const auto log = make(LogFormat::Text);
    log->info("e", {{"empty", ""}, {"equals", "a=b"}, {"plain", "/a?b"}, {"quote", "a\"b"}});
    EXPECT_TRUE(take().ends_with(" e empty=\"\" equals=\"a=b\" plain=/a?b quote=\"a\\\"b\"\n"));
}

TEST_F(LogTest, MasksFieldsNamedAfterSecrets)
{
    for (const auto format : {LogFormat::Text, LogFormat::Json}) {
        const auto log = make(format);
        log->error("e",
                   {{"token", "hunter2"}, {"Authorization", "hunter2"}, {"cookie", "hunter2"}, {"password", 12345}});
        const auto line = take();
        EXPECT_THAT(line, Not(HasSubstr("hunter2")));
        EXPECT_THAT(line, Not(HasSubstr("12345")));
        EXPECT_THAT(line, HasSubstr("***"));
    }
}

TEST_F(LogTest, WritesFromItsLevelUp)
{
    struct Case {
        LogLevel level;
        const char *written;
    };
    const Case table[] = {{LogLevel::Debug, "debug info warn error "},
                          {LogLevel::Info, "info warn error "},
                          {LogLevel::Warn, "warn error "},
                          {LogLevel::Error, "error "},
                          {LogLevel::Off, ""}};
    for (const auto &[level, written] : table) {
        const auto log = make(LogFormat::Json, level);
        log->debug("e");
        log->info("e");
        log->warn("e");
        log->error("e");
        std::string levels;
        std::istringstream lines(take());
        for (std::string line; std::getline(lines, line);)
            levels += nlohmann::json::parse(line)["level"].get<std::string>() + " ";
        EXPECT_EQ(levels, written);
        EXPECT_EQ(log->enabled(LogLevel::Info), level <= LogLevel::Info);
        EXPECT_FALSE(log->enabled(LogLevel::Off));
    }
}

} // namespace
