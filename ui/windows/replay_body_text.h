// A body's bytes as text to edit, and back, so that nothing changes but what the user changes. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace ui {

enum class LineEnds : std::uint8_t { Lf, CrLf, Mixed };

struct BodyText {
    QString text; // lines end with "\n"
    LineEnds lineEnds = LineEnds::Lf;
};

// Nothing when an editor would change these bytes by showing them: not UTF-8, a byte order mark, control characters
// that no text has, a bare CR.
[[nodiscard]] std::optional<BodyText> bodyToText(const QByteArray &body);
// Mixed line ends become LF.
[[nodiscard]] QByteArray textToBody(const QString &text, LineEnds lineEnds);

} // namespace ui
