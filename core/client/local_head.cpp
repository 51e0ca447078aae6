#include "client/local_head.h"

#include "guard/request_rule.h"
#include "http1/serialize.h"
#include "wire/variable_name.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace client {

namespace {

using wire::BodyKind;
using wire::Code;

constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;

wire::Result<> checkTarget(const wire::RequestHead &head)
{
    const bool asterisk = head.uri == "*" && head.method == "OPTIONS";
    if (head.method == "CONNECT" || (!head.uri.starts_with('/') && !asterisk))
        return wire::fail(Code::InvalidRequest, "the request target must be a path");
    return {};
}

// Framing is ours to write: whatever of it came along would be a second opinion.
bool isFraming(const wire::Header &field)
{
    static constexpr std::array<std::string_view, 5> kNames{"connection", "transfer-encoding", "upgrade", "keep-alive",
                                                            "proxy-connection"};
    return std::ranges::any_of(kNames, [&](auto name) { return wire::sameFieldName(name, field.name); });
}

wire::Result<std::uint64_t> contentLength(const wire::HeaderList &headers)
{
    std::optional<std::uint64_t> length;
    for (const auto &[name, value] : headers) {
        if (!wire::sameFieldName(name, "content-length"))
            continue;
        std::uint64_t number = 0;
        const char *end = value.data() + value.size();
        const auto parsed = std::from_chars(value.data(), end, number);
        if (length || parsed.ec != std::errc{} || parsed.ptr != end)
            return wire::fail(Code::InvalidRequest, "the request's Content-Length is not one number");
        length = number;
    }
    return length.value_or(0);
}

wire::Result<std::uint64_t> checkFraming(wire::RequestHead &head)
{
    if (head.body == BodyKind::Unknown) {
        wire::removeHeader(head.headers, "content-length");
        return 0;
    }
    const auto length = contentLength(head.headers);
    if (length && *length > 0 && head.body == BodyKind::None)
        return wire::fail(Code::InvalidRequest, "the request announces a body and has none");
    return length;
}

wire::HeaderList framingFields(const wire::RequestHead &head)
{
    wire::HeaderList fields;
    if (!head.upgrade.empty())
        fields = {{"Connection", "Upgrade"}, {"Upgrade", head.upgrade}};
    else if (wire::findHeader(head.headers, "te"))
        fields = {{"Connection", "TE"}}; // RFC 9110 10.1.4
    if (head.body == BodyKind::Unknown)
        fields.push_back({"Transfer-Encoding", "chunked"});
    return fields;
}

// Framing, routing, credentials, conditions, and what proxies say of visitors.
constexpr auto kNeverTrailers = std::to_array<std::string_view>(
    {"authorization", "connection",   "content-encoding", "content-length",      "content-range",
     "content-type",  "cookie",       "expect",           "forwarded",           "host",
     "keep-alive",    "max-forwards", "origin",           "proxy-authorization", "proxy-connection",
     "range",         "te",           "trailer",          "transfer-encoding",   "upgrade",
     "x-real-ip"});
constexpr auto kNeverBegin = std::to_array<std::string_view>({"if-", "x-forwarded-"});

bool mayTrail(const wire::Header &field)
{
    return !guard::namesAnotherTarget(field) &&
           std::ranges::none_of(kNeverTrailers, [&](auto name) { return wire::sameVariableName(field.name, name); }) &&
           std::ranges::none_of(kNeverBegin, [&](auto begin) { return wire::beginsVariableName(field.name, begin); });
}

} // namespace

wire::HeaderList localTrailers(wire::HeaderList trailers)
{
    std::erase_if(trailers, [](const wire::Header &field) { return !mayTrail(field); });
    return trailers;
}

std::optional<std::string> hostFieldFor(const LocalTarget &target)
{
    if (target.hostHeader == HostHeader::Preserve)
        return std::nullopt;
    if (target.hostHeader == HostHeader::Custom)
        return target.customHost.toStdString();
    std::string host = target.host.contains(u':') ? '[' + target.host.toStdString() + ']' : target.host.toStdString();
    if (target.port != (target.tls ? kHttpsPort : kHttpPort))
        host += ':' + std::to_string(target.port);
    return host;
}

wire::Result<std::uint64_t> appendLocalHead(std::string &out, wire::RequestHead &head,
                                            const std::optional<std::string> &host)
{
    if (auto checked = checkTarget(head); !checked)
        return std::unexpected(std::move(checked.error()));
    std::erase_if(head.headers, isFraming);
    auto length = checkFraming(head);
    if (!length)
        return length;
    if (host)
        wire::setHeader(head.headers, "Host", *host);
    http1::appendRequestHead(out, head, framingFields(head));
    return length;
}

bool isIdempotent(std::string_view method) noexcept
{
    static constexpr std::array<std::string_view, 6> kMethods{"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"};
    return std::ranges::find(kMethods, method) != kMethods.end();
}

} // namespace client
