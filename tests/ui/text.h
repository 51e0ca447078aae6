// UTF-8 literals for tests of what has widgets.
#pragma once

#include <QString>

namespace samples {

inline QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace samples
