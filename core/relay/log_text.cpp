#include "relay/log_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace relay {

namespace {

bool isPlain(char c) noexcept
{
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

} // namespace

bool isPlainText(std::string_view text) noexcept
{
    return std::ranges::all_of(text, isPlain);
}

void appendQuoted(std::string &out, std::string_view text)
{
    if (isPlainText(text))
        out.append("\"").append(text).append("\"");
    else
        out += nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

void LogClock::appendTo(std::string &out)
{
    using namespace std::chrono;
    const auto now = time_point_cast<milliseconds>(system_clock::now());
    const auto second = floor<seconds>(now);
    if (second.time_since_epoch().count() != m_second) {
        m_second = second.time_since_epoch().count();
        m_text = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(system_clock::to_time_t(second)));
    }
    fmt::format_to(std::back_inserter(out), "{}.{:03}Z", m_text, (now - second).count());
}

} // namespace relay
