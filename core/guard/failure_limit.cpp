#include "guard/failure_limit.h"

#include "wire/limits.h"

#include <algorithm>
#include <utility>

namespace guard {

namespace {

struct Rate {
    double burst;
    std::chrono::duration<double> refill; // of one attempt
};

const Rate kVisitor{wire::kFailedLoginBurst, wire::kFailedLoginRefill};
const Rate kAll{wire::kFailedLoginTunnelBurst, wire::kFailedLoginTunnelRefill};

template <class Bucket>
void refill(Bucket &bucket, const Rate &rate, FailureLimit::Time now)
{
    const std::chrono::duration<double> passed = now - bucket.at;
    bucket.left = std::min(rate.burst, bucket.left + passed / rate.refill);
    bucket.at = now;
}

} // namespace

// A bucket that is full again says nothing; when there are too many others, the oldest makes room.
void FailureLimit::dropFull(Time now)
{
    for (auto &[visitor, bucket] : m_visitors)
        refill(bucket, kVisitor, now);
    std::erase_if(m_visitors, [](const auto &entry) { return entry.second.left >= kVisitor.burst; });
    if (m_visitors.size() >= wire::kMaxFailureAddresses)
        m_visitors.erase(std::ranges::max_element(m_visitors, {}, [](const auto &entry) { return entry.second.left; }));
}

FailureLimit::Bucket &FailureLimit::bucketOf(const std::string &visitor, Time now)
{
    if (const auto found = m_visitors.find(visitor); found != m_visitors.end()) {
        refill(found->second, kVisitor, now);
        return found->second;
    }
    if (m_visitors.size() >= wire::kMaxFailureAddresses)
        dropFull(now);
    return m_visitors.emplace(visitor, Bucket{kVisitor.burst, now}).first->second;
}

bool FailureLimit::take(const std::string &visitor, Time now)
{
    if (!std::exchange(m_begun, true))
        m_all = {kAll.burst, now};
    refill(m_all, kAll, now);
    auto &own = bucketOf(visitor, now);
    if (own.left < 1 || m_all.left < 1)
        return false;
    own.left -= 1;
    m_all.left -= 1;
    return true;
}

void FailureLimit::giveBack(const std::string &visitor, Time now)
{
    auto &own = bucketOf(visitor, now);
    own.left = std::min(kVisitor.burst, own.left + 1);
    m_all.left = std::min(kAll.burst, m_all.left + 1);
}

} // namespace guard
