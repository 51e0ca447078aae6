#include "settings/app_state.h"

#include "settings/folders.h"
#include "settings/secret_store.h"
#include "settings/small_file.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <fmt/core.h>

#include <algorithm>
#include <limits>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr QLatin1StringView kRelayPort("relay_port");
constexpr QLatin1StringView kTunnels("tunnels");
constexpr QLatin1StringView kName("name");
constexpr QLatin1StringView kUsed("used");
constexpr QLatin1StringView kOpenTunnels("open_tunnels");

constexpr QLatin1StringView kToldExpiries("told_expiries");
constexpr QLatin1StringView kExpiry("exp");
constexpr QLatin1StringView kStage("stage");

quint16 toPort(const QJsonValue &value)
{
    const int port = value.toInt();
    return port > 0 && port <= std::numeric_limits<quint16>::max() ? static_cast<quint16>(port) : quint16{0};
}

AppState fromJson(const QJsonObject &json)
{
    AppState state{.relayPort = toPort(json.value(kRelayPort))};
    const QJsonObject tunnels = json.value(kTunnels).toObject();
    for (auto it = tunnels.begin(); it != tunnels.end(); ++it) {
        const QJsonObject tunnel = it.value().toObject();
        state.tunnels.insert(it.key(), {toPort(tunnel.value(kRelayPort)), tunnel.value(kName).toString(),
                                        QDateTime::fromString(tunnel.value(kUsed).toString(), Qt::ISODateWithMs)});
    }
    const QJsonArray open = json.value(kOpenTunnels).toArray();
    for (const auto &key : open)
        state.openTunnels.insert(key.toString());
    state.openTunnels.remove(QString()); // what is no text
    const QJsonObject told = json.value(kToldExpiries).toObject();
    for (auto it = told.begin(); it != told.end(); ++it) {
        const QJsonObject one = it.value().toObject();
        state.toldExpiries.insert(it.key(), {one.value(kExpiry).toInteger(), one.value(kStage).toInt()});
    }
    return state;
}

QJsonObject toJson(const AppState &state)
{
    QJsonObject tunnels;
    for (auto it = state.tunnels.begin(); it != state.tunnels.end(); ++it) {
        QJsonObject tunnel{{kUsed, it->used.toString(Qt::ISODateWithMs)}};
        if (it->relayPort != 0)
            tunnel.insert(kRelayPort, it->relayPort);
        if (!it->name.isEmpty())
            tunnel.insert(kName, it->name);
        tunnels.insert(it.key(), tunnel);
    }
    QStringList open = state.openTunnels.values();
    open.sort(); // the same state is the same file
    QJsonObject told;
    for (auto it = state.toldExpiries.begin(); it != state.toldExpiries.end(); ++it)
        told.insert(it.key(), QJsonObject{{kExpiry, it->expiry}, {kStage, it->stage}});
    return {{kRelayPort, state.relayPort},
            {kTunnels, tunnels},
            {kOpenTunnels, QJsonArray::fromStringList(open)},
            {kToldExpiries, told}};
}

void forgetOldest(AppState &state)
{
    while (static_cast<std::size_t>(state.tunnels.size()) > wire::kMaxRememberedTunnels)
        state.tunnels.erase(std::ranges::min_element(
            state.tunnels, {}, [](const RememberedTunnel &tunnel) { return tunnel.used.toMSecsSinceEpoch(); }));
    while (static_cast<std::size_t>(state.toldExpiries.size()) > wire::kMaxRememberedExpiries)
        state.toldExpiries.erase(std::ranges::min_element(state.toldExpiries, {}, &ToldExpiry::expiry));
}

} // namespace

QList<quint16> AppState::portsToTry(const QString &key) const
{
    QList<quint16> ports;
    for (const quint16 port : {tunnels.value(key).relayPort, relayPort}) {
        if (port != 0 && !ports.contains(port))
            ports.append(port);
    }
    return ports;
}

void AppState::rememberPort(const QString &key, quint16 port, const QDateTime &now)
{
    relayPort = port;
    RememberedTunnel &tunnel = tunnels[key];
    tunnel.relayPort = tunnel.relayPort == 0 ? port : tunnel.relayPort;
    tunnel.used = now;
}

QString AppState::nameFor(const QString &key, const QDateTime &now)
{
    RememberedTunnel &tunnel = tunnels[key];
    if (!wire::checkTunnelName(tunnel.name.toStdString()))
        tunnel.name = QString::fromStdString(wire::drawTunnelId());
    tunnel.used = now;
    return tunnel.name;
}

QString openKey(const TunnelEntry &entry)
{
    const QString name = entry.name.isEmpty() ? targetText(entry.target) : entry.name;
    const QString server = secretAccount(entry.server);
    return name + u'@' + (server.isEmpty() ? QStringLiteral("embedded") : server);
}

QString stateFolder()
{
    return programFolder("HTTP_TUNNEL_STATE_DIR", "XDG_STATE_HOME", QStringLiteral(".local/state"));
}

AppStateFile::AppStateFile(const QString &folder) : m_path(folder + QStringLiteral("/state.json"))
{
}

Result<AppState> AppStateFile::load() const
{
    const auto text = readSmallFileIfAny(m_path, wire::kMaxStateFileBytes);
    if (!text)
        return std::unexpected(text.error());
    if (text->empty())
        return AppState{};
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    if (!json.isObject())
        return fail(Code::InternalError, fmt::format("{} is damaged", m_path.toStdString()));
    return fromJson(json.object());
}

Result<> AppStateFile::update(const std::function<void(AppState &)> &change) const
{
    if (auto made = makeOwnerFolder(QFileInfo(m_path).path()); !made)
        return made;
    QLockFile lock(m_path + QStringLiteral(".lock"));
    const std::chrono::milliseconds wait = wire::kStateLockTimeout;
    if (!lock.tryLock(static_cast<int>(wait.count())))
        return fail(Code::InternalError, fmt::format("{} is locked by another program", m_path.toStdString()));
    AppState state = load().value_or(AppState{});
    change(state);
    forgetOldest(state);
    return save(state);
}

Result<> AppStateFile::save(const AppState &state) const
{
    return saveSmallFile(m_path, QJsonDocument(toJson(state)).toJson().toStdString());
}

} // namespace settings
