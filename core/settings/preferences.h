// What the user set for the whole program, with its defaults, on one page. Tunnels are in tunnels.toml, tokens in the
// SecretStore, the places of windows in window_state.h.
#pragma once

#include "wire/result.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <cstdint>

namespace settings {

enum class Appearance : std::uint8_t { System, Light, Dark };

// A public side the user may send tunnels through, beside the embedded relay.
struct Server {
    QUrl url;      // as parseServer() takes it
    QString label; // for people; empty: the host

    friend bool operator==(const Server &, const Server &) = default;
};

struct Preferences {
    Appearance appearance = Appearance::System;
    bool closeToTray = true;      // closing the window leaves the tunnels open, where there is a tray
    bool closeExplained = false;  // the user has been told so once
    bool notifications = true;    // a tunnel down for long, and the like
    bool recordBodies = true;     // heads are always recorded
    QList<Server> servers{};      // unique by URL

    friend bool operator==(const Preferences &, const Preferences &) = default;
};

// $HTTP_TUNNEL_CONFIG_DIR, else $XDG_CONFIG_HOME/http-tunnel, else ~/.config/http-tunnel. Not created yet.
[[nodiscard]] QString configFolder();
[[nodiscard]] QString defaultTunnelsPath(); // tunnels.toml there

// settings.toml in `folder`. Any thread, one at a time.
class PreferencesFile {
public:
    explicit PreferencesFile(const QString &folder);

    // No file gives the defaults. A damaged one is an error with file and line; it is left alone until save().
    [[nodiscard]] wire::Result<Preferences> load() const;
    // Atomic; the whole file, without its comments. Refuses (InvalidRequest) what load() would: two servers of one URL.
    [[nodiscard]] wire::Result<> save(const Preferences &preferences) const;
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
};

} // namespace settings
