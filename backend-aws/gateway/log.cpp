#include "gateway/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gateway {

namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 7> kSecretWords{"token",  "secret", "password", "authorization",
                                                       "cookie", "key",    "reply_to"};

std::string_view levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warn: return "warn";
    case LogLevel::Error: break;
    }
    return "error";
}

bool isSecret(std::string_view name)
{
    return std::ranges::any_of(kSecretWords,
                               [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

std::string timeText(Time time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string dump(const ordered_json &json)
{
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// LEVEL event name=value …; each value as JSON writes it, so that it stays on its line.
std::string asText(const ordered_json &line)
{
    std::string text;
    for (const auto &[name, value] : line.items()) {
        const bool plain = name == "time" || name == "level" || name == "event";
        text += text.empty() ? "" : " ";
        text += plain ? value.get<std::string>() : name + "=" + dump(value);
    }
    return text;
}

} // namespace

void Log::write(LogLevel level, std::string_view event, LogFields fields)
{
    if (level < m_settings.logLevel)
        return;
    ordered_json line{{"time", timeText(m_clock())}, {"level", levelName(level)}, {"event", event}};
    if (!m_invocation.empty())
        line["invocation"] = m_invocation;
    for (const auto &[name, value] : fields)
        line[std::string(name)] = isSecret(name) ? ordered_json("***") : ordered_json(value);
    m_write((m_settings.structuredLogging ? dump(line) : asText(line)) + "\n");
}

void Log::metrics(std::string_view line)
{
    if (m_settings.metrics)
        m_write(std::string(line) + "\n");
}

} // namespace gateway
