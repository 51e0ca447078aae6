#include "stores/dynamo_names.h"

#include "aws/attribute.h"
#include "stores/store_error.h"

namespace stores {

using gateway::Reservation;
using gateway::Time;
using nlohmann::json;
using wire::Result;

namespace {

constexpr auto kOwnerIndex = "owner-index";

std::int64_t milliseconds(Time time)
{
    return time.time_since_epoch().count();
}

Time timeAt(const json &item, const char *name)
{
    return Time(std::chrono::milliseconds(aws::numberOf(item, name).value_or(0)));
}

json keyOf(std::string_view name)
{
    return {{"name", aws::textValue(name)}};
}

json itemOf(const Reservation &reservation)
{
    json item = keyOf(reservation.name);
    if (!reservation.owner.empty()) // as the key of an index it cannot be empty
        item["owner"] = aws::textValue(reservation.owner);
    if (!reservation.links.empty())
        item["links"] = aws::textsValue(reservation.links);
    item["session"] = aws::textValue(reservation.session);
    item["state"] = aws::textValue(reservation.links.empty() ? "offline" : "online");
    item["drawn"] = aws::flagValue(reservation.drawn);
    item["lostAt"] = aws::numberValue(milliseconds(reservation.lostAt));
    item["usedAt"] = aws::numberValue(milliseconds(reservation.usedAt));
    item["maxBody"] = aws::numberValue(static_cast<std::int64_t>(reservation.maxBody));
    item["rate"] = aws::numberValue(reservation.requestsPerMinute);
    item["version"] = aws::numberValue(reservation.version + 1);
    item["ttl"] =
        aws::numberValue(std::chrono::ceil<std::chrono::seconds>(reservation.ends).time_since_epoch().count());
    return item;
}

Reservation reservationOf(const json &item)
{
    return {.name = aws::textOf(item, "name"),
            .owner = aws::textOf(item, "owner"),
            .session = aws::textOf(item, "session"),
            .links = aws::textsOf(item, "links"),
            .drawn = aws::flagOf(item, "drawn"),
            .lostAt = timeAt(item, "lostAt"),
            .usedAt = timeAt(item, "usedAt"),
            .ends = Time(std::chrono::seconds(aws::numberOf(item, "ttl").value_or(0))),
            .maxBody = static_cast<std::uint64_t>(aws::numberOf(item, "maxBody").value_or(0)),
            .requestsPerMinute = aws::numberOf(item, "rate").value_or(0),
            .version = aws::numberOf(item, "version").value_or(0)};
}

// Still as it was read. TTL may have taken an old one away meanwhile.
aws::Expression unchanged(const Reservation &reservation)
{
    if (reservation.version == 0)
        return {"attribute_not_exists(#n)", {{"#n", "name"}}, json::object()};
    return {"#v = :v", {{"#v", "version"}}, {{":v", aws::numberValue(reservation.version)}}};
}

} // namespace

Result<std::optional<Reservation>> DynamoNames::load(std::string_view name, Time deadline)
{
    const auto item = m_dynamo.get(m_table, keyOf(name), deadline);
    if (!item)
        return failed(item.error());
    return *item ? std::optional(reservationOf(**item)) : std::nullopt;
}

Result<bool> DynamoNames::save(const Reservation &reservation, Time deadline)
{
    const auto saved = m_dynamo.put(m_table, itemOf(reservation), unchanged(reservation), deadline);
    if (!saved)
        return failed(saved.error());
    return *saved;
}

Result<bool> DynamoNames::remove(const Reservation &reservation, Time deadline)
{
    const auto removed = m_dynamo.remove(m_table, keyOf(reservation.name), unchanged(reservation), deadline);
    if (!removed)
        return failed(removed.error());
    return removed->has_value();
}

Result<std::vector<Reservation>> DynamoNames::ofOwner(const std::string &owner, Time deadline)
{
    const aws::Expression condition{"#o = :o", {{"#o", "owner"}}, {{":o", aws::textValue(owner)}}};
    std::vector<Reservation> owned;
    json from;
    do {
        const auto page = m_dynamo.query(m_table, kOwnerIndex, condition, from, deadline);
        if (!page)
            return failed(page.error());
        for (const auto &item : page->items)
            owned.push_back(reservationOf(item));
        from = page->next;
    } while (!from.is_null());
    return owned;
}

} // namespace stores
