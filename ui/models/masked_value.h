// A header's value as it is shown to whoever may look over the user's shoulder. Pure; any thread.
#pragma once

#include <QString>

namespace ui {

// "Bearer ••••••": enough to tell what it is, nothing to use. The value itself when there is no secret in it.
[[nodiscard]] QString maskedValue(const QString &name, const QString &value);

} // namespace ui
