#include "traffic/request_draft.h"

#include "traffic/request_url.h"
#include "wire/http_head.h"
#include "wire/limits.h"

#include <algorithm>

namespace traffic {

namespace {

using wire::Code;

template <class... Parts>
wire::Result<> refuse(const Parts &...parts)
{
    return wire::fail(Code::InvalidRequest, (std::string() + ... + parts));
}

DraftHeader rowOf(const wire::Header &field)
{
    return {true, QString::fromStdString(field.name), QString::fromLatin1(field.value)};
}

bool isBlank(const DraftHeader &row)
{
    return row.name.trimmed().isEmpty() && row.value.trimmed().isEmpty();
}

wire::Result<> checkRow(const std::string &name, const QString &value)
{
    if (name.empty())
        return refuse("A header has a value and no name. Name it, or remove the row.");
    if (!wire::isToken(name))
        return refuse("“", name,
                      "” is not a header name: it has a character other than letters, digits and "
                      "!#$%&'*+-.^_`|~.");
    const auto beyondLatin1 = std::ranges::find_if(value, [](QChar c) { return c.unicode() > 0xff; });
    if (beyondLatin1 != value.end())
        return refuse("The value of ", name, " has “", value.mid(beyondLatin1 - value.begin(), 1).toStdString(),
                      "”, which a header cannot carry. Write it in percent-escapes, or as the service expects it.");
    if (!wire::isFieldValue(value.toLatin1().toStdString()))
        return refuse("The value of ", name, " has a line break or another control character. Remove it.");
    if (wire::sameFieldName(name, "upgrade"))
        return refuse("Requests that ask for another protocol, as WebSockets do, cannot be sent from here. Turn off "
                      "Upgrade to send it as plain HTTP.");
    if (wire::sameFieldName(name, "transfer-encoding"))
        return refuse("Transfer-Encoding cannot be chosen: the body is sent with its Content-Length. Turn that header "
                      "off.");
    return {};
}

wire::Result<wire::HeaderList> headersOf(const QList<DraftHeader> &rows)
{
    wire::HeaderList headers;
    for (const auto &row : rows) {
        if (!row.enabled || isBlank(row))
            continue;
        auto name = row.name.trimmed().toStdString();
        const auto value = row.value.trimmed();
        if (auto checked = checkRow(name, value); !checked)
            return std::unexpected(std::move(checked.error()));
        headers.push_back({std::move(name), value.toLatin1().toStdString()});
    }
    wire::removeHeader(headers, "content-length");
    wire::removeHopByHop(headers);
    return headers;
}

wire::Result<> checkMethod(const std::string &method, const std::string &target)
{
    if (method.empty())
        return refuse("The method is missing: GET, POST or another.");
    if (!wire::isToken(method) || method.size() > wire::kMaxMethodBytes)
        return refuse("“", method,
                      "” is not a method: it has a space or another character that no method has, or is "
                      "too long.");
    if (method == "CONNECT")
        return refuse("CONNECT is for proxies; a local service has no use for it.");
    if (target == "*" && method != "OPTIONS")
        return refuse("The URL ends in “*” instead of a path, which only OPTIONS may ask for.");
    return {};
}

client::LocalTarget targetOf(const RequestUrl &url, const client::LocalTarget &tunnelTarget)
{
    const bool same = url.tls == tunnelTarget.tls && url.port == tunnelTarget.port &&
                      url.host.compare(tunnelTarget.host, Qt::CaseInsensitive) == 0;
    if (same)
        return tunnelTarget;
    client::LocalTarget target;
    target.tls = url.tls;
    target.host = url.host;
    target.port = url.port;
    return target;
}

wire::Result<> checkSize(const wire::RequestHead &head)
{
    if (auto checked = wire::checkHead(head); !checked)
        return refuse("The request cannot be sent: ", checked.error().message, ".");
    return {};
}

} // namespace

QString originOf(const client::LocalTarget &target)
{
    return requestOrigin(target.tls, target.host, target.port);
}

RequestDraft draftFrom(const Exchange &exchange, const client::LocalTarget &target)
{
    RequestDraft draft;
    draft.method = exchange.summary.method;
    draft.url = originOf(target) + QString::fromStdString(escapedTarget(exchange.summary.target.toStdString()));
    draft.body = exchange.requestBody;
    if (!exchange.request)
        return draft;
    draft.method = QString::fromStdString(exchange.request->method);
    draft.url = originOf(target) + QString::fromStdString(escapedTarget(exchange.request->uri));
    for (const auto &field : exchange.request->headers)
        if (!wire::sameFieldName(field.name, "content-length"))
            draft.headers += rowOf(field);
    return draft;
}

wire::Result<client::ReplayRequest> toReplay(const RequestDraft &draft, const client::LocalTarget &tunnelTarget)
{
    const auto url = parseRequestUrl(draft.url);
    if (!url)
        return std::unexpected(url.error());
    client::ReplayRequest request;
    request.target = targetOf(*url, tunnelTarget);
    request.head.method = draft.method.trimmed().toStdString();
    request.head.uri = url->target;
    request.body = draft.body;
    auto headers = headersOf(draft.headers);
    auto checked = checkMethod(request.head.method, url->target);
    if (checked && !headers)
        return std::unexpected(std::move(headers.error()));
    if (checked) {
        request.head.headers = std::move(*headers);
        checked = checkSize(request.head);
    }
    if (!checked)
        return std::unexpected(std::move(checked.error()));
    return request;
}

} // namespace traffic
