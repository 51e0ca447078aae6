#include "events/http_event.h"

#include "events/event_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace events {

namespace {

using nlohmann::json;

bool isHex(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Percent-encodes what cannot stand in a target; a path that AWS decoded is one again then. What is fine stays, byte for
// byte, escapes included.
std::string targetPart(std::string_view text, std::string_view alsoEncoded)
{
    std::string part;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool escape = c == '%' && at + 2 < text.size() && isHex(text[at + 1]) && isHex(text[at + 2]);
        const bool plain =
            c > ' ' && c < '\x7f' && c != '%' && c != '#' && alsoEncoded.find(c) == std::string_view::npos;
        if (plain || escape)
            part.push_back(c);
        else
            fmt::format_to(std::back_inserter(part), "%{:02X}", static_cast<unsigned char>(c));
    }
    return part;
}

// A named stage stands in front of the path; the stage `$default` does not.
std::string_view withoutStage(std::string_view path, std::string_view stage)
{
    if (stage.empty() || stage == "$default" || !path.starts_with('/') || !path.substr(1).starts_with(stage))
        return path;
    const auto rest = path.substr(1 + stage.size());
    if (rest.empty())
        return "/";
    return rest.starts_with('/') ? rest : path;
}

std::string targetOf(const json &event)
{
    const auto path = textAt(event, {"rawPath"});
    const auto query = textAt(event, {"rawQueryString"});
    auto target = targetPart(withoutStage(path, textAt(event, {"requestContext", "stage"})), "?");
    if (target.empty())
        target = "/";
    return query.empty() ? target : target + "?" + targetPart(query, "");
}

void joinCookies(wire::HeaderList &headers, const json &event)
{
    const auto *cookies = memberAt(event, {"cookies"});
    if (cookies == nullptr || !cookies->is_array() || cookies->empty())
        return;
    std::string all;
    for (const auto &cookie : *cookies) {
        if (cookie.is_string())
            all.append(all.empty() ? "" : "; ").append(cookie.get<std::string>());
    }
    wire::setHeader(headers, "cookie", std::move(all));
}

// A browser says the length of nothing only where a body could have been (RFC 9110 8.6); API Gateway says it always. With it
// an OPTIONS would be no preflight.
bool mayBeEmpty(std::string_view method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

// API Gateway has read the body: what the visitor said of its length and framing holds no longer.
void describeBody(wire::RequestHead &head, std::size_t bytes)
{
    const bool told = wire::findHeader(head.headers, "content-length").has_value();
    wire::removeHeader(head.headers, "transfer-encoding");
    wire::removeHeader(head.headers, "expect"); // answered by API Gateway
    const bool sized = bytes > 0 || (told && mayBeEmpty(head.method));
    head.body = sized ? wire::BodyKind::Sized : wire::BodyKind::None;
    wire::removeHeader(head.headers, "content-length");
    if (sized)
        head.headers.push_back({"content-length", std::to_string(bytes)});
}

} // namespace

wire::Result<Event> readHttpEvent(const json &event)
{
    HttpEvent request;
    auto body = bodyOf(event);
    if (!body)
        return std::unexpected(std::move(body.error()));
    request.body = std::move(*body);
    request.domain = textAt(event, {"requestContext", "domainName"});
    auto &head = request.head;
    head.method = textAt(event, {"requestContext", "http", "method"});
    head.uri = targetOf(event);
    head.remoteAddress = textAt(event, {"requestContext", "http", "sourceIp"});
    head.headers = headersAt(event, "headers");
    joinCookies(head.headers, event);
    describeBody(head, request.body.size());
    return request;
}

} // namespace events
