#include "relay/log.h"

#include "wire/http_head.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace relay {

namespace {

constexpr std::string_view kMasked = "***";
constexpr std::array<std::string_view, 7> kSecretNames{"token",    "authorization", "cookie", "set-cookie",
                                                       "password", "private_key",   "secret"};

bool isSecret(std::string_view name) noexcept
{
    return std::ranges::any_of(kSecretNames,
                               [&](std::string_view secret) { return wire::sameFieldName(name, secret); });
}

spdlog::level::level_enum spdlogLevel(LogLevel level) noexcept
{
    switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warn: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    case LogLevel::Off: break;
    }
    return spdlog::level::off;
}

std::string_view levelName(LogLevel level) noexcept
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warn: return "warn";
    case LogLevel::Error: return "error";
    case LogLevel::Off: break;
    }
    return "off";
}

void appendWord(std::string &out, std::string_view text)
{
    const bool bare = !text.empty() && isPlainText(text) && text.find_first_of(" =") == std::string_view::npos;
    if (bare)
        out += text;
    else
        appendQuoted(out, text);
}

class ValueWriter {
public:
    ValueWriter(std::string &out, LogFormat format) : m_out(out), m_format(format) {}

    void operator()(std::string_view text) const
    {
        if (m_format == LogFormat::Json)
            appendQuoted(m_out, text);
        else
            appendWord(m_out, text);
    }
    void operator()(double number) const
    {
        if (std::isfinite(number))
            fmt::format_to(std::back_inserter(m_out), "{}", number);
        else
            m_out += "null";
    }
    void operator()(bool value) const { m_out += value ? "true" : "false"; }
    void operator()(std::int64_t number) const { fmt::format_to(std::back_inserter(m_out), "{}", number); }
    void operator()(std::uint64_t number) const { fmt::format_to(std::back_inserter(m_out), "{}", number); }

private:
    std::string &m_out;
    LogFormat m_format;
};

} // namespace

Log::Log(const LogConfig &config) : Log(config, std::make_shared<spdlog::sinks::stderr_sink_mt>())
{
}

Log::Log(const LogConfig &config, std::shared_ptr<spdlog::sinks::sink> sink)
    : m_level(config.level),
      m_format(config.format),
      m_logger(std::make_shared<spdlog::logger>("relay", std::move(sink)))
{
    m_logger->set_pattern("%v"); // the line is made here, so that text and JSON carry the same
    m_logger->set_level(spdlogLevel(config.level));
}

Log::~Log() = default;

void Log::appendText(LogLevel level, std::string_view event, LogFields fields)
{
    m_clock.appendTo(m_line);
    fmt::format_to(std::back_inserter(m_line), " {:<5} ", levelName(level));
    appendWord(m_line, event);
    for (const auto &field : fields) {
        m_line.append(" ").append(field.name()).append("=");
        appendValue(field);
    }
}

void Log::appendJson(LogLevel level, std::string_view event, LogFields fields)
{
    m_line += "{\"ts\":\"";
    m_clock.appendTo(m_line);
    m_line.append("\",\"level\":\"").append(levelName(level)).append("\",\"event\":");
    appendQuoted(m_line, event);
    for (const auto &field : fields) {
        m_line += ',';
        appendQuoted(m_line, field.name());
        m_line += ':';
        appendValue(field);
    }
    m_line += '}';
}

void Log::appendValue(const LogField &field)
{
    const ValueWriter writer(m_line, m_format);
    if (isSecret(field.name()))
        writer(kMasked);
    else
        std::visit(writer, field.value());
}

void Log::write(LogLevel level, std::string_view event, LogFields fields)
{
    if (!enabled(level))
        return;
    m_line.clear();
    if (m_format == LogFormat::Json)
        appendJson(level, event, fields);
    else
        appendText(level, event, fields);
    m_logger->log(spdlogLevel(level), spdlog::string_view_t(m_line.data(), m_line.size()));
}

} // namespace relay
