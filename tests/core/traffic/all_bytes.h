// Every byte there is, once.
#pragma once

#include <QByteArray>

namespace support {

[[nodiscard]] inline QByteArray allBytes()
{
    QByteArray bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += char(byte);
    return bytes;
}

} // namespace support
