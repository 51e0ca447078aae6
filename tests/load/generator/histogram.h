// Durations counted in buckets of equal relative width, as HdrHistogram does it (Debian 12 has no C or C++ library of
// it): 128 buckets for each power of two, so that a percentile is at most 0.8 % above the true value. Any duration from
// 1 us to 2^40 us (12 days). Not thread safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace load {

class Histogram {
public:
    void record(std::chrono::steady_clock::duration value);
    void add(const Histogram &other);
    void clear() { *this = {}; }

    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }
    // The smallest value that at least `percent` of all do not exceed, as milliseconds; 0 of nothing.
    [[nodiscard]] double percentileMs(double percent) const noexcept;
    [[nodiscard]] double maxMs() const noexcept { return static_cast<double>(m_max) / 1000.0; }

private:
    static constexpr unsigned kSubBits = 7; // 128 buckets a power of two
    static constexpr unsigned kMaxBits = 40;
    static constexpr std::size_t kBuckets = (kMaxBits - kSubBits + 1) << kSubBits;

    [[nodiscard]] static std::size_t bucketOf(std::uint64_t micros) noexcept;
    [[nodiscard]] static std::uint64_t highestIn(std::size_t bucket) noexcept;

    std::array<std::uint64_t, kBuckets> m_buckets{};
    std::uint64_t m_count = 0;
    std::uint64_t m_max = 0;
};

} // namespace load
