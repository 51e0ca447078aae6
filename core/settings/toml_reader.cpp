#include "settings/toml_reader.h"

#include <algorithm>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

void TomlReader::parse(std::string_view text, const std::function<void(const toml::table &)> &read)
{
    try {
        read(toml::parse(text, std::string_view(m_fileName)));
    } catch (const toml::parse_error &error) {
        complain(error.source(), std::string(error.description()));
    }
}

Result<> TomlReader::outcome()
{
    if (m_errors.empty())
        return {};
    std::ranges::stable_sort(m_errors, {}, [](const auto &error) { return error.first; });
    std::string message;
    for (const auto &[line, text] : m_errors)
        message += (message.empty() ? "" : "\n") + text;
    return fail(Code::InvalidRequest, std::move(message));
}

void TomlReader::complain(const toml::source_region &where, const std::string &what)
{
    m_errors.emplace_back(where.begin.line, fmt::format("{}:{}: {}", m_fileName, where.begin.line, what));
}

void TomlReader::refuseUnknownKeys(const toml::table &table, std::span<const std::string_view> known,
                                   std::string_view where)
{
    for (const auto &[key, value] : table) {
        if (std::ranges::find(known, key.str()) == known.end())
            complain(key.source(), fmt::format("unknown key \"{}\" {}", key.str(), where));
    }
}

std::vector<const toml::table *> TomlReader::tables(const toml::table &top, std::string_view key, std::size_t most)
{
    const toml::node *node = top.get(key);
    if (!node)
        return {};
    std::vector<const toml::table *> found;
    const toml::array *list = node->as_array();
    if (!list || !list->is_homogeneous(toml::node_type::table))
        complain(node->source(), fmt::format("write [[{0}]], in double brackets, above each {0}", key));
    else if (list->size() > most)
        complain(node->source(), fmt::format("{} {}s: at most {} fit one file", list->size(), key, most));
    else
        for (const toml::node &table : *list)
            found.push_back(table.as_table());
    return found;
}

void TomlReader::readBool(const toml::table &table, std::string_view key, bool &value)
{
    const toml::node *node = table.get(key);
    if (!node)
        return;
    const auto *flag = node->as_boolean();
    if (!flag)
        return complain(node->source(), fmt::format("{} must be true or false", key));
    value = flag->get();
}

} // namespace settings
