// What the programs remember from run to run so that URLs stay the same: the embedded relay's port and the names it
// drew, and which tunnels the user wants open. A small JSON file in stateFolder(); no secrets. Any thread, but call from one at a time; several processes may
// share the file (each change is made under a lock file).
#pragma once

#include "settings/tunnel_entry.h"
#include "wire/result.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QSet>
#include <QString>

#include <functional>

namespace settings {

// How one local service (the key: its address, "demo", or the path of a tunnels.toml) is exposed.
struct RememberedTunnel {
    quint16 relayPort = 0; // 0: none
    QString name; // empty: none
    QDateTime used; // UTC; the oldest is forgotten first

    friend bool operator==(const RememberedTunnel &, const RememberedTunnel &) = default;
};

// What the user was told of a token that ends, so that each is told once.
struct ToldExpiry {
    qint64 expiry = 0; // of the token, seconds since 1970
    int stage = 0; // how close its end was: the higher, the closer

    friend bool operator==(const ToldExpiry &, const ToldExpiry &) = default;
};

struct AppState {
    quint16 relayPort = 0; // of the last run, tried for a service that was never exposed; 0: none
    QMap<QString, RememberedTunnel> tunnels{};
    QSet<QString> openTunnels{}; // by openKey(): opened again at the next start, after a quit as after a crash

    QMap<QString, ToldExpiry> toldExpiries{}; // by secretAccount()

    // Ports for an embedded relay that exposes `key`: its own, then that of the last run; without the last resort, any.
    [[nodiscard]] QList<quint16> portsToTry(const QString &key) const;
    // The first port becomes the key's own. A later one only stands in for it while somebody else has it.
    void rememberPort(const QString &key, quint16 port, const QDateTime &now);
    // The name `key` had last; a new one is drawn and remembered.
    QString nameFor(const QString &key, const QDateTime &now);

    friend bool operator==(const AppState &, const AppState &) = default;
};

// How openTunnels knows a tunnel: NAME@SERVER, with its target when it has no name, and "embedded" as the server.
[[nodiscard]] QString openKey(const TunnelEntry &entry);

// $HTTP_TUNNEL_STATE_DIR, else $XDG_STATE_HOME/http-tunnel, else ~/.local/state/http-tunnel. Not created yet.
[[nodiscard]] QString stateFolder();

class AppStateFile {
public:
    explicit AppStateFile(const QString &folder);

    // No file gives an empty state. An unreadable or damaged one is an error; the caller says so and goes on without.
    [[nodiscard]] wire::Result<AppState> load() const;
    // Loads, changes and saves in one step, atomically; a damaged file is replaced. Keeps kMaxRememberedTunnels.
    [[nodiscard]] wire::Result<> update(const std::function<void(AppState &)> &change) const;

private:
    [[nodiscard]] wire::Result<> save(const AppState &state) const;

    QString m_path;
};

} // namespace settings
