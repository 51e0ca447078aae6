// What the clipboard has of a server and its token (settings/pasted_server.h), and a notice of it: what is wrong with it,
// or that it was taken, with a button that clears the clipboard. GUI thread.
#pragma once

#include "settings/pasted_server.h"

#include <optional>

namespace ui {

class NoticeBar;

// Nothing when there is no such thing in it, which `bar` says then. Otherwise tellPasted() is for the caller.
[[nodiscard]] std::optional<settings::PastedServer> pastedServer(NoticeBar &bar);
// `text`, and a button that empties the clipboard, unless it has something else by then.
void tellPasted(NoticeBar &bar, const QString &text);

} // namespace ui
