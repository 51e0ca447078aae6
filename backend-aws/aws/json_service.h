// Services that speak AWS JSON: one POST an operation, named by X-Amz-Target. Owned by the adapter of one service; one thread.
#pragma once

#include "aws/signed_caller.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace aws {

struct JsonDialect {
    std::string_view prefix; // of X-Amz-Target: "DynamoDB_20120810"
    std::string_view contentType;
};

inline constexpr JsonDialect kDynamoDialect{"DynamoDB_20120810", "application/x-amz-json-1.0"};
inline constexpr JsonDialect kSqsDialect{"AmazonSQS", "application/x-amz-json-1.0"};
inline constexpr JsonDialect kSsmDialect{"AmazonSSM", "application/x-amz-json-1.1"};

class JsonService {
public:
    JsonService(SignedCaller caller, JsonDialect dialect, std::string target = "/")
        : m_caller(std::move(caller)), m_dialect(dialect), m_target(std::move(target))
    {
    }

    // The object it answers; an empty one for an answer without a body.
    [[nodiscard]] Outcome<nlohmann::json> call(std::string_view operation, const nlohmann::json &input, Time deadline,
                                               const CallRules &rules = {});

private:
    SignedCaller m_caller;
    JsonDialect m_dialect;
    std::string m_target;
};

} // namespace aws
