#include "aws/dynamo.h"

namespace aws {

using nlohmann::json;

namespace {

constexpr std::string_view kConditionFailed = "ConditionalCheckFailedException";

void putExpression(json &input, const char *key, const Expression &expression)
{
    if (!expression.text.empty())
        input[key] = expression.text;
    if (!expression.names.empty())
        input["ExpressionAttributeNames"] = expression.names;
    if (!expression.values.empty())
        input["ExpressionAttributeValues"] = expression.values;
}

std::optional<json> objectAt(const json &answer, const char *key)
{
    const auto found = answer.find(key);
    return found != answer.end() && found->is_object() && !found->empty() ? std::optional(*found) : std::nullopt;
}

} // namespace

Outcome<std::optional<json>> Dynamo::get(const std::string &table, const json &key, Time deadline)
{
    const auto answer =
        m_service.call("GetItem", {{"TableName", table}, {"Key", key}, {"ConsistentRead", true}}, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    return objectAt(*answer, "Item");
}

Outcome<bool> Dynamo::write(std::string_view operation, const json &input, Time deadline)
{
    const auto answer = m_service.call(operation, input, deadline);
    if (answer)
        return true;
    if (answer.error().name == kConditionFailed)
        return false;
    return std::unexpected(answer.error());
}

Outcome<bool> Dynamo::put(const std::string &table, const json &item, const Expression &condition, Time deadline)
{
    json input{{"TableName", table}, {"Item", item}};
    putExpression(input, "ConditionExpression", condition);
    return write("PutItem", input, deadline);
}

Outcome<bool> Dynamo::update(const std::string &table, const json &key, const std::string &update,
                             const Expression &condition, Time deadline)
{
    json input{{"TableName", table}, {"Key", key}, {"UpdateExpression", update}};
    putExpression(input, "ConditionExpression", condition);
    return write("UpdateItem", input, deadline);
}

Outcome<std::optional<json>> Dynamo::remove(const std::string &table, const json &key, const Expression &condition,
                                            Time deadline)
{
    json input{{"TableName", table}, {"Key", key}, {"ReturnValues", "ALL_OLD"}};
    putExpression(input, "ConditionExpression", condition);
    const auto answer = m_service.call("DeleteItem", input, deadline);
    if (answer)
        return objectAt(*answer, "Attributes");
    if (answer.error().name == kConditionFailed)
        return std::nullopt;
    return std::unexpected(answer.error());
}

Outcome<ItemPage> Dynamo::page(std::string_view operation, json input, const json &from, Time deadline)
{
    if (!from.is_null())
        input["ExclusiveStartKey"] = from;
    const auto answer = m_service.call(operation, input, deadline);
    if (!answer)
        return std::unexpected(answer.error());
    ItemPage page;
    if (const auto items = answer->find("Items"); items != answer->end() && items->is_array())
        page.items.assign(items->begin(), items->end());
    if (auto next = objectAt(*answer, "LastEvaluatedKey"))
        page.next = std::move(*next);
    if (const auto count = answer->find("ScannedCount"); count != answer->end() && count->is_number_integer())
        page.scanned = count->get<std::int64_t>();
    return page;
}

Outcome<ItemPage> Dynamo::query(const std::string &table, const std::string &index, const Expression &condition,
                                const json &from, Time deadline)
{
    json input{{"TableName", table}, {"IndexName", index}};
    putExpression(input, "KeyConditionExpression", condition);
    return page("Query", std::move(input), from, deadline);
}

Outcome<ItemPage> Dynamo::scan(const std::string &table, const Expression &filter, const json &from, Time deadline)
{
    json input{{"TableName", table}};
    putExpression(input, "FilterExpression", filter);
    return page("Scan", std::move(input), from, deadline);
}

} // namespace aws
