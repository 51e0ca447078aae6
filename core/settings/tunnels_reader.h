// The one reader of tunnels.toml (its form is in tunnels_file.h): the entries, and where in the text each one stands.
// Pure but for the names of relative files; any thread.
#pragma once

#include "settings/tunnel_entry.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace settings {

// What the top of the file says for every tunnel that does not say otherwise.
struct TunnelDefaults {
    QUrl server{};       // empty: the embedded relay
    QString tokenFile{}; // absolute; only for tunnels on `server`

    friend bool operator==(const TunnelDefaults &, const TunnelDefaults &) = default;
};

// Lines from 1, both included.
struct LineSpan {
    std::size_t first = 0;
    std::size_t last = 0;

    friend bool operator==(const LineSpan &, const LineSpan &) = default;
};

struct TunnelsText {
    TunnelDefaults defaults{};
    QList<TunnelEntry> entries{};
    std::vector<LineSpan> spans{};        // of each entry: from its [[tunnel]] to its last value
    std::optional<LineSpan> inlineList{}; // the tunnels are written as one tunnel = [{…}, …]: there are no spans
    std::size_t lastTopLine = 0;          // where the last value of the top ends; 0: there is none
};

enum class NoTunnels : std::uint8_t { Refused, Fine };

// Errors as parseTunnels() gives them.
[[nodiscard]] wire::Result<TunnelsText> readTunnelsText(std::string_view text, const QString &fileName, NoTunnels none);

// How `server` spells the embedded relay.
inline constexpr std::string_view kEmbeddedServer = "embedded";
// A server as tunnels.toml has it: as parseServer(), or "embedded", which is an empty URL.
[[nodiscard]] wire::Result<QUrl> parseServerOrEmbedded(std::string_view text);

} // namespace settings
