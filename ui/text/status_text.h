// How states and numbers read, the same in every view: word, shape and colour always together. GUI thread; pure.
#pragma once

#include "client/tunnel_status.h"
#include "ui/theme/theme.h"
#include "workspace/tunnel_info.h"

#include <QString>

namespace ui {

// What a badge shows.
struct Badge {
    QString word; // "Online", "404", "Pending"
    Glyph glyph = Glyph::StatusIdle;
    QColor color;
    QColor background;
};

[[nodiscard]] Badge badgeOf(const client::TunnelStatus &status, const Colors &colors);
[[nodiscard]] Badge badgeOf(const client::ExchangeSummary &exchange, const Colors &colors);

[[nodiscard]] QString titleOf(const workspace::TunnelInfo &tunnel); // its name, else its target

// What happened, why, and what to do, for Reconnecting and Failed; empty otherwise.
[[nodiscard]] QString explanation(const workspace::TunnelInfo &tunnel);
[[nodiscard]] QString explanation(const client::ExchangeSummary &exchange); // of an aborted one

// Aborted, or answered by a server's error.
[[nodiscard]] bool hasFailed(const client::ExchangeSummary &exchange);

[[nodiscard]] QString sentence(const wire::Error &error); // its message, as it is

[[nodiscard]] QString durationText(qint64 microseconds); // "0.8 ms", "12 ms", "1.24 s"
[[nodiscard]] QString sizeText(quint64 bytes);           // "0 B", "412 B", "1.7 kB", "3.2 MB"
[[nodiscard]] QString targetText(const settings::TunnelEntry &entry); // "localhost:3000"

} // namespace ui
