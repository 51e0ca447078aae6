#include "settings/tunnels_reader.h"

#include "settings/access_table.h"
#include "settings/toml_reader.h"
#include "wire/limits.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace settings {

using wire::Result;

namespace {

constexpr std::string_view kTunnel = "tunnel";
constexpr std::array<std::string_view, 3> kTopKeys{"server", "token_file", kTunnel};
constexpr std::array<std::string_view, 9> kTunnelKeys{
    "name", "target", "server", "host_header", "upstream_tls", "token_file", "takeover", "autostart", kAccessKey};

// toml++ tells where the header of a table is, not where the table ends.
LineSpan spanOf(const toml::table &table)
{
    LineSpan span{table.source().begin.line, table.source().begin.line};
    for (const auto &[key, value] : table) {
        const auto *below = value.as_table();
        const std::size_t last = below && !below->is_inline() ? spanOf(*below).last : value.source().end.line;
        span.last = std::max(span.last, last);
    }
    return span;
}

class TunnelsReader {
public:
    TunnelsReader(const QString &fileName, NoTunnels none)
        : m_toml(fileName), m_folder(QFileInfo(fileName).dir()), m_none(none)
    {
    }

    Result<TunnelsText> read(std::string_view text);

private:
    void readTop(const toml::table &top);
    void placeTop(const toml::table &top);
    void readTunnel(const toml::table &table);
    void addEntry(const TunnelEntry &entry, const toml::table &table);
    void readTarget(const toml::table &table, Target &target);
    void readTokenFile(const toml::table &table, QString &path);

    TomlReader m_toml;
    QDir m_folder;
    NoTunnels m_none;
    TunnelsText m_text;
};

void TunnelsReader::readTarget(const toml::table &table, Target &target)
{
    const toml::node *node = table.get("target");
    if (!node)
        return m_toml.complain(table.source(),
                               "a [[tunnel]] needs a target, for example target = \"http://localhost:3000\"");
    const auto *number = node->as_integer();
    if (!number)
        return m_toml.readText(table, "target", parseTarget, target);
    auto port = parsePort(std::to_string(number->get()));
    if (!port)
        return m_toml.complain(node->source(), fmt::format("target: {}", port.error().message));
    target = Target{.port = *port};
}

void TunnelsReader::readTokenFile(const toml::table &table, QString &path)
{
    const toml::node *node = table.get("token_file");
    if (!node)
        return;
    const auto *text = node->as_string();
    if (!text)
        return m_toml.complain(node->source(), "token_file must be the path of a file, in quotes");
    path = text->get().empty() ? QString() : m_folder.absoluteFilePath(QString::fromStdString(text->get()));
}

void TunnelsReader::readTunnel(const toml::table &table)
{
    m_toml.refuseUnknownKeys(table, kTunnelKeys, "in [[tunnel]]");
    TunnelEntry entry;
    m_toml.readText(table, "name", parseName, entry.name);
    readTarget(table, entry.target);
    entry.server = m_text.defaults.server;
    m_toml.readText(table, "server", parseServerOrEmbedded, entry.server);
    // The default token belongs to the default server: another server must not see it.
    if (entry.server == m_text.defaults.server)
        entry.tokenFile = m_text.defaults.tokenFile;
    readTokenFile(table, entry.tokenFile);
    m_toml.readText(table, "host_header", parseHostHeader, entry.hostHeader);
    m_toml.readText(table, "upstream_tls", parseUpstreamTls, entry.upstreamTls);
    m_toml.readBool(table, "takeover", entry.takeover);
    m_toml.readBool(table, "autostart", entry.autostart);
    readAccess(m_toml, table, m_folder, entry.access);
    addEntry(entry, table);
}

void TunnelsReader::addEntry(const TunnelEntry &entry, const toml::table &table)
{
    if (auto checked = checkEntry(entry); !checked)
        m_toml.complain(table.source(), checked.error().message);
    const bool taken = !entry.name.isEmpty() && std::ranges::any_of(m_text.entries, [&](const TunnelEntry &other) {
        return other.name == entry.name && other.server == entry.server;
    });
    if (taken)
        m_toml.complain(table.source(), fmt::format("a second [[tunnel]] named \"{}\"", entry.name.toStdString()));
    m_text.entries.append(entry);
    if (!table.is_inline())
        m_text.spans.push_back(spanOf(table));
}

void TunnelsReader::placeTop(const toml::table &top)
{
    for (const auto &[key, value] : top) {
        const LineSpan span{key.source().begin.line, value.source().end.line};
        if (key.str() != kTunnel)
            m_text.lastTopLine = std::max(m_text.lastTopLine, span.last);
        else if (m_text.spans.empty())
            m_text.inlineList = span;
    }
}

void TunnelsReader::readTop(const toml::table &top)
{
    m_toml.refuseUnknownKeys(top, kTopKeys, "at the top of the file");
    m_toml.readText(top, "server", parseServerOrEmbedded, m_text.defaults.server);
    readTokenFile(top, m_text.defaults.tokenFile);
    for (const toml::table *table : m_toml.tables(top, kTunnel, wire::kMaxTunnelsPerFile))
        readTunnel(*table);
    placeTop(top);
    if (m_none == NoTunnels::Refused && !top.contains(kTunnel))
        m_toml.complain({{1, 1}, {1, 1}, nullptr}, "no [[tunnel]] in this file");
}

Result<TunnelsText> TunnelsReader::read(std::string_view text)
{
    m_toml.parse(text, [this](const toml::table &top) { readTop(top); });
    if (auto outcome = m_toml.outcome(); !outcome)
        return std::unexpected(std::move(outcome).error());
    return std::move(m_text);
}

} // namespace

Result<TunnelsText> readTunnelsText(std::string_view text, const QString &fileName, NoTunnels none)
{
    return TunnelsReader(fileName, none).read(text);
}

Result<QUrl> parseServerOrEmbedded(std::string_view text)
{
    return text == kEmbeddedServer ? QUrl() : parseServer(text);
}

} // namespace settings
