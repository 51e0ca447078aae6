#include "aws/json_service.h"

#include <fmt/format.h>

namespace aws {

using nlohmann::json;

Outcome<json> JsonService::call(std::string_view operation, const json &input, Time deadline, const CallRules &rules)
{
    transport::Request request;
    request.target = m_target;
    request.headers = {{"Content-Type", std::string(m_dialect.contentType)},
                       {"X-Amz-Target", fmt::format("{}.{}", m_dialect.prefix, operation)}};
    request.body = input.dump(-1, ' ', false, json::error_handler_t::replace);
    auto answer = m_caller.call(request, deadline, rules);
    if (!answer) {
        answer.error().error.message = fmt::format("{}: {}", operation, answer.error().error.message);
        return std::unexpected(std::move(answer.error()));
    }
    if (answer->body.empty())
        return json::object();
    auto parsed = json::parse(answer->body, nullptr, false);
    if (!parsed.is_object()) {
        return std::unexpected(
            ServiceError{{wire::Code::InternalError, fmt::format("{}: the answer is no JSON object", operation)},
                         {},
                         answer->status});
    }
    return parsed;
}

} // namespace aws
