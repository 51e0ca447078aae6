// Structured log lines on stderr: a time, a level, an event and named fields, as text or as one JSON object a line.
// Values are escaped, so nothing a visitor sends can forge a line. Fields named after a secret print as ***. Owned by
// main, borrowed by all; used on the relay's thread only.
#pragma once

#include "relay/config.h"
#include "relay/log_text.h"
#include "wire/secret.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace spdlog {
class logger;
namespace sinks {
class sink;
}
} // namespace spdlog

namespace relay {

// Borrows its name and text for the call: log.info("request", {{"request_id", id}, {"status", 200}}).
class LogField {
public:
    using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;

    LogField(std::string_view name, std::string_view value) : m_name(name), m_value(value) {}
    LogField(std::string_view name, const char *value) : m_name(name), m_value(std::string_view(value)) {}
    LogField(std::string_view name, const std::string &value) : m_name(name), m_value(std::string_view(value)) {}
    LogField(std::string_view name, const wire::Secret &value) = delete; // not even by mistake
    LogField(std::string_view name, bool value) : m_name(name), m_value(value) {}
    LogField(std::string_view name, double value) : m_name(name), m_value(value) {}
    template <class T>
        requires(std::is_integral_v<T> && std::is_signed_v<T>)
    LogField(std::string_view name, T value) : m_name(name), m_value(std::int64_t{value})
    {
    }
    template <class T>
        requires(std::is_integral_v<T> && std::is_unsigned_v<T> && !std::is_same_v<T, bool>)
    LogField(std::string_view name, T value) : m_name(name), m_value(std::uint64_t{value})
    {
    }

    [[nodiscard]] std::string_view name() const noexcept { return m_name; }
    [[nodiscard]] const Value &value() const noexcept { return m_value; }

private:
    std::string_view m_name;
    Value m_value;
};

using LogFields = std::initializer_list<LogField>;

class Log {
public:
    explicit Log(const LogConfig &config); // to stderr
    Log(const LogConfig &config, std::shared_ptr<spdlog::sinks::sink> sink);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    // Ask before gathering fields that cost something.
    [[nodiscard]] bool enabled(LogLevel level) const noexcept { return level >= m_level && level != LogLevel::Off; }

    void debug(std::string_view event, LogFields fields = {}) { write(LogLevel::Debug, event, fields); }
    void info(std::string_view event, LogFields fields = {}) { write(LogLevel::Info, event, fields); }
    void warn(std::string_view event, LogFields fields = {}) { write(LogLevel::Warn, event, fields); }
    void error(std::string_view event, LogFields fields = {}) { write(LogLevel::Error, event, fields); }

private:
    void write(LogLevel level, std::string_view event, LogFields fields);
    void appendText(LogLevel level, std::string_view event, LogFields fields);
    void appendJson(LogLevel level, std::string_view event, LogFields fields);
    void appendValue(const LogField &field);

    LogLevel m_level;
    LogFormat m_format;
    std::shared_ptr<spdlog::logger> m_logger;
    std::string m_line; // reused
    LogClock m_clock;
};

} // namespace relay
