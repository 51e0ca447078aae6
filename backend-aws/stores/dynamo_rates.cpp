#include "stores/dynamo_rates.h"

#include "aws/attribute.h"
#include "stores/store_error.h"

namespace stores {

using nlohmann::json;

namespace {

constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kMinutesKept = 5; // far more than clocks differ

} // namespace

wire::Result<bool> DynamoRates::take(std::string_view tunnel, std::int64_t minute, std::int64_t count,
                                     std::int64_t limit, gateway::Time deadline)
{
    if (count > limit)
        return false;
    const json key{{"tunnelId", aws::textValue(tunnel)}, {"minute", aws::numberValue(minute)}};
    const aws::Expression condition{"attribute_not_exists(#c) OR #c <= :room",
                                    {{"#c", "count"}, {"#t", "ttl"}},
                                    {{":n", aws::numberValue(count)},
                                     {":room", aws::numberValue(limit - count)},
                                     {":ttl", aws::numberValue((minute + kMinutesKept) * kSecondsPerMinute)}}};
    const auto taken = m_dynamo.update(m_table, key, "ADD #c :n SET #t = :ttl", condition, deadline);
    if (!taken)
        return failed(taken.error());
    return *taken;
}

} // namespace stores
