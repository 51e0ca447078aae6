#include "workspace/amount_text.h"

#include <fmt/core.h>

#include <array>

namespace workspace {

std::string durationText(qint64 microseconds)
{
    const auto us = static_cast<double>(microseconds);
    if (microseconds < 9'950)
        return fmt::format("{:.1f} ms", us / 1e3);
    if (microseconds < 999'500)
        return fmt::format("{:.0f} ms", us / 1e3);
    if (microseconds < 59'995'000)
        return fmt::format("{:.2f} s", us / 1e6);
    const qint64 seconds = (microseconds + 500'000) / 1'000'000;
    if (seconds < 3600)
        return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} min", seconds / 3600, seconds % 3600 / 60);
}

std::string sizeText(quint64 bytes)
{
    constexpr std::array<const char *, 5> kUnits{"kB", "MB", "GB", "TB", "PB"};
    if (bytes < 1000)
        return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

} // namespace workspace
