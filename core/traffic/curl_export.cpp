#include "traffic/curl_export.h"

#include "traffic/shell_quote.h"
#include "wire/http_head.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace traffic {

namespace {

bool has(const wire::RequestHead &head, std::string_view field)
{
    return wire::findHeader(head.headers, field).has_value();
}

QString field(const std::string &name, const std::string &value)
{
    // "Name:" would turn the field off; "Name;" sends it empty.
    const auto line = value.empty() ? name + ';' : name + ": " + value;
    return QLatin1String("-H ") + shellWord(QByteArray::fromStdString(line));
}

QStringList fields(const wire::RequestHead &head, Redact redact)
{
    QStringList options;
    for (const auto &header : head.headers) {
        if (wire::sameFieldName(header.name, "host") || wire::sameFieldName(header.name, "content-length"))
            continue;
        options += field(header.name, redact == Redact::Secrets ? redactedValue(header) : header.value);
    }
    if (has(head, "accept-encoding"))
        options += QStringLiteral("--compressed"); // shows the answer decoded; the field stays as it is
    return options;
}

// What curl would add by itself.
QStringList fieldsTurnedOff(const wire::RequestHead &head, bool hasBody, qsizetype bodyBytes)
{
    constexpr qsizetype kExpectsAbove = 1024 * 1024; // curl asks before it sends more
    QStringList options;
    const auto turnOff = [&](const char *name) {
        if (!has(head, name))
            options += QStringLiteral("-H '%1:'").arg(QLatin1String(name));
    };
    turnOff("User-Agent");
    turnOff("Accept");
    if (hasBody)
        turnOff("Content-Type");
    if (bodyBytes >= kExpectsAbove)
        turnOff("Expect");
    return options;
}

QStringList method(const QString &name, bool hasBody)
{
    if (name == (hasBody ? QLatin1String("POST") : QLatin1String("GET")))
        return {};
    if (name == QLatin1String("HEAD") && !hasBody)
        return {QStringLiteral("--head")};
    return {QLatin1String("-X ") + shellWord(name.toUtf8())};
}

// Parts of the URL that curl would make something else of.
QStringList urlOptions(const QString &url)
{
    QStringList options;
    if (std::ranges::any_of(url, [](QChar c) { return QStringView(u"[]{}").contains(c); }))
        options += QStringLiteral("--globoff");
    if (url.contains(QLatin1String("/.")))
        options += QStringLiteral("--path-as-is");
    return options;
}

bool hasBody(const Exchange &exchange)
{
    if (!exchange.requestBody.isEmpty())
        return true;
    const auto length = exchange.request ? wire::findHeader(exchange.request->headers, "content-length") : std::nullopt;
    return length == "0"; // says so itself, as POST without a body does
}

QByteArray bodyOf(const Exchange &exchange, Redact redact)
{
    const auto type = exchange.request ? wire::findHeader(exchange.request->headers, "content-type") : std::nullopt;
    return redact == Redact::Secrets ? redactedBody(type.value_or(""), exchange.requestBody) : exchange.requestBody;
}

} // namespace

QString curlCommand(const Exchange &exchange, const QString &url, Redact redact)
{
    const bool withBody = hasBody(exchange);
    const auto body = bodyOf(exchange, redact);
    const bool piped = !isShellText(body);
    auto bytes = url.toUtf8();
    if (redact == Redact::Secrets)
        bytes = QByteArray::fromStdString(redactedUrl({bytes.constData(), std::size_t(bytes.size())}));
    QStringList words{QLatin1String("curl ") + shellWord(bytes)};
    words += urlOptions(url);
    words += method(exchange.summary.method, withBody);
    if (exchange.request) {
        words += fields(*exchange.request, redact);
        words += fieldsTurnedOff(*exchange.request, withBody, body.size());
    }
    if (withBody)
        words += piped ? QStringLiteral("--data-binary @-") : QLatin1String("--data-raw ") + shellText(body);
    const auto command = words.join(QLatin1String(" \\\n  "));
    return piped ? shellPrintf(body) + QLatin1String(" | ") + command : command;
}

} // namespace traffic
