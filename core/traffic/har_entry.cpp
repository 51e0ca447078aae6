#include "traffic/har_entry.h"

#include "traffic/har_body.h"
#include "traffic/har_fields.h"
#include "traffic/request_url.h"
#include "wire/limits.h"

#include <QUrl>

#include <algorithm>
#include <cmath>

namespace traffic {

namespace {

using client::ExchangeState;

constexpr qsizetype kMaxNameChars = 200; // of what is shown as tunnel, visitor or id
constexpr double kMaxMilliseconds = 30.0 * 24 * 3600 * 1000; // a month: longer is nonsense
constexpr double kMaxExactSize = 9007199254740992.0; // 2^53: above it, a number of JSON is not exact

QLatin1String operator""_l(const char *text, std::size_t size)
{
    return {text, qsizetype(size)};
}

// Latin-1 where it can be, as fields are read everywhere; else UTF-8.
std::string bytesOf(const QString &text)
{
    const bool latin1 = std::ranges::all_of(text, [](QChar c) { return c.unicode() <= 0xff; });
    return (latin1 ? text.toLatin1() : text.toUtf8()).toStdString();
}

// Blanks of a field (RFC 9110 5.6.3), and what is left of CRLF.
QStringView trimmed(QStringView value)
{
    const auto isBlank = [](QChar c) { return c == u' ' || c == u'\t' || c == u'\r'; };
    while (!value.isEmpty() && isBlank(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && isBlank(value.back()))
        value = value.chopped(1);
    return value;
}

quint64 sizeOf(std::optional<double> number)
{
    return number && *number > 0 ? quint64(std::min(*number, kMaxExactSize)) : 0;
}

qint64 microseconds(std::optional<double> milliseconds)
{
    return std::llround(std::clamp(milliseconds.value_or(0), 0.0, kMaxMilliseconds) * 1000);
}

class EntryReader {
public:
    explicit EntryReader(const QJsonObject &entry) : m_entry(entry, {}, m_read.fault) {}

    HarEntry read()
    {
        readTimes();
        readRequest();
        readResponse();
        readOurs();
        return std::move(m_read);
    }

private:
    void leaveOut(const QString &why)
    {
        if (m_read.unusable.isEmpty())
            m_read.unusable = why;
    }
    void leaveOut(const wire::Error &error) { leaveOut(QString::fromStdString(error.message)); }

    void readTimes();
    void readRequest();
    void takeUrl(QString url, wire::RequestHead &head);
    [[nodiscard]] wire::HeaderList fieldsOf(HarFields &message);
    void readRequestBody(HarFields &request);
    void readResponse();
    void readHead(HarFields &response, unsigned status);
    void readContent(HarFields response, wire::ResponseHead &head);
    void readOurs();
    [[nodiscard]] QByteArray bodyOf(HarFields &holder, QLatin1String encoding, quint64 &whole);

    HarEntry m_read;
    HarFields m_entry;
    client::ExchangeSummary &m_summary = m_read.exchange.summary;
};

void EntryReader::readTimes()
{
    const auto started = m_entry.needText("startedDateTime"_l);
    m_summary.started = QDateTime::fromString(started, Qt::ISODateWithMs).toUTC();
    if (!m_summary.started.isValid())
        m_entry.tell("startedDateTime"_l, QStringLiteral("is no date and time of ISO 8601"));
    m_summary.durationUs = microseconds(m_entry.number("time"_l));
    auto timings = m_entry.object("timings"_l);
    for (const auto name : {"blocked"_l, "dns"_l, "connect"_l, "send"_l, "wait"_l})
        m_summary.firstByteUs += microseconds(timings.number(name)); // "ssl" is a part of "connect"
    const auto receive = microseconds(timings.number("receive"_l));
    if (m_summary.durationUs == 0)
        m_summary.durationUs = m_summary.firstByteUs + receive;
    m_summary.firstByteUs = std::min(m_summary.firstByteUs, m_summary.durationUs);
}

// Pseudo-headers of HTTP/2 (RFC 9113 8.3) say what the request line does; Chromium joins fields with line feeds. No more
// fields than it takes for the head to be refused: a file of line feeds would be gigabytes of them.
wire::HeaderList EntryReader::fieldsOf(HarFields &message)
{
    constexpr auto tooMany = wire::kMaxHeaderCount + 1;
    wire::HeaderList headers;
    for (auto field : message.objects("headers"_l, tooMany)) {
        const auto name = bytesOf(field.needText("name"_l));
        const auto values = field.text("value"_l);
        if (name.starts_with(':'))
            continue;
        qsizetype end = 0;
        for (QStringView rest = values; end >= 0 && headers.size() < tooMany; rest = rest.sliced(end + 1)) {
            end = rest.indexOf(u'\n');
            headers.push_back({name, bytesOf(trimmed(end < 0 ? rest : rest.first(end)).toString())});
        }
    }
    return headers;
}

void EntryReader::takeUrl(QString url, wire::RequestHead &head)
{
    if (url.startsWith("ws:"_l, Qt::CaseInsensitive) || url.startsWith("wss:"_l, Qt::CaseInsensitive))
        url.replace(0, 2, QStringLiteral("http"));
    url.truncate(url.indexOf(u'#') < 0 ? url.size() : url.indexOf(u'#'));
    const auto colon = url.indexOf(u':');
    if (!url.startsWith("http:"_l, Qt::CaseInsensitive) && !url.startsWith("https:"_l, Qt::CaseInsensitive))
        return leaveOut(QStringLiteral("its URL does not begin with http:// or https://, but with “%1”")
                            .arg(url.left(std::clamp<qsizetype>(colon + 1, 1, 20))));
    const auto parsed = parseRequestUrl(url);
    if (!parsed)
        return leaveOut(parsed.error());
    const auto origin = requestOrigin(parsed->tls, parsed->host, parsed->port);
    head.uri = parsed->target;
    m_summary.importedUrl = origin + QString::fromStdString(parsed->target);
    m_summary.tunnelName = parsed->host;
    if (!wire::findHeader(head.headers, "host"))
        head.headers.insert(head.headers.begin(), {"Host", origin.mid(origin.indexOf("//"_l) + 2).toStdString()});
}

void EntryReader::readRequest()
{
    auto request = m_entry.object("request"_l);
    auto head = std::make_shared<wire::RequestHead>();
    head->method = bytesOf(request.needText("method"_l));
    if (head->method == "CONNECT")
        leaveOut(QStringLiteral("CONNECT is between a browser and a proxy"));
    if (request.text("httpVersion"_l).compare("HTTP/1.0"_l, Qt::CaseInsensitive) == 0)
        head->version = 10;
    head->headers = fieldsOf(request);
    readRequestBody(request);
    wire::removeHopByHop(head->headers);
    takeUrl(request.needText("url"_l), *head);
    if (const auto checked = wire::checkHead(*head); !checked)
        leaveOut(checked.error());
    m_summary.method = QString::fromStdString(head->method);
    m_summary.target = QString::fromStdString(head->uri);
    m_read.exchange.request = std::move(head);
}

// As far as we keep bodies; `whole`: how large it is.
QByteArray EntryReader::bodyOf(HarFields &holder, QLatin1String encoding, quint64 &whole)
{
    auto body = harBody(holder.text("text"_l), holder.text(encoding));
    if (!body) {
        holder.tell("text"_l, QString::fromStdString(body.error().message));
        return {};
    }
    whole = quint64(body->size());
    return body->left(qsizetype(wire::kCapturedBodyBytes));
}

void EntryReader::readRequestBody(HarFields &request)
{
    auto &exchange = m_read.exchange;
    auto data = request.object("postData"_l);
    quint64 whole = 0;
    exchange.requestBody = bodyOf(data, "_encoding"_l, whole);
    QByteArrayList form;
    for (auto parameter : data.objects("params"_l, wire::kCapturedBodyBytes / 2)) { // "a&" is the least of a form
        const auto name = QUrl::toPercentEncoding(parameter.text("name"_l));
        form += name + '=' + QUrl::toPercentEncoding(parameter.text("value"_l));
    }
    const bool isForm = data.text("mimeType"_l).startsWith("application/x-www-form-urlencoded"_l, Qt::CaseInsensitive);
    if (exchange.requestBody.isEmpty() && isForm)
        exchange.requestBody = form.join('&').left(qsizetype(wire::kCapturedBodyBytes));
    m_summary.requestBytes =
        std::max({sizeOf(request.number("bodySize"_l)), whole, quint64(exchange.requestBody.size())});
    exchange.requestCut = m_summary.requestBytes > quint64(exchange.requestBody.size());
}

// Browsers write status 0 for what was never answered.
void EntryReader::readResponse()
{
    auto response = m_entry.object("response"_l);
    const double status = response.number("status"_l).value_or(0);
    if (status != 0 && (status != std::floor(status) || status < 100 || status > 999))
        response.tell("status"_l, QStringLiteral("is no status of HTTP"));
    else
        readHead(response, unsigned(status));
    const auto error = response.text("_error"_l);
    if (status != 0 && error.isEmpty()) {
        m_summary.state = ExchangeState::Done;
        return;
    }
    m_summary.state = ExchangeState::Aborted;
    m_summary.error.code = wire::Code::ConnectionLost;
    m_summary.error.message = error.isEmpty() ? "There was no answer" : error.left(kMaxNameChars).toStdString();
}

void EntryReader::readHead(HarFields &response, unsigned status)
{
    auto head = std::make_shared<wire::ResponseHead>();
    head->status = status;
    head->reason = bytesOf(response.text("statusText"_l));
    head->headers = fieldsOf(response);
    if (status == 101)
        head->upgrade = std::string(wire::findHeader(head->headers, "upgrade").value_or("websocket"));
    wire::removeHopByHop(head->headers);
    readContent(response, *head);
    if (status == 0)
        return;
    if (const auto checked = wire::checkHead(*head); !checked)
        leaveOut(checked.error());
    m_summary.status = status;
    m_summary.upgrade = QString::fromStdString(head->upgrade);
    m_read.exchange.response = std::move(head);
}

// A HAR has the body decoded, so that Content-Encoding is no longer true, unless it says that it is.
void EntryReader::readContent(HarFields response, wire::ResponseHead &head)
{
    auto &exchange = m_read.exchange;
    auto content = response.object("content"_l);
    quint64 whole = 0;
    exchange.responseBody = bodyOf(content, "encoding"_l, whole);
    const auto type = bytesOf(content.text("mimeType"_l));
    const auto size = std::max(sizeOf(content.number("size"_l)), whole);
    const auto sent = response.number("bodySize"_l);
    const bool coded = !content.text("_contentEncoding"_l).isEmpty();
    const auto kept = quint64(exchange.responseBody.size());
    if (kept > 0 && !coded)
        wire::removeHeader(head.headers, "content-encoding");
    if (!wire::findHeader(head.headers, "content-type") && type.find('/') != std::string::npos)
        head.headers.push_back({"Content-Type", type});
    m_summary.responseBytes = sent && *sent >= 0 ? sizeOf(sent) : size;
    exchange.responseCut = size > kept;
}

// What our own writer adds.
void EntryReader::readOurs()
{
    auto ours = m_entry.object("_tunnel"_l);
    if (const auto name = ours.text("name"_l); !name.isEmpty())
        m_summary.tunnelName = name.left(kMaxNameChars);
    m_summary.remoteAddress = ours.text("visitor"_l).left(kMaxNameChars);
    m_summary.requestId = ours.text("requestId"_l).left(kMaxNameChars);
    const auto state = ours.text("state"_l);
    if (state.isEmpty())
        return;
    m_summary.state = ExchangeState::Aborted;
    m_summary.error.code = state == "pending"_l ? wire::Code::ConnectionLost : wire::codeFromName(state.toStdString());
    if (state == "pending"_l)
        m_summary.error.message = "It was still running when it was exported";
}

} // namespace

HarEntry readHarEntry(const QJsonObject &entry)
{
    auto read = EntryReader(entry).read();
    read.exchange.summary.origin = client::ExchangeOrigin::Import;
    return read;
}

} // namespace traffic
