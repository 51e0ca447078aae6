#include "settings/preferences.h"

#include "settings/folders.h"
#include "settings/secret_store.h"
#include "settings/small_file.h"
#include "settings/toml_reader.h"
#include "settings/toml_text.h"
#include "settings/tunnel_entry.h"
#include "wire/limits.h"

#include <algorithm>
#include <array>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kServer = "server";
constexpr std::array<std::string_view, 6> kTopKeys{"appearance",    "close_to_tray", "close_explained",
                                                   "notifications", "record_bodies", kServer};
constexpr std::array<std::string_view, 2> kServerKeys{"url", "label"};
constexpr std::array<std::pair<Appearance, std::string_view>, 3> kAppearances{
    {{Appearance::System, "system"}, {Appearance::Light, "light"}, {Appearance::Dark, "dark"}}};

Result<Appearance> parseAppearance(std::string_view text)
{
    const auto found = std::ranges::find(kAppearances, text, &std::pair<Appearance, std::string_view>::second);
    if (found == kAppearances.end())
        return fail(Code::InvalidRequest, fmt::format("\"{}\": write system, light or dark", text));
    return found->first;
}

QString appearanceText(Appearance appearance)
{
    const auto found = std::ranges::find(kAppearances, appearance, &std::pair<Appearance, std::string_view>::first);
    return QString::fromLatin1(found->second.data(), static_cast<qsizetype>(found->second.size()));
}

Result<QString> parseLabel(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void readServer(TomlReader &toml, const toml::table &table, QList<Server> &servers)
{
    toml.refuseUnknownKeys(table, kServerKeys, "in [[server]]");
    Server server;
    toml.readText(table, "url", parseServer, server.url);
    toml.readText(table, "label", parseLabel, server.label);
    if (!table.contains("url"))
        toml.complain(table.source(), "a [[server]] needs a url, for example url = \"https://relay.example.com\"");
    const QString account = secretAccount(server.url);
    const bool known = std::ranges::any_of(
        servers, [&](const Server &other) { return !account.isEmpty() && secretAccount(other.url) == account; });
    if (known)
        toml.complain(table.source(), fmt::format("a second [[server]] with the url {}", account.toStdString()));
    servers.append(server);
}

Preferences readTop(TomlReader &toml, const toml::table &top)
{
    Preferences preferences;
    toml.refuseUnknownKeys(top, kTopKeys, "at the top of the file");
    toml.readText(top, "appearance", parseAppearance, preferences.appearance);
    toml.readBool(top, "close_to_tray", preferences.closeToTray);
    toml.readBool(top, "close_explained", preferences.closeExplained);
    toml.readBool(top, "notifications", preferences.notifications);
    toml.readBool(top, "record_bodies", preferences.recordBodies);
    for (const toml::table *table : toml.tables(top, kServer, wire::kMaxServers))
        readServer(toml, *table, preferences.servers);
    return preferences;
}

Result<Preferences> parse(std::string_view text, const QString &fileName)
{
    TomlReader toml(fileName);
    Preferences preferences;
    toml.parse(text, [&](const toml::table &top) { preferences = readTop(toml, top); });
    if (auto outcome = toml.outcome(); !outcome)
        return std::unexpected(std::move(outcome).error());
    return preferences;
}

std::string toText(const Preferences &preferences)
{
    std::string out = "# Settings of HTTP Tunnel. The program writes this file anew: comments do not stay.\n";
    out += tomlLine("appearance", appearanceText(preferences.appearance));
    out += tomlLine("close_to_tray", preferences.closeToTray);
    out += tomlLine("close_explained", preferences.closeExplained);
    out += tomlLine("notifications", preferences.notifications);
    out += tomlLine("record_bodies", preferences.recordBodies);
    for (const Server &server : preferences.servers) {
        out += "\n[[server]]\n" + tomlLine("url", server.url.toString(QUrl::FullyEncoded));
        if (!server.label.isEmpty())
            out += tomlLine("label", server.label);
    }
    return out;
}

} // namespace

QString configFolder()
{
    return programFolder("HTTP_TUNNEL_CONFIG_DIR", "XDG_CONFIG_HOME", QStringLiteral(".config"));
}

QString defaultTunnelsPath()
{
    return configFolder() + QStringLiteral("/tunnels.toml");
}

PreferencesFile::PreferencesFile(const QString &folder) : m_path(folder + QStringLiteral("/settings.toml"))
{
}

Result<Preferences> PreferencesFile::load() const
{
    const auto text = readSmallFileIfAny(m_path, wire::kMaxSettingsFileBytes);
    if (!text)
        return std::unexpected(text.error());
    return parse(*text, m_path);
}

Result<> PreferencesFile::save(const Preferences &preferences) const
{
    const std::string text = toText(preferences);
    if (const auto readable = parse(text, m_path); !readable)
        return fail(Code::InvalidRequest, "nothing was saved: " + readable.error().message);
    return saveSmallFile(m_path, text);
}

} // namespace settings
