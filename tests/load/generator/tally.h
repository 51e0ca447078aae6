// Failures by their reason, so that a report can say what went wrong and how often.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace load {

class Tally {
public:
    void count(const std::string &reason)
    {
        ++m_total;
        const bool known = m_reasons.contains(reason) || m_reasons.size() < kMaxReasons;
        ++m_reasons[known ? reason : "other"];
    }
    void add(const Tally &other)
    {
        m_total += other.m_total;
        for (const auto &[reason, count] : other.m_reasons)
            m_reasons[reason] += count;
    }

    [[nodiscard]] std::uint64_t total() const noexcept { return m_total; }
    [[nodiscard]] const std::map<std::string, std::uint64_t> &reasons() const noexcept { return m_reasons; }

private:
    static constexpr std::size_t kMaxReasons = 20; // texts of errors are few; a report stays readable

    std::uint64_t m_total = 0;
    std::map<std::string, std::uint64_t> m_reasons;
};

} // namespace load
