#include "edge/toml_reader.h"

#include "wire/limits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace edge {

namespace {

std::string atLine(std::string_view source, const toml::source_region &where, std::string_view message)
{
    return where.begin ? fmt::format("{}:{}: {}", source, where.begin.line, message)
                       : fmt::format("{}: {}", source, message);
}

} // namespace

wire::Result<TomlReader> TomlReader::parse(std::string_view text, std::string_view sourceName)
{
    try {
        return TomlReader(toml::parse(text, sourceName), sourceName);
    } catch (const toml::parse_error &error) {
        return wire::fail(wire::Code::InvalidRequest, atLine(sourceName, error.source(), error.description()));
    }
}

void TomlReader::fail(const toml::source_region &where, const std::string &message)
{
    if (m_outcome)
        m_outcome = wire::fail(wire::Code::InvalidRequest, atLine(m_sourceName, where, message));
}

void TomlReader::refuseUnknown(const toml::table &table, const std::vector<std::string> &known, std::string_view what)
{
    for (const auto &[key, node] : table) {
        if (std::ranges::find(known, key.str()) == known.end()) {
            fail(key.source(), fmt::format("unknown {} \"{}\" (known: {})", what, key.str(), fmt::join(known, ", ")));
            return;
        }
    }
}

void TomlReader::section(std::string_view name, const std::function<void(TomlSection &)> &read)
{
    m_sections.emplace_back(name);
    const auto *node = m_root.get(name);
    if (node == nullptr || !m_outcome)
        return;
    if (!node->is_table()) {
        fail(node->source(), fmt::format("{} must be a table: write [{}] on a line of its own", name, name));
        return;
    }
    TomlSection section(*this, name, *node->as_table());
    read(section);
    refuseUnknown(section.m_table, section.m_known, fmt::format("key in [{}]:", name));
}

wire::Result<> TomlReader::finish()
{
    refuseUnknown(m_root, m_sections, "table or key");
    return m_outcome;
}

const toml::node *TomlSection::find(std::string_view key)
{
    m_known.emplace_back(key);
    return m_table.get(key);
}

void TomlSection::fail(const toml::node &node, std::string_view key, std::string_view problem)
{
    m_reader.fail(node.source(), fmt::format("{}.{}: {}", m_name, key, problem));
}

void TomlSection::fail(const std::string &message)
{
    m_reader.fail(m_table.source(), fmt::format("[{}]: {}", m_name, message));
}

void TomlSection::text(std::string_view key, std::string &value)
{
    text(key, value, [](std::string_view given) -> wire::Result<std::string> { return std::string(given); });
}

void TomlSection::text(std::string_view key, std::string &value, const Check &check)
{
    const auto *node = find(key);
    if (node == nullptr)
        return;
    const auto given = node->value_exact<std::string_view>();
    if (!given)
        return fail(*node, key, "must be a text in quotes");
    auto checked = check(*given);
    if (!checked)
        return fail(*node, key, checked.error().message);
    value = std::move(*checked);
}

void TomlSection::texts(std::string_view key, const std::function<wire::Result<>(std::string_view)> &add)
{
    const auto *node = find(key);
    if (node == nullptr)
        return;
    if (!node->is_array())
        return fail(*node, key, "must be a list of texts, for example [\"one\", \"two\"]");
    for (const auto &element : *node->as_array()) {
        const auto given = element.value_exact<std::string_view>();
        if (!given)
            return fail(element, key, "must hold texts in quotes only");
        if (const auto added = add(*given); !added)
            return fail(element, key, added.error().message);
    }
}

void TomlSection::flag(std::string_view key, bool &value)
{
    const auto *node = find(key);
    if (node == nullptr)
        return;
    const auto given = node->value_exact<bool>();
    if (!given)
        return fail(*node, key, "must be true or false");
    value = *given;
}

void TomlSection::duration(std::string_view key, std::chrono::milliseconds &value, std::chrono::milliseconds least)
{
    using Seconds = std::chrono::duration<double>;
    const auto *node = find(key);
    if (node == nullptr)
        return;
    const auto given = node->value<double>(); // whole or fractional
    if (!given || !node->is_number())
        return fail(*node, key, "must be a number of seconds");
    const double lowest = Seconds(least).count();
    const double highest = Seconds(wire::kMaxConfigTimeout).count();
    if (!(*given >= lowest && *given <= highest))
        return fail(*node, key, fmt::format("must be {} to {} seconds", lowest, highest));
    value = std::chrono::milliseconds(std::llround(*given * 1000.0));
}

const toml::node *TomlSection::findUnlessOff(std::string_view key)
{
    const auto *node = find(key);
    return node != nullptr && node->value_exact<std::string_view>() == "off" ? nullptr : node;
}

std::optional<double> TomlSection::number(std::string_view key, double least, double most)
{
    const auto *node = findUnlessOff(key);
    if (node == nullptr)
        return std::nullopt;
    const auto given = node->value<double>(); // whole or fractional
    if (given && node->is_number() && *given >= least && *given <= most)
        return given;
    fail(*node, key, fmt::format("must be a number, {:.4g} to {:.4g}, or \"off\"", least, most));
    return std::nullopt;
}

std::optional<std::uint64_t> TomlSection::count(std::string_view key, std::int64_t least, std::int64_t most)
{
    const auto *node = findUnlessOff(key);
    if (node == nullptr)
        return std::nullopt;
    const auto given = node->value_exact<std::int64_t>();
    if (given && *given >= least && *given <= most)
        return static_cast<std::uint64_t>(*given);
    fail(*node, key, fmt::format("must be a whole number, {} to {}, or \"off\"", least, most));
    return std::nullopt;
}

std::int64_t TomlSection::integerOr(std::string_view key, std::int64_t value, std::int64_t least, std::int64_t most)
{
    const auto *node = find(key);
    if (node == nullptr)
        return value;
    const auto given = node->value_exact<std::int64_t>();
    if (given && *given >= least && *given <= most)
        return *given;
    fail(*node, key, fmt::format("must be a whole number, {} to {}", least, most));
    return value;
}

} // namespace edge
