#include "traffic/exchange_store.h"

#include "wire/limits.h"

#include <algorithm>
#include <iterator>

namespace traffic {

namespace {

constexpr std::size_t kBlocksOfRing = 20; // 5 % go at once, so that a full list shifts once in a thousand requests
constexpr qsizetype kMergedGap = 16; // telling of a few unchanged rows costs less than another signal

// Memory a head takes beside its struct: a field is two strings, and most values do not fit into one.
qint64 fieldBytes(const wire::HeaderList &headers)
{
    std::size_t bytes = 0;
    for (const auto &[name, value] : headers)
        bytes += sizeof(wire::Header) + name.size() + value.size();
    return qint64(bytes);
}

template <class Head>
qint64 headBytesOf(const std::shared_ptr<Head> &head)
{
    return head ? fieldBytes(head->headers) : 0;
}

qint64 textBytes(const client::ExchangeSummary &summary)
{
    return qint64(sizeof(QChar)) * (summary.target.size() + summary.method.size() + summary.importedUrl.size());
}

qint64 headBytesOf(const Exchange &exchange)
{
    return textBytes(exchange.summary) + headBytesOf(exchange.request) + headBytesOf(exchange.response);
}

qint64 bodyBytesOf(const Exchange &exchange)
{
    return exchange.requestBody.size() + exchange.responseBody.size();
}

} // namespace

StoreLimits::StoreLimits()
    : exchanges(qsizetype(wire::kKeptExchanges)),
      bodyBytes(qint64(wire::kKeptBodyBytes)),
      headBytes(qint64(wire::kKeptHeadBytes))
{
}

ExchangeStore::ExchangeStore(StoreLimits limits, QObject *parent) : QObject(parent), m_limits(limits)
{
}

std::size_t ExchangeStore::indexOf(quint64 key) const
{
    const auto found = m_sequences.constFind(key);
    return found == m_sequences.cend() ? kUnknown : std::size_t(*found - m_first);
}

qsizetype ExchangeStore::rowOf(quint64 key) const
{
    const auto index = indexOf(key);
    return index < m_hidden || index >= m_exchanges.size() ? -1 : qsizetype(index - m_hidden);
}

const Exchange *ExchangeStore::find(quint64 key) const
{
    const auto row = rowOf(key);
    return row < 0 ? nullptr : &at(row);
}

bool ExchangeStore::skipsForgotten(const client::ExchangeSummary &summary)
{
    const auto found = m_forgotten.constFind(summary.key);
    if (found == m_forgotten.cend())
        return false;
    if (summary.state != client::ExchangeState::Pending)
        m_forgotten.erase(found); // this was the last to be heard of it
    return true;
}

void ExchangeStore::update(Exchange &exchange, const client::ExchangeSummary &summary)
{
    m_headBytes += textBytes(summary) - textBytes(exchange.summary);
    exchange.summary = summary;
}

void ExchangeStore::add(const client::ExchangeBatch &batch)
{
    std::vector<Exchange> fresh;
    std::vector<qsizetype> rows;
    for (const auto &summary : batch) {
        const auto index = indexOf(summary.key);
        if (index == kUnknown) {
            if (skipsForgotten(summary))
                continue;
            m_sequences.insert(summary.key, m_first + m_exchanges.size() + fresh.size());
            update(fresh.emplace_back(), summary);
        } else if (index >= m_exchanges.size()) {
            update(fresh[index - m_exchanges.size()], summary);
        } else {
            update(m_exchanges[index], summary);
            if (index >= m_hidden)
                rows.push_back(qsizetype(index - m_hidden));
        }
    }
    append(std::move(fresh));
    tellChanged(std::move(rows));
    makeRoom();
}

void ExchangeStore::addWhole(std::vector<Exchange> exchanges)
{
    auto sequence = m_first + m_exchanges.size();
    for (const auto &exchange : exchanges) {
        m_sequences.insert(exchange.summary.key, sequence++);
        m_headBytes += headBytesOf(exchange);
        m_bodyBytes += bodyBytesOf(exchange);
    }
    append(std::move(exchanges));
    dropBodies();
    makeRoom();
}

void ExchangeStore::append(std::vector<Exchange> fresh)
{
    if (fresh.empty())
        return;
    Q_EMIT aboutToAppend(qsizetype(fresh.size()));
    std::ranges::move(fresh, std::back_inserter(m_exchanges));
    Q_EMIT appended();
}

void ExchangeStore::tellChanged(std::vector<qsizetype> rows)
{
    std::ranges::sort(rows);
    for (auto first = rows.cbegin(); first != rows.cend();) {
        auto last = first;
        while (std::next(last) != rows.cend() && *std::next(last) - *last <= kMergedGap)
            ++last;
        Q_EMIT changed(*first, *last);
        first = std::next(last);
    }
}

void ExchangeStore::addCaptures(const client::CaptureBatch &batch)
{
    std::vector<quint64> seen;
    for (const auto &update : batch) {
        const auto index = indexOf(update.key);
        if (index == kUnknown)
            continue;
        m_bodiesFrom = std::min(m_bodiesFrom, m_first + index);
        take(m_exchanges[index], update);
        if (index >= m_hidden)
            seen.push_back(update.key);
    }
    dropBodies();
    for (const auto key : seen)
        Q_EMIT detailChanged(key);
    makeRoom();
}

void ExchangeStore::take(Exchange &exchange, const client::CaptureUpdate &update)
{
    m_headBytes -= headBytesOf(exchange);
    m_bodyBytes -= bodyBytesOf(exchange);
    if (update.request)
        exchange.request = update.request;
    if (update.response)
        exchange.response = update.response;
    exchange.requestCut |= update.requestCut;
    exchange.responseCut |= update.responseCut;
    if (!exchange.bodiesDropped) {
        exchange.requestBody += update.requestBody;
        exchange.responseBody += update.responseBody;
    }
    m_headBytes += headBytesOf(exchange);
    m_bodyBytes += bodyBytesOf(exchange);
}

// The oldest first; each is passed once unless bytes came for it since.
void ExchangeStore::dropBodies()
{
    std::vector<quint64> dropped;
    while (m_bodyBytes > m_limits.bodyBytes && m_bodiesFrom < m_first + m_exchanges.size()) {
        const auto index = std::size_t(m_bodiesFrom++ - m_first);
        auto &exchange = m_exchanges[index];
        if (bodyBytesOf(exchange) == 0)
            continue;
        m_bodyBytes -= bodyBytesOf(exchange);
        exchange.requestBody = {};
        exchange.responseBody = {};
        exchange.bodiesDropped = true;
        if (index >= m_hidden)
            dropped.push_back(exchange.summary.key);
    }
    for (const auto key : dropped)
        Q_EMIT detailChanged(key);
}

void ExchangeStore::makeRoom()
{
    const auto block = std::max<std::size_t>(1, std::size_t(m_limits.exchanges) / kBlocksOfRing);
    if (qsizetype(m_exchanges.size()) > m_limits.exchanges)
        evict(m_exchanges.size() - std::size_t(m_limits.exchanges) + block);
    while (m_headBytes > m_limits.headBytes && !m_exchanges.empty())
        evict(block);
}

void ExchangeStore::evict(std::size_t exchanges)
{
    exchanges = std::min(exchanges, m_exchanges.size());
    const auto hidden = std::min(exchanges, m_hidden);
    m_evictedHidden += hidden;
    m_hidden -= hidden;
    forget(hidden);
    const auto rows = exchanges - hidden;
    if (rows == 0)
        return;
    Q_EMIT aboutToEvict(qsizetype(rows));
    m_evicted += rows;
    forget(rows);
    Q_EMIT evictedRows();
}

void ExchangeStore::forget(std::size_t exchanges)
{
    const auto end = m_exchanges.begin() + std::ptrdiff_t(exchanges);
    for (auto exchange = m_exchanges.begin(); exchange != end; ++exchange) {
        m_bodyBytes -= bodyBytesOf(*exchange);
        m_headBytes -= headBytesOf(*exchange);
        m_sequences.remove(exchange->summary.key);
        if (exchange->summary.state == client::ExchangeState::Pending)
            m_forgotten.insert(exchange->summary.key);
    }
    m_exchanges.erase(m_exchanges.begin(), end);
    m_first += exchanges;
    m_bodiesFrom = std::max(m_bodiesFrom, m_first);
}

void ExchangeStore::clear()
{
    if (count() == 0)
        return; // what was cleared before can still come back
    Q_EMIT aboutToReset();
    forget(m_hidden);
    m_hidden = m_exchanges.size();
    m_evictedHidden = m_evicted;
    m_evicted = 0;
    Q_EMIT reset();
}

bool ExchangeStore::undoClear()
{
    if (m_hidden == 0)
        return false;
    Q_EMIT aboutToReset();
    m_hidden = 0;
    m_evicted += m_evictedHidden;
    m_evictedHidden = 0;
    Q_EMIT reset();
    return true;
}

} // namespace traffic
