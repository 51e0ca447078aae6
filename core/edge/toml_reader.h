// Reads a TOML document strictly into variables that hold their defaults: what is absent leaves them alone, and a wrong
// type, a value out of range or a key nobody asked for is an error that names key and line. The first error counts;
// after it everything is a no-op. One thread, for the length of one parse.
#pragma once

#include "wire/result.h"

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace edge {

class TomlSection;

class TomlReader {
public:
    [[nodiscard]] static wire::Result<TomlReader> parse(std::string_view text, std::string_view sourceName);

    // Calls `read` for the table of this name, if there is one, and then refuses the keys it did not ask for.
    void section(std::string_view name, const std::function<void(TomlSection &)> &read);
    // Refuses the tables that were not asked for; the outcome of all.
    [[nodiscard]] wire::Result<> finish();

private:
    friend class TomlSection;
    TomlReader(toml::table root, std::string_view sourceName) : m_root(std::move(root)), m_sourceName(sourceName) {}

    void refuseUnknown(const toml::table &table, const std::vector<std::string> &known, std::string_view what);
    void fail(const toml::source_region &where, const std::string &message);

    toml::table m_root;
    std::string m_sourceName;
    std::vector<std::string> m_sections;
    wire::Result<> m_outcome;
};

class TomlSection {
public:
    // Says what is wrong with a text, or replaces it by its normal form.
    using Check = std::function<wire::Result<std::string>(std::string_view)>;

    void text(std::string_view key, std::string &value);
    void text(std::string_view key, std::string &value, const Check &check);
    void texts(std::string_view key, const std::function<wire::Result<>(std::string_view)> &add);
    void flag(std::string_view key, bool &value);
    void duration(std::string_view key, std::chrono::milliseconds &value, std::chrono::milliseconds least);
    // A limit: what was given, or nothing when the key is absent or "off".
    [[nodiscard]] std::optional<double> number(std::string_view key, double least, double most);
    [[nodiscard]] std::optional<std::uint64_t> count(std::string_view key, std::int64_t least, std::int64_t most);
    template <class T>
    void integer(std::string_view key, T &value, std::int64_t least, std::int64_t most)
    {
        static_assert(sizeof(T) <= sizeof(std::int64_t));
        value = static_cast<T>(integerOr(key, static_cast<std::int64_t>(value), least, most));
    }
    template <class T>
    void choice(std::string_view key, T &value, std::initializer_list<std::pair<std::string_view, T>> choices)
    {
        std::string chosen;
        std::string names;
        for (const auto &[name, meaning] : choices)
            names.append(names.empty() ? "" : ", ").append(name);
        text(key, chosen, [&](std::string_view given) -> wire::Result<std::string> {
            for (const auto &[name, meaning] : choices) {
                if (name == given) {
                    value = meaning;
                    return std::string(given);
                }
            }
            return wire::fail(wire::Code::InvalidRequest, "must be one of " + names);
        });
    }
    // An error that concerns the table as a whole.
    void fail(const std::string &message);

private:
    friend class TomlReader;
    TomlSection(TomlReader &reader, std::string_view name, const toml::table &table)
        : m_reader(reader), m_name(name), m_table(table)
    {
    }

    [[nodiscard]] const toml::node *find(std::string_view key);
    [[nodiscard]] std::int64_t integerOr(std::string_view key, std::int64_t value, std::int64_t least,
                                         std::int64_t most);
    void fail(const toml::node &node, std::string_view key, std::string_view problem);
    [[nodiscard]] const toml::node *findUnlessOff(std::string_view key);

    TomlReader &m_reader;
    std::string_view m_name;
    const toml::table &m_table;
    std::vector<std::string> m_known;
};

} // namespace edge
