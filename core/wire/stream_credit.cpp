#include "wire/stream_credit.h"

#include <algorithm>
#include <cassert>

namespace wire {

void SendCredit::take(std::size_t bytes) noexcept
{
    assert(bytes <= m_available);
    m_available -= bytes;
}

Result<> SendCredit::add(std::uint32_t bytes)
{
    if (bytes > kMaxCreditBytes - m_available)
        return fail(Code::ProtocolError, "window: more than 2^31-1 bytes of credit");
    m_available += bytes;
    return {};
}

std::uint32_t LinkWindowBudget::reserve(std::uint32_t bytes) noexcept
{
    const auto granted = static_cast<std::uint32_t>(std::min<std::size_t>(bytes, m_left));
    m_left -= granted;
    return granted;
}

void LinkWindowBudget::release(std::uint32_t bytes) noexcept
{
    m_left += bytes;
    assert(m_left <= kMaxLinkWindowBytes);
}

Result<> ReceiveWindow::onReceived(std::size_t bytes)
{
    if (bytes > m_granted)
        return fail(Code::ProtocolError, "data: more than the window allows");
    m_granted -= bytes;
    return {};
}

std::uint32_t ReceiveWindow::onConsumed(std::size_t bytes, SteadyTime now, std::chrono::nanoseconds roundTrip)
{
    assert(bytes <= m_window - m_granted - m_unreported);
    m_unreported += bytes;
    if (m_unreported < m_window / 2)
        return 0;
    auto credit = static_cast<std::uint32_t>(m_unreported);
    if (now - m_lastGrant < roundTrip) {
        const auto raise = m_budget.reserve(std::min(m_window, kMaxWindowBytes - m_window));
        m_window += raise;
        credit += raise;
    }
    m_granted += credit;
    m_unreported = 0;
    m_lastGrant = now;
    return credit;
}

} // namespace wire
