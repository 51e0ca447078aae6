#include "traffic/har_entry.h"
#include "wire/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using client::ExchangeState;
using traffic::readHarEntry;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

// A minimal entry with some of its fields replaced: "request.url" by a JSON value.
QJsonObject entry(const char *path = nullptr, const char *json = nullptr)
{
    auto made = QJsonDocument::fromJson(
                    "{\"startedDateTime\":\"2026-03-14T09:26:53Z\",\"time\":10,\"request\":{\"method\":\"GET\",\"url\":"
                    "\"http://h/\",\"headers\":[]},\"response\":{\"status\":200,\"headers\":[],\"content\":{}}}")
                    .object();
    if (!path)
        return made;
    const auto value = QJsonDocument::fromJson(QByteArray("[") + json + "]").array().at(0);
    const auto names = text(path).split(u'.');
    if (names.size() == 1) {
        made.insert(names[0], value);
        return made;
    }
    auto inner = made.value(names[0]).toObject();
    inner.insert(names[1], value);
    made.insert(names[0], inner);
    return made;
}

} // namespace

class HarEntryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMinimalEntryIsEnough()
    {
        const auto read = readHarEntry(entry());
        QCOMPARE(read.fault, QString());
        QCOMPARE(read.unusable, QString());
        const auto &summary = read.exchange.summary;
        QCOMPARE(summary.origin, client::ExchangeOrigin::Import);
        QCOMPARE(summary.state, ExchangeState::Done);
        QCOMPARE(summary.target, text("/"));
        QCOMPARE(summary.tunnelName, text("h"));
        QCOMPARE(summary.importedUrl, text("http://h/"));
        QCOMPARE(summary.durationUs, 10'000);
        QCOMPARE(read.exchange.request->headers, (wire::HeaderList{{"Host", "h"}}));
    }

    void mistakesAreFaults_data()
    {
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char *path, const char *json) { QTest::newRow(path) << QByteArray(json); };
        row("startedDateTime", "\"yesterday\"");
        row("time", "\"10\"");
        row("request", "[]");
        row("request.method", "null");
        row("request.url", "7");
        row("request.headers", R"([{"name":7}])");
        row("request.postData", R"({"text":"?","_encoding":"base64"})");
        row("response.status", "200.5");
        row("response.statusText", "{}");
        row("response.content", R"({"text":"&&&&","encoding":"base64"})");
        row("timings", R"({"wait":"long"})");
    }
    void mistakesAreFaults()
    {
        QFETCH(QByteArray, json);
        const auto read = readHarEntry(entry(QTest::currentDataTag(), json.constData()));
        QVERIFY2(read.fault.contains(text(QTest::currentDataTag())), qPrintable(read.fault));
    }

    void whatIsNoRequestOfOursIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char *path, const char *json, const char *why) {
            QTest::addRow("%s %s", path, json) << QByteArray(json) << QByteArray(why);
        };
        row("request.url", "\"data:text/plain,hello\"", "data:");
        row("request.url", "\"chrome-extension://abc/x.js\"", "chrome-extension:");
        row("request.url", "\"http://user:pw@h/\"", "name and password");
        row("request.method", "\"CONNECT\"", "CONNECT");
        row("request.method", "\"GE T\"", "method");
        row("request.headers", R"([{"name":"a b","value":""}])", "token");
        row("response.headers", R"([{"name":"a","value":"\u0000"}])", "control character");
    }
    void whatIsNoRequestOfOursIsLeftOut()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, why);
        const auto path = QByteArray(QTest::currentDataTag()).split(' ').first();
        const auto read = readHarEntry(entry(path.constData(), json.constData()));
        QCOMPARE(read.fault, QString());
        QVERIFY2(read.unusable.contains(QString::fromUtf8(why)), qPrintable(read.unusable));
    }

    void numbersOfAnySizeAreTaken()
    {
        for (const char *json : {"1e308", "-1e308", "-1", "0"}) {
            QCOMPARE(readHarEntry(entry("time", json)).fault, QString());
            QCOMPARE(readHarEntry(entry("request.bodySize", json)).fault, QString());
            QVERIFY(readHarEntry(entry("time", json)).exchange.summary.durationUs >= 0);
        }
    }

    void aWebSocketIsAnUpgrade()
    {
        auto object = entry("request.url", "\"wss://h:8443/live\"");
        object.insert(u"response", QJsonObject{{text("status"), 101}});
        const auto &exchange = readHarEntry(object).exchange;
        QCOMPARE(exchange.summary.upgrade, text("websocket"));
        QCOMPARE(exchange.summary.importedUrl, text("https://h:8443/live"));
    }

    void aFormMayBeParametersOnly()
    {
        const auto read = readHarEntry(entry(
            "request.postData",
            R"({"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a b","value":"&"},{"name":"c"}]})"));
        QCOMPARE(read.exchange.requestBody, QByteArray("a%20b=%26&c="));
    }

    void bodiesAreCutToWhatWeKeep()
    {
        const QByteArray body(qsizetype(wire::kCapturedBodyBytes) + 1, 'x');
        const auto read =
            readHarEntry(entry("response.content", QByteArray(R"({"text":")" + body + R"("})").constData()));
        QCOMPARE(read.exchange.responseBody.size(), qsizetype(wire::kCapturedBodyBytes));
        QVERIFY(read.exchange.responseCut);
        QCOMPARE(read.exchange.summary.responseBytes, quint64(body.size()));
    }
};

QTEST_GUILESS_MAIN(HarEntryTest)
#include "har_entry_test.moc"
