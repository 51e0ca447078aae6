#include "traffic/har_writer.h"

#include "traffic/body_decoder.h"
#include "traffic/har_body.h"
#include "traffic/request_url.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace traffic {

namespace {

constexpr int kUnknown = -1; // HAR 1.2: "does not apply", or the size is not known

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

// One character a byte: what is not ASCII in a field has no charset (RFC 9110 5.5).
QString fieldText(std::string_view bytes)
{
    return QString::fromLatin1(bytes.data(), qsizetype(bytes.size()));
}

QJsonObject pair(const QString &name, const QString &value)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
}

double milliseconds(qint64 microseconds)
{
    return double(microseconds) / 1000;
}

// What is written of one exchange: its heads with or without their secrets.
class Entry {
public:
    Entry(const HarItem &item, Redact redact) : m_exchange(item.exchange), m_redact(redact)
    {
        const auto url = escapedTarget(item.url.toStdString());
        m_url = safeUrl(url);
    }

    [[nodiscard]] QJsonObject object() const
    {
        const auto &summary = m_exchange.summary;
        return {{QStringLiteral("startedDateTime"), summary.started.toUTC().toString(Qt::ISODateWithMs)},
                {QStringLiteral("time"), milliseconds(summary.durationUs)},
                {QStringLiteral("request"), request()},
                {QStringLiteral("response"), response()},
                {QStringLiteral("cache"), QJsonObject()},
                {QStringLiteral("timings"), timings()},
                {QStringLiteral("_tunnel"), tunnel()}};
    }

private:
    [[nodiscard]] std::string safeUrl(const std::string &url) const
    {
        return m_redact == Redact::Secrets ? redactedUrl(url) : url;
    }
    [[nodiscard]] std::string safeValue(const wire::Header &field) const
    {
        return m_redact == Redact::Secrets ? redactedValue(field) : field.value;
    }
    [[nodiscard]] QJsonArray fields(const wire::HeaderList &headers) const
    {
        QJsonArray list;
        for (const auto &field : headers)
            list += pair(text(field.name), fieldText(safeValue(field)));
        return list;
    }

    [[nodiscard]] QJsonArray cookies(const wire::HeaderList &headers, const char *fieldName) const;
    [[nodiscard]] QJsonArray query() const;
    [[nodiscard]] QJsonObject request() const;
    [[nodiscard]] QByteArray requestBody(std::string_view type) const;
    [[nodiscard]] QJsonObject postData(const std::string &type, const QByteArray &body) const;
    [[nodiscard]] QJsonObject response() const;
    [[nodiscard]] QJsonObject content(const wire::HeaderList &headers) const;
    [[nodiscard]] QJsonObject timings() const;
    [[nodiscard]] QJsonObject tunnel() const;

    const Exchange &m_exchange;
    const Redact m_redact;
    std::string m_url;
};

// Names and values only: HAR leaves the rest open, and the fields have it.
QJsonArray Entry::cookies(const wire::HeaderList &headers, const char *fieldName) const
{
    const bool several = std::string_view(fieldName) == "cookie"; // in one field
    QJsonArray list;
    for (const auto &field : headers) {
        if (!wire::sameFieldName(field.name, fieldName))
            continue;
        const auto parts = fieldText(safeValue(field)).split(u';');
        for (qsizetype i = 0; i < (several ? parts.size() : 1); ++i) {
            const auto &part = parts[i];
            const auto equals = part.indexOf(u'=');
            if (!part.trimmed().isEmpty())
                list += pair(part.left(std::max<qsizetype>(equals, 0)).trimmed(), part.mid(equals + 1).trimmed());
        }
    }
    return list;
}

QJsonArray Entry::query() const
{
    QJsonArray list;
    const auto begin = m_url.find('?');
    if (begin == std::string::npos)
        return list;
    const auto decoded = [](QStringView part) { return QUrl::fromPercentEncoding(part.toUtf8()); };
    const auto parameters = text(std::string_view(m_url).substr(begin + 1));
    for (const auto part : QStringView(parameters).split(u'&', Qt::SkipEmptyParts)) {
        const auto equals = part.indexOf(u'=');
        list += pair(decoded(equals < 0 ? part : part.first(equals)),
                     equals < 0 ? QString() : decoded(part.sliced(equals + 1)));
    }
    return list;
}

QByteArray Entry::requestBody(std::string_view type) const
{
    const auto &body = m_exchange.requestBody;
    return m_redact == Redact::Secrets ? redactedBody(type, body) : body;
}

QJsonObject Entry::request() const
{
    const auto &summary = m_exchange.summary;
    const auto *head = m_exchange.request.get();
    const auto headers = head ? head->headers : wire::HeaderList();
    const auto type = std::string(wire::findHeader(headers, "content-type").value_or(""));
    const auto body = requestBody(type);
    const bool whole = quint64(m_exchange.requestBody.size()) == summary.requestBytes;
    QJsonObject object{{QStringLiteral("method"), summary.method},
                       {QStringLiteral("url"), text(m_url)},
                       {QStringLiteral("httpVersion"),
                        head && head->version == 10 ? QStringLiteral("HTTP/1.0") : QStringLiteral("HTTP/1.1")},
                       {QStringLiteral("cookies"), cookies(headers, "cookie")},
                       {QStringLiteral("headers"), fields(headers)},
                       {QStringLiteral("queryString"), query()},
                       {QStringLiteral("headersSize"), kUnknown},
                       {QStringLiteral("bodySize"), whole ? qint64(body.size()) : qint64(summary.requestBytes)}};
    if (summary.requestBytes > 0 || !body.isEmpty())
        object.insert(QStringLiteral("postData"), postData(type, body));
    return object;
}

