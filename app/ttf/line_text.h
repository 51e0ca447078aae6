// The small texts that lines for people are made of. Pure, any thread.
#pragma once

#include <QString>

#include <cstddef>
#include <string>
#include <string_view>

namespace ttf {

// UTF-8 that does nothing to a terminal but show: controls (C0, DEL, C1), line separators and invisible format
// characters (bidirectional overrides) become \x1b or \u202e.
[[nodiscard]] std::string printable(const QString &text);

// Columns of a terminal that printable() text takes at most: what is not ASCII counts as two.
[[nodiscard]] std::size_t cells(std::string_view text) noexcept;
// Cuts the middle out so that the text takes at most `width` cells; start and end stay, since both tell requests apart.
[[nodiscard]] std::string elided(std::string_view text, std::size_t width);
[[nodiscard]] std::string padded(std::string text, std::size_t width);

[[nodiscard]] std::string localTimeText(qint64 msecsSinceEpoch); // "14:03:22"
[[nodiscard]] std::string utcTimeText(qint64 msecsSinceEpoch); // "2025-01-31T13:03:22.123Z" (ISO 8601)

} // namespace ttf
