#include "core/traffic/all_bytes.h"
#include "core/traffic/har_samples.h"
#include "traffic/har_reader.h"
#include "traffic/har_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using client::ExchangeState;
using traffic::Exchange;
using traffic::harLog;
using traffic::readHar;
using traffic::Redact;

namespace {

const QString kUrl = QStringLiteral("https://shop.example.com/hooks/a?livemode=false");

QJsonObject logOf(const QByteArray &har)
{
    return QJsonDocument::fromJson(har).object().value(u"log").toObject();
}

QJsonObject entryOf(const Exchange &exchange, Redact redact = Redact::Nothing, const QString &url = kUrl)
{
    return logOf(harLog({{exchange, url}}, redact)).value(u"entries").toArray().at(0).toObject();
}

Exchange backOf(const Exchange &exchange)
{
    const auto log = readHar(harLog({{exchange, kUrl}}, Redact::Nothing));
    return log && log->exchanges.size() == 1 ? log->exchanges[0] : Exchange();
}

} // namespace

class HarWriterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLogIsOfTheFormat();
    void everyEntryHasWhatTheFormatDemands();
    void timesAreThoseThatWeHave();
    void secretsAreLeftOut();
    void bodiesOfAnswersAreDecoded();
    void whatCannotBeDecodedStays();
    void exchangesComeBack_data();
    void exchangesComeBack();
    void whatWasCutSaysSo();
    void whatHadNoAnswerComesBack();
};

void HarWriterTest::theLogIsOfTheFormat()
{
    const auto log = logOf(harLog({}));
    QCOMPARE(log.value(u"version").toString(), QStringLiteral("1.2"));
    QCOMPARE(log.value(u"creator").toObject().value(u"name").toString(), QStringLiteral("HTTP Tunnel"));
    QVERIFY(!log.value(u"creator").toObject().value(u"version").toString().isEmpty());
    QVERIFY(log.value(u"entries").toArray().isEmpty());
    QCOMPARE(
        logOf(harLog({{samples::exchange(), kUrl}, {samples::exchange(), kUrl}})).value(u"entries").toArray().size(),
        2);
}

// The members that HAR 1.2 does not call optional.
void HarWriterTest::everyEntryHasWhatTheFormatDemands()
{
    Exchange bare; // nothing was recorded
    bare.summary.started = QDateTime::currentDateTimeUtc();
    for (const auto &exchange : {samples::exchange({{"Host", "h"}}, {{"A", "b"}}, "x", "y"), bare}) {
        const auto entry = entryOf(exchange);
        for (const auto *name : {u"startedDateTime", u"time", u"request", u"response", u"cache", u"timings"})
            QVERIFY(entry.contains(QStringView(name)));
        for (const auto *name :
             {u"method", u"url", u"httpVersion", u"cookies", u"headers", u"queryString", u"headersSize", u"bodySize"})
            QVERIFY(entry.value(u"request").toObject().contains(QStringView(name)));
        for (const auto *name : {u"status", u"statusText", u"httpVersion", u"cookies", u"headers", u"content",
                                 u"redirectURL", u"headersSize", u"bodySize"})
            QVERIFY(entry.value(u"response").toObject().contains(QStringView(name)));
        const auto content = entry.value(u"response").toObject().value(u"content").toObject();
        QVERIFY(content.contains(u"size") && content.contains(u"mimeType"));
        for (const auto *name : {u"send", u"wait", u"receive"}) // must not be negative
            QVERIFY(entry.value(u"timings").toObject().value(QStringView(name)).toDouble(-1) >= 0);
    }
}

void HarWriterTest::timesAreThoseThatWeHave()
{
    const auto entry = entryOf(samples::exchange());
    QCOMPARE(entry.value(u"startedDateTime").toString(), QStringLiteral("2026-03-14T09:26:53.589Z"));
    QCOMPARE(entry.value(u"time").toDouble(), 12.345);
    const auto timings = entry.value(u"timings").toObject();
    QCOMPARE(timings.value(u"wait").toDouble(), 10.0);
    QCOMPARE(timings.value(u"receive").toDouble(), 2.345);
    for (const auto *name : {u"blocked", u"dns", u"connect", u"ssl"})
        QCOMPARE(timings.value(QStringView(name)).toDouble(), -1.0);
}

void HarWriterTest::secretsAreLeftOut()
{
    auto exchange = samples::exchange({{"Authorization", "Bearer s3cret"},
                                       {"Cookie", "sid=s3cret; b=s3cret"},
                                       {"Referer", "http://h/?token=s3cret"},
                                       {"Content-Type", "application/x-www-form-urlencoded"}},
                                      {{"Set-Cookie", "sid=s3cret; Path=/"}, {"Location", "/back?code=s3cret"}},
                                      "user=ann&password=s3cret", "hello");
    const auto url = QStringLiteral("http://h/hooks/a?api_key=s3cret&page=2");
    const auto safe = harLog({{exchange, url}}, Redact::Secrets);
    QVERIFY2(!safe.contains("s3cret"), safe.constData());
    for (const char *kept : {"Bearer REDACTED", "user=ann&password=REDACTED", "page=2", "Path=/", "hello"})
        QVERIFY2(safe.contains(kept), kept);
    QVERIFY(readHar(safe));
    const auto whole = harLog({{exchange, url}}, Redact::Nothing);
    QCOMPARE(whole.count("s3cret"), 13); // fields, cookies and query once more, URL and redirectURL, the form
}