// HAR knows no base64 here; "_encoding" is ours.
QJsonObject Entry::postData(const std::string &type, const QByteArray &body) const
{
    QJsonObject object{{QStringLiteral("mimeType"), fieldText(type)}};
    putHarBody(object, body, QStringLiteral("_encoding"));
    if (m_exchange.requestCut || m_exchange.bodiesDropped)
        object.insert(QStringLiteral("comment"), QStringLiteral("Not the whole body: only this was kept."));
    return object;
}

QJsonObject Entry::response() const
{
    const auto &summary = m_exchange.summary;
    const auto *head = m_exchange.response.get();
    const auto headers = head ? head->headers : wire::HeaderList();
    const auto location = wire::findHeader(headers, "location");
    QJsonObject object{{QStringLiteral("status"), qint64(summary.status)},
                       {QStringLiteral("statusText"), head ? fieldText(head->reason) : QString()},
                       {QStringLiteral("httpVersion"), summary.status == 0 ? QString() : QStringLiteral("HTTP/1.1")},
                       {QStringLiteral("cookies"), cookies(headers, "set-cookie")},
                       {QStringLiteral("headers"), fields(headers)},
                       {QStringLiteral("content"), content(headers)},
                       {QStringLiteral("redirectURL"), fieldText(safeUrl(std::string(location.value_or(""))))},
                       {QStringLiteral("headersSize"), kUnknown},
                       {QStringLiteral("bodySize"), qint64(summary.responseBytes)}};
    if (summary.state == client::ExchangeState::Aborted && !summary.error.message.empty())
        object.insert(QStringLiteral("_error"), text(summary.error.message)); // as Chromium has it
    return object;
}

// What cannot be decoded is written as it came, and says so.
QJsonObject Entry::content(const wire::HeaderList &headers) const
{
    QJsonObject object{{QStringLiteral("mimeType"), fieldText(wire::findHeader(headers, "content-type").value_or(""))}};
    const auto &raw = m_exchange.responseBody;
    const auto coding = wire::findHeader(headers, "content-encoding").value_or("");
    const bool coded = !coding.empty() && !raw.isEmpty();
    const auto decoded = coded ? decodeBody(coding, raw) : wire::Result<DecodedBody>(DecodedBody{raw, false});
    const auto body = decoded ? decoded->bytes : raw;
    const bool cut = m_exchange.responseCut || m_exchange.bodiesDropped || (decoded && decoded->cut);
    if (!decoded)
        object.insert(QStringLiteral("_contentEncoding"), fieldText(coding));
    if (!body.isEmpty())
        putHarBody(object, body, QStringLiteral("encoding"));
    if (cut)
        object.insert(QStringLiteral("comment"), QStringLiteral("Not the whole body: only this was kept."));
    const bool whole = coded && decoded && !cut;
    object.insert(QStringLiteral("size"), whole ? body.size() : qint64(m_exchange.summary.responseBytes));
    return object;
}

QJsonObject Entry::timings() const
{
    const auto &summary = m_exchange.summary;
    const qint64 wait = summary.status == 0 ? summary.durationUs : summary.firstByteUs;
    return {{QStringLiteral("blocked"), kUnknown},
            {QStringLiteral("dns"), kUnknown},
            {QStringLiteral("connect"), kUnknown},
            {QStringLiteral("ssl"), kUnknown},
            {QStringLiteral("send"), 0},
            {QStringLiteral("wait"), milliseconds(wait)},
            {QStringLiteral("receive"), milliseconds(summary.durationUs - wait)}};
}

QJsonObject Entry::tunnel() const
{
    const auto &summary = m_exchange.summary;
    QJsonObject object{{QStringLiteral("name"), summary.tunnelName}};
    const auto put = [&](const char *name, const QString &value) {
        if (!value.isEmpty())
            object.insert(QLatin1String(name), value);
    };
    put("visitor", summary.remoteAddress);
    put("requestId", summary.requestId);
    if (summary.state == client::ExchangeState::Pending)
        put("state", QStringLiteral("pending"));
    if (summary.state == client::ExchangeState::Aborted)
        put("state", text(wire::codeName(summary.error.code)));
    return object;
}

} // namespace

QByteArray harLog(const QList<HarItem> &items, Redact redact)
{
    QByteArray log = R"({"log":{"version":"1.2","creator":{"name":"HTTP Tunnel","version":")" TUNNEL_VERSION
                     R"("},"pages":[],"entries":[)";
    for (qsizetype i = 0; i < items.size(); ++i) {
        log += i == 0 ? "\n" : ",\n";
        log += QJsonDocument(Entry(items[i], redact).object()).toJson(QJsonDocument::Compact);
    }
    return log + "\n]}}\n";
}

} // namespace traffic
