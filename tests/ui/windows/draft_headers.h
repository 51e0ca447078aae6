// Header rows of a request in the making.
#pragma once

#include "traffic/request_draft.h"

namespace support {

[[nodiscard]] inline traffic::DraftHeader header(const char *name, const char *value, bool enabled = true)
{
    return {enabled, QString::fromLatin1(name), QString::fromLatin1(value)};
}

} // namespace support