void HarWriterTest::bodiesOfAnswersAreDecoded()
{
    const auto gzip = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c90700"
                                          "86a6103605000000");
    const auto exchange =
        samples::exchange({}, {{"Content-Encoding", "gzip"}, {"Content-Type", "text/plain"}}, {}, gzip);
    const auto content = entryOf(exchange).value(u"response").toObject().value(u"content").toObject();
    QCOMPARE(content.value(u"text").toString(), QStringLiteral("hello"));
    QCOMPARE(content.value(u"size").toInt(), 5);
    const auto back = backOf(exchange);
    QCOMPARE(back.responseBody, QByteArray("hello"));
    QVERIFY(!wire::findHeader(back.response->headers, "content-encoding"));
    QCOMPARE(back.summary.responseBytes, quint64(gzip.size())); // what was sent
    QVERIFY(!back.responseCut);
}

void HarWriterTest::whatCannotBeDecodedStays()
{
    const auto exchange = samples::exchange({}, {{"Content-Encoding", "gzip"}}, {}, "\xff\xfe not gzip");
    const auto back = backOf(exchange);
    QCOMPARE(back.responseBody, exchange.responseBody);
    QVERIFY(wire::findHeader(back.response->headers, "content-encoding"));
}

void HarWriterTest::exchangesComeBack_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("response");
    QTest::newRow("no bodies") << QByteArray() << QByteArray();
    QTest::newRow("text") << QByteArray("{\"a\":\"ü\"}") << QByteArray("<p>\r\n\t&\"\\");
    QTest::newRow("bytes") << support::allBytes() << support::allBytes();
}

void HarWriterTest::exchangesComeBack()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, response);
    auto exchange =
        samples::exchange({{"Host", "shop.example.com"}, {"X", "1"}, {"X", "Gr\xfc\xdf"}},
                          {{"Content-Type", "a/b"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}, request, response);
    const auto back = backOf(exchange);
    QVERIFY(back.request && back.response);
    QCOMPARE(back.request->method, exchange.request->method);
    QCOMPARE(back.request->uri, exchange.request->uri);
    QCOMPARE(back.request->headers, exchange.request->headers);
    QCOMPARE(back.response->status, exchange.response->status);
    QCOMPARE(back.response->reason, exchange.response->reason);
    QCOMPARE(back.response->headers, exchange.response->headers);
    QCOMPARE(back.requestBody, request);
    QCOMPARE(back.responseBody, response);
    QVERIFY(!back.requestCut && !back.responseCut);
    const auto &summary = back.summary;
    QCOMPARE(summary.origin, client::ExchangeOrigin::Import);
    QCOMPARE(summary.importedUrl, kUrl);
    QCOMPARE(summary.started, exchange.summary.started);
    QCOMPARE(summary.durationUs, exchange.summary.durationUs);
    QCOMPARE(summary.firstByteUs, exchange.summary.firstByteUs);
    QCOMPARE(summary.requestBytes, exchange.summary.requestBytes);
    QCOMPARE(summary.responseBytes, exchange.summary.responseBytes);
    QCOMPARE(summary.tunnelName, exchange.summary.tunnelName);
    QCOMPARE(summary.remoteAddress, exchange.summary.remoteAddress);
    QCOMPARE(summary.requestId, exchange.summary.requestId);
}

void HarWriterTest::whatWasCutSaysSo()
{
    auto exchange = samples::exchange({}, {}, "begin", "begin");
    exchange.summary.requestBytes = exchange.summary.responseBytes = 1000;
    exchange.requestCut = exchange.responseCut = true;
    const auto entry = entryOf(exchange);
    QVERIFY(entry.value(u"request").toObject().value(u"postData").toObject().contains(u"comment"));
    QVERIFY(entry.value(u"response").toObject().value(u"content").toObject().contains(u"comment"));
    const auto back = backOf(exchange);
    QVERIFY(back.requestCut && back.responseCut);
    QCOMPARE(back.summary.requestBytes, quint64(1000));
}

void HarWriterTest::whatHadNoAnswerComesBack()
{
    auto exchange = samples::exchange();
    exchange.response.reset();
    exchange.summary.status = 0;
    exchange.summary.firstByteUs = 0;
    exchange.summary.state = ExchangeState::Aborted;
    exchange.summary.error = {wire::Code::Timeout, "no answer within 120 s"};
    auto back = backOf(exchange);
    QCOMPARE(back.summary.state, ExchangeState::Aborted);
    QCOMPARE(back.summary.error, exchange.summary.error);
    exchange.summary.state = ExchangeState::Pending;
    exchange.summary.error = {};
    back = backOf(exchange);
    QCOMPARE(back.summary.state, ExchangeState::Aborted); // it will never go on here
    QVERIFY(back.summary.error.message.find("still running") != std::string::npos);
}

QTEST_GUILESS_MAIN(HarWriterTest)
#include "har_writer_test.moc"
