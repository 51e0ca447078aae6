// Structured log lines for CloudWatch: a time, a level, an event and named fields, as one JSON object a line, or as text. Values
// are escaped, so nothing a visitor sends can forge a line; fields named after a secret print as ***. Bodies and tokens are
// never given to it. Owned by main, borrowed by all; one thread.
#pragma once

#include "gateway/reservation.h"
#include "gateway/settings.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace gateway {

using LogFields = std::initializer_list<std::pair<std::string_view, nlohmann::json>>;

class Log {
public:
    using Write = std::function<void(std::string_view line)>; // the line ends with '\n'

    Log(Write write, std::function<Time()> clock) : m_write(std::move(write)), m_clock(std::move(clock)) {}

    void configure(const ObservabilitySettings &settings) { m_settings = settings; }
    // AWS's own id of the invocation; in each line from now on.
    void setInvocation(std::string id) { m_invocation = std::move(id); }

    void debug(std::string_view event, LogFields fields = {}) { write(LogLevel::Debug, event, fields); }
    void info(std::string_view event, LogFields fields = {}) { write(LogLevel::Info, event, fields); }
    void warn(std::string_view event, LogFields fields = {}) { write(LogLevel::Warn, event, fields); }
    void error(std::string_view event, LogFields fields = {}) { write(LogLevel::Error, event, fields); }
    // A line that CloudWatch makes metrics of (metrics.h); nothing when they are off.
    void metrics(std::string_view line);

private:
    void write(LogLevel level, std::string_view event, LogFields fields);

    Write m_write;
    std::function<Time()> m_clock;
    ObservabilitySettings m_settings;
    std::string m_invocation;
};

} // namespace gateway
