#include "histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace load {

std::size_t Histogram::bucketOf(std::uint64_t micros) noexcept
{
    const auto bits = static_cast<unsigned>(std::bit_width(micros));
    const unsigned shift = bits > kSubBits + 1 ? bits - kSubBits - 1 : 0;
    return (std::size_t{shift} << kSubBits) + static_cast<std::size_t>(micros >> shift);
}

std::uint64_t Histogram::highestIn(std::size_t bucket) noexcept
{
    const auto row = bucket >> kSubBits;
    const auto shift = row > 0 ? row - 1 : 0;
    const std::uint64_t sub = bucket - (shift << kSubBits);
    return ((sub + 1) << shift) - 1;
}

void Histogram::record(std::chrono::steady_clock::duration value)
{
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(value).count();
    const auto clamped =
        std::min((std::uint64_t{1} << kMaxBits) - 1, static_cast<std::uint64_t>(std::max<long>(micros, 0)));
    ++m_buckets[bucketOf(clamped)];
    ++m_count;
    m_max = std::max(m_max, clamped);
}

void Histogram::add(const Histogram &other)
{
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_max = std::max(m_max, other.m_max);
}

double Histogram::percentileMs(double percent) const noexcept
{
    const auto wanted = static_cast<std::uint64_t>(std::ceil(percent / 100.0 * static_cast<double>(m_count)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (m_buckets[i] > 0 && seen >= wanted)
            return static_cast<double>(std::min(highestIn(i), m_max)) / 1000.0;
    }
    return 0;
}

} // namespace load
