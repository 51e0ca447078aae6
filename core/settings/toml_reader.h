// One pass over one TOML file of ours: typed reads that gather every mistake with its line, so that the user sees all of
// them at once. Lives for one parse; any thread. Includes toml++, so only sources include this header.
#pragma once

#include "wire/result.h"

#include <QString>
#include <fmt/core.h>
#include <toml++/toml.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace settings {

class TomlReader {
public:
    explicit TomlReader(const QString &fileName) : m_fileName(fileName.toStdString()) {}

    // `read` sees the table at the top; a syntax error is gathered like any other mistake.
    void parse(std::string_view text, const std::function<void(const toml::table &)> &read);
    // Nothing, or InvalidRequest with a line "FILE:LINE: what" for each mistake, in the file's order.
    [[nodiscard]] wire::Result<> outcome();

    void complain(const toml::source_region &where, const std::string &what);
    void refuseUnknownKeys(const toml::table &table, std::span<const std::string_view> known, std::string_view where);
    // Those of [[key]], in order; none when the key is not there.
    [[nodiscard]] std::vector<const toml::table *> tables(const toml::table &top, std::string_view key,
                                                          std::size_t most);
    // A key that is not there leaves the value as it is; so does a mistake.
    template <class T>
    void readText(const toml::table &table, std::string_view key, wire::Result<T> (*convert)(std::string_view),
                  T &value);
    // A list of texts; those that are right are kept.
    template <class T>
    void readTexts(const toml::table &table, std::string_view key, wire::Result<T> (*convert)(std::string_view),
                   std::vector<T> &values);
    void readBool(const toml::table &table, std::string_view key, bool &value);

private:
    std::string m_fileName;
    std::vector<std::pair<std::uint32_t, std::string>> m_errors; // line, whole message
};

template <class T>
void TomlReader::readText(const toml::table &table, std::string_view key, wire::Result<T> (*convert)(std::string_view),
                          T &value)
{
    const toml::node *node = table.get(key);
    if (!node)
        return;
    const auto *text = node->as_string();
    if (!text)
        return complain(node->source(), fmt::format("{} must be a text in quotes", key));
    auto parsed = convert(text->get());
    if (!parsed)
        return complain(node->source(), fmt::format("{}: {}", key, parsed.error().message));
    value = *std::move(parsed);
}

template <class T>
void TomlReader::readTexts(const toml::table &table, std::string_view key, wire::Result<T> (*convert)(std::string_view),
                           std::vector<T> &values)
{
    const toml::node *node = table.get(key);
    if (!node)
        return;
    const auto *list = node->as_array();
    if (!list)
        return complain(node->source(), fmt::format("{} must be a list of texts: [\"…\", \"…\"]", key));
    for (const toml::node &item : *list) {
        const auto *text = item.as_string();
        auto parsed =
            text ? convert(text->get()) : wire::fail(wire::Code::InvalidRequest, "every item must be a text in quotes");
        if (!parsed)
            complain(item.source(), fmt::format("{}: {}", key, parsed.error().message));
        else
            values.push_back(*std::move(parsed));
    }
}

} // namespace settings
