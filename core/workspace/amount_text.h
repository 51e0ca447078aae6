// Durations and sizes as people read them, the same in terminal and window. Pure; any thread.
#pragma once

#include <QtGlobal>

#include <string>

namespace workspace {

[[nodiscard]] std::string durationText(qint64 microseconds); // "0.4 ms", "12 ms", "1.25 s", "3 min 5 s"
[[nodiscard]] std::string sizeText(quint64 bytes); // "532 B", "1.2 kB", "3.0 MB": powers of 1000

} // namespace workspace
