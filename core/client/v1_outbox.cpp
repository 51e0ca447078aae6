#include "client/v1_outbox.h"

#include "wire/limits.h"

#include <algorithm>
#include <utility>

namespace client {

namespace {

std::chrono::nanoseconds timeOf(std::size_t bytes)
{
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    return std::chrono::nanoseconds(bytes * kNanoseconds / wire::kV1BytesPerSecond);
}

} // namespace

void V1Outbox::add(std::string message)
{
    m_bytes += message.size();
    m_waiting.push_back(std::move(message));
}

std::vector<std::string> V1Outbox::take(wire::SteadyTime now)
{
    std::vector<std::string> taken;
    while (!m_waiting.empty() && m_paid <= now + wire::kV1Burst) {
        auto &next = m_waiting.front();
        m_paid = std::max(m_paid, now) + timeOf(next.size());
        m_bytes -= next.size();
        taken.push_back(std::move(next));
        m_waiting.pop_front();
    }
    return taken;
}

std::optional<std::chrono::milliseconds> V1Outbox::wait(wire::SteadyTime now) const
{
    if (m_waiting.empty())
        return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_paid - wire::kV1Burst - now);
    return std::max(left, std::chrono::milliseconds(1));
}

} // namespace client
