// One line of the generator's standard input: a verb and its settings, `visit id=3 rate=5000 seconds=60`. Only the
// driver in tests/load writes them, so what is missing or wrong is an exception that ends the program.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace load {

class Command {
public:
    [[nodiscard]] static Command parse(std::string_view line);

    [[nodiscard]] const std::string &verb() const noexcept { return m_verb; }
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key, std::string fallback) const;
    [[nodiscard]] double number(std::string_view key) const;
    [[nodiscard]] double number(std::string_view key, double fallback) const;
    [[nodiscard]] std::size_t count(std::string_view key) const; // a number that is whole and not negative
    [[nodiscard]] std::size_t count(std::string_view key, std::size_t fallback) const;

private:
    [[nodiscard]] bool has(std::string_view key) const { return m_settings.contains(key); }

    std::string m_verb;
    std::map<std::string, std::string, std::less<>> m_settings;
};

} // namespace load
