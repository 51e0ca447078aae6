#include "guard/cors.h"

#include "wire/limits.h"

#include <algorithm>
#include <string>

namespace guard {

namespace {

constexpr std::string_view kPrefix = "access-control-";

bool isCorsField(std::string_view name) noexcept
{
    return name.size() > kPrefix.size() && wire::sameFieldName(name.substr(0, kPrefix.size()), kPrefix);
}

} // namespace

bool isPreflight(const wire::RequestHead &head) noexcept
{
    const auto asked = wire::findHeader(head.headers, kRequestMethodField);
    return head.method == "OPTIONS" && head.body == wire::BodyKind::None && head.upgrade.empty() && asked &&
           wire::isToken(*asked) && wire::findHeader(head.headers, "Origin");
}

wire::ResponseHead preflightAnswer(const wire::RequestHead &preflight)
{
    wire::ResponseHead head;
    head.status = 204;
    head.reason = "No Content";
    allowEveryOrigin(head.headers);
    const auto method = wire::findHeader(preflight.headers, kRequestMethodField).value_or("GET");
    head.headers.push_back({"Access-Control-Allow-Methods", std::string(method)});
    if (const auto fields = wire::findHeader(preflight.headers, "Access-Control-Request-Headers"))
        head.headers.push_back({"Access-Control-Allow-Headers", std::string(*fields)});
    head.headers.push_back({"Access-Control-Max-Age", std::to_string(wire::kPreflightAge.count())});
    head.headers.push_back({"Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"});
    return head;
}

void allowEveryOrigin(wire::HeaderList &response)
{
    std::erase_if(response, [](const wire::Header &header) { return isCorsField(header.name); });
    response.push_back({"Access-Control-Allow-Origin", "*"});
    response.push_back({"Access-Control-Expose-Headers", "*"});
}

} // namespace guard
