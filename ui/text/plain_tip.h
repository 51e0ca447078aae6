// Text for a tooltip, shown as it is: tips take what looks like HTML for HTML, and load what stands in it, while much of what
// they show was written by visitors. Pure; any thread.
#pragma once

#include <QString>

namespace ui {

[[nodiscard]] QString plainTip(const QString &text);

} // namespace ui
