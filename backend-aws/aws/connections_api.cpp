#include "aws/connections_api.h"

#include <fmt/format.h>

namespace aws {

namespace {

constexpr unsigned kGone = 410;

} // namespace

std::string ConnectionsApi::target(std::string_view connectionId) const
{
    auto target = m_path + "/@connections/";
    for (const char c : connectionId) {
        const bool plain =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain)
            target.push_back(c);
        else
            fmt::format_to(std::back_inserter(target), "%{:02X}", static_cast<unsigned char>(c));
    }
    return target;
}

Outcome<> ConnectionsApi::call(transport::Request request, Time deadline)
{
    CallRules rules;
    rules.repeatable = false;
    auto answer = m_caller.call(request, deadline, rules);
    if (answer)
        return {};
    answer.error().error.message = "@connections: " + answer.error().error.message;
    return std::unexpected(std::move(answer.error()));
}

Outcome<> ConnectionsApi::post(std::string_view connectionId, std::string_view text, Time deadline)
{
    transport::Request request;
    request.target = target(connectionId);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = text;
    return call(std::move(request), deadline);
}

Outcome<> ConnectionsApi::close(std::string_view connectionId, Time deadline)
{
    transport::Request request;
    request.method = "DELETE";
    request.target = target(connectionId);
    auto closed = call(std::move(request), deadline);
    return !closed && closed.error().status == kGone ? Outcome<>() : closed;
}

} // namespace aws
