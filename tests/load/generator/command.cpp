#include "command.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace load {

Command Command::parse(std::string_view line)
{
    Command command;
    std::istringstream words{std::string(line)};
    words >> command.m_verb;
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        if (equals == std::string::npos)
            throw std::invalid_argument("\"" + word + "\" is no setting: KEY=VALUE");
        command.m_settings[word.substr(0, equals)] = word.substr(equals + 1);
    }
    if (command.m_verb.empty())
        throw std::invalid_argument("a command without a verb");
    return command;
}

std::string Command::text(std::string_view key) const
{
    const auto found = m_settings.find(key);
    if (found == m_settings.end())
        throw std::invalid_argument(m_verb + " needs " + std::string(key) + "=");
    return found->second;
}

std::string Command::text(std::string_view key, std::string fallback) const
{
    return has(key) ? text(key) : std::move(fallback);
}

double Command::number(std::string_view key) const
{
    const auto value = text(key);
    std::size_t used = 0;
    const auto number = std::stod(value, &used);
    if (used != value.size() || !std::isfinite(number))
        throw std::invalid_argument(std::string(key) + "=" + value + " is no number");
    return number;
}

double Command::number(std::string_view key, double fallback) const
{
    return has(key) ? number(key) : fallback;
}

std::size_t Command::count(std::string_view key) const
{
    const auto value = number(key);
    if (value < 0 || value != std::floor(value))
        throw std::invalid_argument(std::string(key) + "= takes a count");
    return static_cast<std::size_t>(value);
}

std::size_t Command::count(std::string_view key, std::size_t fallback) const
{
    return has(key) ? count(key) : fallback;
}

} // namespace load
