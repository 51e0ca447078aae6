#include "workspace/exchange_counts.h"

namespace workspace {

namespace {

constexpr unsigned kFirstServerError = 500;

} // namespace

QHash<QString, ExchangeCounts> countEnded(const client::ExchangeBatch &batch)
{
    QHash<QString, ExchangeCounts> counts;
    for (const client::ExchangeSummary &exchange : batch) {
        if (exchange.state == client::ExchangeState::Pending || exchange.origin != client::ExchangeOrigin::Visitor)
            continue;
        ExchangeCounts &count = counts[exchange.tunnelId];
        ++count.requests;
        if (exchange.state == client::ExchangeState::Aborted || exchange.status >= kFirstServerError)
            ++count.failures;
    }
    return counts;
}

} // namespace workspace
