#include "traffic/har_reader.h"

#include "traffic/har_entry.h"
#include "wire/limits.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace traffic {

namespace {

using wire::Code;

constexpr auto kExportAgain = " Nothing was imported. Export the file again from where it came.";
constexpr auto kExportLess = " Nothing was imported. Export fewer requests into the file.";

std::string megabytes(std::size_t bytes)
{
    return std::to_string(bytes / wire::kMiB) + " MiB";
}

wire::Result<QJsonArray> entriesOf(const QByteArray &json)
{
    if (json.size() > qsizetype(wire::kMaxHarFileBytes))
        return std::unexpected(tooLargeHar());
    QJsonParseError error;
    // A byte order mark is in files of some tools.
    const auto document = QJsonDocument::fromJson(json.startsWith("\xef\xbb\xbf") ? json.mid(3) : json, &error);
    if (error.error != QJsonParseError::NoError)
        return wire::fail(Code::InvalidRequest, "This is no HAR: the file is not JSON, from byte " +
                                                    std::to_string(error.offset) + " on (" +
                                                    error.errorString().toStdString() + ")." + kExportAgain);
    const auto log = document.object().value(QLatin1String("log")).toObject();
    const auto version = log.value(QLatin1String("version")).toString(QStringLiteral("1.1"));
    const auto entries = log.value(QLatin1String("entries"));
    if (!entries.isArray())
        return wire::fail(Code::InvalidRequest,
                          std::string("This is no HAR: the file has no list “log.entries”.") + kExportAgain);
    if (!version.startsWith(QLatin1String("1.")))
        return wire::fail(Code::InvalidRequest, "The file says that it is HAR " + version.left(20).toStdString() +
                                                    "; only 1.x can be read." + kExportAgain);
    if (entries.toArray().size() > qsizetype(wire::kMaxHarEntries))
        return wire::fail(Code::PayloadTooLarge, "The file has " + std::to_string(entries.toArray().size()) +
                                                     " requests, more than " + std::to_string(wire::kMaxHarEntries) +
                                                     "." + kExportLess);
    return entries.toArray();
}

std::size_t fieldBytes(const wire::HeaderList &headers)
{
    std::size_t bytes = 0;
    for (const auto &[name, value] : headers)
        bytes += sizeof(wire::Header) + name.size() + value.size();
    return bytes;
}

// Gathers entries within the bounds of an import.
class Import {
public:
    [[nodiscard]] HarLog take() && { return std::move(m_log); }

    void leaveOut(const std::string &where, const QString &why)
    {
        if (m_log.leftOut++ == 0)
            m_log.leftOutWhy = where + ": " + why.toStdString();
    }

    // False: heads beyond the bound.
    [[nodiscard]] bool add(Exchange exchange)
    {
        m_headBytes += std::size_t(exchange.summary.importedUrl.size()) * 2 * sizeof(QChar); // and its target
        m_headBytes += exchange.request ? fieldBytes(exchange.request->headers) : 0;
        m_headBytes += exchange.response ? fieldBytes(exchange.response->headers) : 0;
        const auto body = std::size_t(exchange.requestBody.size() + exchange.responseBody.size());
        if (m_bodyBytes + body > wire::kMaxHarBodyBytes) {
            exchange.requestBody = {};
            exchange.responseBody = {};
            exchange.bodiesDropped = true;
            ++m_log.bodiesLeftOut;
        } else {
            m_bodyBytes += body;
        }
        m_log.exchanges.push_back(std::move(exchange));
        return m_headBytes <= wire::kMaxHarHeadBytes;
    }

private:
    HarLog m_log;
    std::size_t m_headBytes = 0;
    std::size_t m_bodyBytes = 0;
};

} // namespace

wire::Error tooLargeHar()
{
    return {Code::PayloadTooLarge, "The file is larger than " + megabytes(wire::kMaxHarFileBytes) + "." + kExportLess};
}

wire::Result<HarLog> readHar(const QByteArray &json)
{
    const auto entries = entriesOf(json);
    if (!entries)
        return std::unexpected(entries.error());
    Import import;
    for (qsizetype i = 0; i < entries->size(); ++i) {
        const auto where = "entry " + std::to_string(i + 1);
        if (!entries->at(i).isObject())
            return wire::fail(Code::InvalidRequest, "This is no HAR: " + where + " is no object." + kExportAgain);
        auto entry = readHarEntry(entries->at(i).toObject());
        if (!entry.fault.isEmpty())
            return wire::fail(Code::InvalidRequest,
                              "In " + where + ", " + entry.fault.toStdString() + "." + kExportAgain);
        if (!entry.unusable.isEmpty())
            import.leaveOut(where, entry.unusable);
        else if (!import.add(std::move(entry.exchange)))
            return wire::fail(Code::PayloadTooLarge, "The headers in the file are larger than " +
                                                         megabytes(wire::kMaxHarHeadBytes) + "." + kExportLess);
    }
    return std::move(import).take();
}

} // namespace traffic
