// Reads tunnels.toml, the declarative form of several tunnels. Any thread; reads one file, changes nothing.
//
//     server = "https://relay.example.com"   # default of every tunnel; without one: the embedded relay
//     token_file = "relay.token"             # the token for that server; relative to this file
//
//     [[tunnel]]
//     name = "shop"
//     target = "http://localhost:3000"       # or "localhost:3000", or 3000
//     server = "https://other.example.com"   # with its own token_file, or the program's token; "embedded": the
//                                            # embedded relay, in a file with another default
//     token_file = "other.token"             # "": not the default one, but the program's
//     host_header = "rewrite"                # "preserve", or a value
//     upstream_tls = "verify"                # "off", "pin:SHA256"
//     takeover = false
//     autostart = true                       # false: only when asked for by name
//
//     [tunnel.access]                        # who may reach it; its keys: docs/access-rules.md
//     only = ["POST /webhooks/*"]
#pragma once

#include "settings/tunnel_entry.h"

#include <QList>
#include <QString>

#include <string_view>

namespace settings {

// All tunnels in order of appearance, at least one. Strict: an error lists everything wrong with the file, one line
// each, as "tunnels.toml:7: unknown key "tagret" in [[tunnel]]". Names are unique per server.
[[nodiscard]] wire::Result<QList<TunnelEntry>> readTunnelsFile(const QString &path);

// The same from text; `fileName` is for messages, and its folder is where a relative token_file is.
[[nodiscard]] wire::Result<QList<TunnelEntry>> parseTunnels(std::string_view text, const QString &fileName);

} // namespace settings
