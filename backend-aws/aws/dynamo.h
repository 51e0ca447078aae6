// The operations of DynamoDB that we use: consistent reads of one item, writes with a condition, pages of an index or of a
// whole table. Items are objects of attribute values (attribute.h). Owned by the stores; one thread.
#pragma once

#include "aws/json_service.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aws {

// `#a` and `:a` of an expression; names are always given by `#`, since DynamoDB reserves many words.
struct Expression {
    std::string text; // empty: none
    nlohmann::json names = nlohmann::json::object(); // {"#a": "attribute"}
    nlohmann::json values = nlohmann::json::object(); // {":a": {"N": "1"}}
};

struct ItemPage {
    std::vector<nlohmann::json> items;
    nlohmann::json next; // where to go on; null: it was the last
    std::int64_t scanned = 0; // items looked at, those that a filter left out included
};

class Dynamo {
public:
    explicit Dynamo(JsonService service) : m_service(std::move(service)) {}

    [[nodiscard]] Outcome<std::optional<nlohmann::json>> get(const std::string &table, const nlohmann::json &key,
                                                             Time deadline);
    // False: the condition does not hold. A try whose answer was lost may have been done: then that is false, too.
    [[nodiscard]] Outcome<bool> put(const std::string &table, const nlohmann::json &item, const Expression &condition,
                                    Time deadline);
    // `update` and `condition` share names and values, which stand in `condition`.
    [[nodiscard]] Outcome<bool> update(const std::string &table, const nlohmann::json &key, const std::string &update,
                                       const Expression &condition, Time deadline);
    // The item that is gone now; nothing when there was none, or when the condition does not hold.
    [[nodiscard]] Outcome<std::optional<nlohmann::json>> remove(const std::string &table, const nlohmann::json &key,
                                                                const Expression &condition, Time deadline);
    [[nodiscard]] Outcome<ItemPage> query(const std::string &table, const std::string &index,
                                          const Expression &condition, const nlohmann::json &from, Time deadline);
    [[nodiscard]] Outcome<ItemPage> scan(const std::string &table, const Expression &filter, const nlohmann::json &from,
                                         Time deadline);

private:
    Outcome<bool> write(std::string_view operation, const nlohmann::json &input, Time deadline);
    Outcome<ItemPage> page(std::string_view operation, nlohmann::json input, const nlohmann::json &from, Time deadline);

    JsonService m_service;
};

} // namespace aws
