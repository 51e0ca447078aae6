#include "runtime/runtime_client.h"

#include "wire/limits.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace runtime {

using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kBase = "/2018-06-01/runtime";
constexpr unsigned kOk = 200;
constexpr unsigned kAccepted = 202;
constexpr std::chrono::seconds kPostTimeout{10}; // to the same machine
constexpr std::size_t kPostAnswerBytes = 64 * wire::kKiB;

std::string errorText(std::string_view type, std::string_view message)
{
    return nlohmann::json{{"errorType", type}, {"errorMessage", message}, {"stackTrace", nlohmann::json::array()}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Result<edge::HttpUrl> RuntimeClient::parseApi(std::string_view api)
{
    edge::HttpUrl url;
    const auto colon = api.rfind(':');
    url.secure = false;
    url.host = api.substr(0, colon);
    url.port = colon == std::string_view::npos ? "80" : std::string(api.substr(colon + 1));
    url.authority = api;
    url.target = "/";
    const bool number = !url.port.empty() && url.port.find_first_not_of("0123456789") == std::string::npos;
    if (url.host.empty() || !number || url.port.size() > 5)
        return wire::fail(Code::InvalidRequest, "AWS_LAMBDA_RUNTIME_API is no HOST:PORT; Lambda sets it");
    return url;
}

Result<Invocation> RuntimeClient::next()
{
    const transport::Request request{
        .method = "GET", .target = fmt::format("{}/invocation/next", kBase), .headers = {}, .body = {}};
    auto answer = m_client.send(request, std::nullopt, wire::kLambdaPayloadBytes + wire::kMiB);
    if (!answer)
        return std::unexpected(std::move(answer.error()));
    if (answer->status != kOk)
        return wire::fail(Code::ProtocolError, fmt::format("the Runtime API answered {}", answer->status));
    Invocation invocation;
    invocation.id = wire::findHeader(answer->headers, "Lambda-Runtime-Aws-Request-Id").value_or("");
    const auto deadline = wire::findHeader(answer->headers, "Lambda-Runtime-Deadline-Ms").value_or("");
    std::int64_t milliseconds = 0;
    const auto [end, error] = std::from_chars(deadline.data(), deadline.data() + deadline.size(), milliseconds);
    if (invocation.id.empty() || error != std::errc() || end != deadline.data() + deadline.size())
        return wire::fail(Code::ProtocolError, "the Runtime API gave an invocation without id or deadline");
    invocation.deadline = Time(std::chrono::milliseconds(milliseconds));
    invocation.event = std::move(answer->body);
    return invocation;
}

Result<> RuntimeClient::post(std::string target, std::string body, std::string_view errorType)
{
    transport::Request request{.method = "POST",
                               .target = std::move(target),
                               .headers = {{"Content-Type", "application/json"}},
                               .body = std::move(body)};
    if (!errorType.empty())
        request.headers.push_back({"Lambda-Runtime-Function-Error-Type", std::string(errorType)});
    const auto answer = m_client.send(request, transport::now() + kPostTimeout, kPostAnswerBytes);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->status != kAccepted)
        return wire::fail(Code::ProtocolError, fmt::format("the Runtime API answered {}", answer->status));
    return {};
}

Result<> RuntimeClient::respond(const Invocation &invocation, std::string answer)
{
    return post(fmt::format("{}/invocation/{}/response", kBase, invocation.id), std::move(answer), {});
}

Result<> RuntimeClient::fail(const Invocation &invocation, std::string_view type, std::string_view message)
{
    return post(fmt::format("{}/invocation/{}/error", kBase, invocation.id), errorText(type, message), type);
}

Result<> RuntimeClient::failStart(std::string_view type, std::string_view message)
{
    return post(fmt::format("{}/init/error", kBase), errorText(type, message), type);
}

} // namespace runtime
