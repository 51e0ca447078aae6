#include "settings/tunnels_file.h"

#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::array<std::string_view, 3> kTopKeys{"server", "token_file", "tunnel"};
constexpr std::array<std::string_view, 8> kTunnelKeys{"name",         "target",     "server",   "host_header",
                                                      "upstream_tls", "token_file", "takeover", "autostart"};

// One pass over one parsed file: fills the entries and gathers every error with its line.
class TunnelsReader {
public:
    explicit TunnelsReader(const QString &fileName)
        : m_fileName(fileName.toStdString()), m_folder(QFileInfo(fileName).dir())
    {
    }

    Result<QList<TunnelEntry>> read(std::string_view text);

private:
    void readTop(const toml::table &top);
    void readTunnel(const toml::table &table);
    void refuseUnknownKeys(const toml::table &table, std::span<const std::string_view> known, std::string_view where);
    void addEntry(const TunnelEntry &entry, const toml::table &table);

    template <class T>
    void readText(const toml::table &table, std::string_view key, Result<T> (*parse)(std::string_view), T &value);
    void readTarget(const toml::table &table, Target &target);
    void readTokenFile(const toml::table &table, QString &path);
    void readBool(const toml::table &table, std::string_view key, bool &value);

    void complain(const toml::source_region &where, const std::string &what);
    Result<QList<TunnelEntry>> outcome();

    std::string m_fileName;
    QDir m_folder;
    QUrl m_server;
    QString m_tokenFile;
    QList<TunnelEntry> m_entries;
    std::vector<std::pair<std::uint32_t, std::string>> m_errors; // line, whole message
};

void TunnelsReader::complain(const toml::source_region &where, const std::string &what)
{
    m_errors.emplace_back(where.begin.line, fmt::format("{}:{}: {}", m_fileName, where.begin.line, what));
}

void TunnelsReader::refuseUnknownKeys(const toml::table &table, std::span<const std::string_view> known,
                                      std::string_view where)
{
    for (const auto &[key, value] : table) {
        if (std::ranges::find(known, key.str()) == known.end())
            complain(key.source(), fmt::format("unknown key \"{}\" {}", key.str(), where));
    }
}

template <class T>
void TunnelsReader::readText(const toml::table &table, std::string_view key, Result<T> (*parse)(std::string_view),
                             T &value)
{
    const toml::node *node = table.get(key);
    if (!node)
        return;
    const auto *text = node->as_string();
    if (!text)
        return complain(node->source(), fmt::format("{} must be a text in quotes", key));
    auto parsed = parse(text->get());
    if (!parsed)
        return complain(node->source(), fmt::format("{}: {}", key, parsed.error().message));
    value = *std::move(parsed);
}

void TunnelsReader::readTarget(const toml::table &table, Target &target)
{
    const toml::node *node = table.get("target");
    if (!node)
        return complain(table.source(), "a [[tunnel]] needs a target, for example target = \"http://localhost:3000\"");
    const auto *number = node->as_integer();
    if (!number)
        return readText(table, "target", parseTarget, target);
    auto port = parsePort(std::to_string(number->get()));
    if (!port)
        return complain(node->source(), fmt::format("target: {}", port.error().message));
    target = Target{.port = *port};
}

void TunnelsReader::readTokenFile(const toml::table &table, QString &path)
{
    const toml::node *node = table.get("token_file");
    if (!node)
        return;
    const auto *text = node->as_string();
    if (!text || text->get().empty())
        return complain(node->source(), "token_file must be the path of a file, in quotes");
    path = m_folder.absoluteFilePath(QString::fromStdString(text->get()));
}

void TunnelsReader::readBool(const toml::table &table, std::string_view key, bool &value)
{
    const toml::node *node = table.get(key);
    if (!node)
        return;
    const auto *flag = node->as_boolean();
    if (!flag)
        return complain(node->source(), fmt::format("{} must be true or false", key));
    value = flag->get();
}

void TunnelsReader::readTunnel(const toml::table &table)
{
    refuseUnknownKeys(table, kTunnelKeys, "in [[tunnel]]");
    TunnelEntry entry;
    readText(table, "name", parseName, entry.name);
    readTarget(table, entry.target);
    entry.server = m_server;
    readText(table, "server", parseServer, entry.server);
    // The default token belongs to the default server: another server must not see it.
    if (entry.server == m_server)
        entry.tokenFile = m_tokenFile;
    readTokenFile(table, entry.tokenFile);
    readText(table, "host_header", parseHostHeader, entry.hostHeader);
    readText(table, "upstream_tls", parseUpstreamTls, entry.upstreamTls);
    readBool(table, "takeover", entry.takeover);
    readBool(table, "autostart", entry.autostart);
    addEntry(entry, table);
}

void TunnelsReader::addEntry(const TunnelEntry &entry, const toml::table &table)
{
    if (auto checked = checkEntry(entry); !checked)
        complain(table.source(), checked.error().message);
    const bool taken = !entry.name.isEmpty() && std::ranges::any_of(m_entries, [&](const TunnelEntry &other) {
        return other.name == entry.name && other.server == entry.server;
    });
    if (taken)
        complain(table.source(), fmt::format("a second [[tunnel]] named \"{}\"", entry.name.toStdString()));
    m_entries.append(entry);
}

void TunnelsReader::readTop(const toml::table &top)
{
    refuseUnknownKeys(top, kTopKeys, "at the top of the file");
    readText(top, "server", parseServer, m_server);
    readTokenFile(top, m_tokenFile);
    const toml::node *tunnels = top.get("tunnel");
    if (!tunnels)
        return complain({{1, 1}, {1, 1}, nullptr}, "no [[tunnel]] in this file");
    const toml::array *list = tunnels->as_array();
    if (!list || !list->is_homogeneous(toml::node_type::table))
        return complain(tunnels->source(), "write [[tunnel]], in double brackets, above each tunnel");
    if (list->size() > wire::kMaxTunnelsPerFile)
        return complain(tunnels->source(),
                        fmt::format("{} tunnels: at most {} fit one file", list->size(), wire::kMaxTunnelsPerFile));
    for (const toml::node &node : *list)
        readTunnel(*node.as_table());
}

Result<QList<TunnelEntry>> TunnelsReader::outcome()
{
    if (m_errors.empty())
        return m_entries;
    std::ranges::stable_sort(m_errors, {}, [](const auto &error) { return error.first; });
    std::string message;
    for (const auto &[line, text] : m_errors)
        message += (message.empty() ? "" : "\n") + text;
    return fail(Code::InvalidRequest, std::move(message));
}

Result<QList<TunnelEntry>> TunnelsReader::read(std::string_view text)
{
    try {
        readTop(toml::parse(text, std::string_view(m_fileName)));
    } catch (const toml::parse_error &error) {
        complain(error.source(), std::string(error.description()));
    }
    return outcome();
}

} // namespace

Result<QList<TunnelEntry>> parseTunnels(std::string_view text, const QString &fileName)
{
    return TunnelsReader(fileName).read(text);
}

Result<QList<TunnelEntry>> readTunnelsFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::InvalidRequest, fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    const QByteArray text = file.read(static_cast<qint64>(wire::kMaxTunnelsFileBytes) + 1);
    if (static_cast<std::size_t>(text.size()) > wire::kMaxTunnelsFileBytes)
        return fail(Code::InvalidRequest,
                    fmt::format("{}: larger than {} KiB", path.toStdString(), wire::kMaxTunnelsFileBytes / wire::kKiB));
    return parseTunnels({text.constData(), static_cast<std::size_t>(text.size())}, path);
}

} // namespace settings
