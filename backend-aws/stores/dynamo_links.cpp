#include "stores/dynamo_links.h"

#include "aws/attribute.h"
#include "stores/store_error.h"
#include "wire/limits.h"

#include <limits>

namespace stores {

using gateway::Time;
using nlohmann::json;
using wire::Result;

namespace {

constexpr auto kCountKey = "#links"; // no tunnel's name

std::int64_t secondsOf(Time time)
{
    return std::chrono::ceil<std::chrono::seconds>(time).time_since_epoch().count();
}

json keyOf(std::string_view connectionId)
{
    return {{"connectionId", aws::textValue(connectionId)}};
}

json countKey()
{
    return {{"tunnelId", aws::textValue(kCountKey)}, {"minute", aws::numberValue(0)}};
}

} // namespace

aws::Outcome<bool> DynamoLinks::count(std::int64_t change, std::int64_t most, Time deadline)
{
    aws::Expression condition{"attribute_not_exists(#c) OR #c <= :room",
                              {{"#c", "count"}},
                              {{":change", aws::numberValue(change)}, {":room", aws::numberValue(most - change)}}};
    return m_dynamo.update(m_countTable, countKey(), "ADD #c :change", condition, deadline);
}

Result<bool> DynamoLinks::add(const gateway::Link &link, std::int64_t most, Time deadline)
{
    const auto counted = count(1, most, deadline);
    if (!counted)
        return failed(counted.error());
    if (!*counted)
        return wire::fail(wire::Code::RateLimited, "this server has as many tunnel clients as it takes");
    json item = keyOf(link.connectionId);
    item["tunnelId"] = aws::textValue(link.tunnel);
    item["ttl"] = aws::numberValue(secondsOf(link.ends));
    const aws::Expression condition{"attribute_not_exists(#i)", {{"#i", "connectionId"}}, json::object()};
    const auto added = m_dynamo.put(m_table, item, condition, deadline);
    if (added && *added)
        return true;
    (void)count(-1, std::numeric_limits<std::int32_t>::max(), deadline);
    if (!added)
        return failed(added.error());
    // It is there already: by a try whose answer was lost, or because the client says `ready` again.
    const auto tunnel = tunnelOf(link.connectionId, deadline);
    if (!tunnel)
        return std::unexpected(tunnel.error());
    return *tunnel == link.tunnel;
}

Result<std::optional<gateway::LinkStore::Removed>> DynamoLinks::remove(std::string_view connectionId, Time deadline)
{
    const auto item = m_dynamo.remove(m_table, keyOf(connectionId), {}, deadline);
    if (!item)
        return failed(item.error());
    if (!*item)
        return std::nullopt;
    (void)count(-1, std::numeric_limits<std::int32_t>::max(), deadline);
    return Removed{aws::textOf(**item, "tunnelId"), aws::textsOf(**item, "waiters")};
}

Result<std::string> DynamoLinks::tunnelOf(std::string_view connectionId, Time deadline)
{
    const auto item = m_dynamo.get(m_table, keyOf(connectionId), deadline);
    if (!item)
        return failed(item.error());
    return *item ? aws::textOf(**item, "tunnelId") : std::string();
}

// A link with very many waiters takes no more: their requests then end by their own time limit.
Result<bool> DynamoLinks::addWaiter(std::string_view connectionId, const std::string &replyAddress, Time deadline)
{
    const aws::Expression condition{
        "attribute_exists(#i) AND (attribute_not_exists(#w) OR size(#w) < :most)",
        {{"#i", "connectionId"}, {"#w", "waiters"}},
        {{":w", aws::textsValue({replyAddress})}, {":most", aws::numberValue(wire::kMaxWaiters)}}};
    const auto added = m_dynamo.update(m_table, keyOf(connectionId), "ADD #w :w", condition, deadline);
    if (!added)
        return failed(added.error());
    if (*added)
        return true;
    const auto item = m_dynamo.get(m_table, keyOf(connectionId), deadline);
    if (!item)
        return failed(item.error());
    return item->has_value();
}

Result<gateway::LinkPage> DynamoLinks::ended(Time now, const std::string &from, Time deadline)
{
    const aws::Expression filter{"#t < :now", {{"#t", "ttl"}}, {{":now", aws::numberValue(secondsOf(now))}}};
    const auto start = from.empty() ? json() : keyOf(from);
    const auto page = m_dynamo.scan(m_table, filter, start, deadline);
    if (!page)
        return failed(page.error());
    gateway::LinkPage links;
    for (const auto &item : page->items) {
        const Time ends(std::chrono::seconds(aws::numberOf(item, "ttl").value_or(0)));
        links.links.push_back({aws::textOf(item, "connectionId"), aws::textOf(item, "tunnelId"), ends});
    }
    links.next = aws::textOf(page->next, "connectionId");
    links.seen = page->scanned;
    return links;
}

Result<> DynamoLinks::recount(std::int64_t links, Time deadline)
{
    const aws::Expression values{"", {{"#c", "count"}}, {{":n", aws::numberValue(links)}}};
    const auto set = m_dynamo.update(m_countTable, countKey(), "SET #c = :n", values, deadline);
    return set ? Result<>() : failed(set.error());
}

} // namespace stores
