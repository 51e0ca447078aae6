// Bytes as a POSIX shell takes them, whatever they are. What a terminal would not show or would act on (controls, "!"
// before history expansion, bytes that are no UTF-8) is written as escapes of printf(1), which is built into every such
// shell and has no bound on its arguments. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace traffic {

// One word: 'it'\''s' or, where that cannot be read or pasted, "$(printf '\351t\351')". No NUL (no argument has one)
// and no line break at the end (the shell drops it).
[[nodiscard]] QString shellWord(const QByteArray &bytes);

// The same with lines of text, which paste well; false where shellWord() would use printf or more than one argument
// holds (Linux: 128 KiB).
[[nodiscard]] bool isShellText(const QByteArray &bytes);
[[nodiscard]] QString shellText(const QByteArray &bytes);

// A command that prints exactly these bytes.
[[nodiscard]] QString shellPrintf(const QByteArray &bytes);

} // namespace traffic
