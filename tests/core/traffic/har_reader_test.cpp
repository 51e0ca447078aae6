#include "core/traffic/har_samples.h"
#include "traffic/har_reader.h"
#include "wire/limits.h"

#include <QTest>

using client::ExchangeState;
using traffic::readHar;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QByteArray logOf(const QByteArray &entries)
{
    return R"({"log":{"version":"1.2","entries":[)" + entries + "]}}";
}

QByteArray entryTo(const QByteArray &url, const QByteArray &rest = {})
{
    return R"({"startedDateTime":"2026-03-14T09:26:53Z","request":{"method":"GET","url":")" + url + R"("})" + rest +
           "}";
}

} // namespace

class HarReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatChromiumWrites();
    void readsWhatFirefoxWrites();
    void readsWhatMitmproxyWrites();
    void mistakesImportNothing_data();
    void mistakesImportNothing();
    void whatIsLeftOutIsCounted();
    void bodiesHaveABound();
    void headsHaveABound();
    void fieldsHaveABound();
    void depthIsRefused();
};

void HarReaderTest::readsWhatChromiumWrites()
{
    const auto log = readHar(samples::chromium());
    QVERIFY2(log, log ? "" : log.error().message.c_str());
    QCOMPARE(log->exchanges.size(), std::size_t(1));
    const auto &[summary, request, response, requestBody, body, requestCut, cut, dropped] = log->exchanges[0];
    QCOMPARE(summary.started, QDateTime(QDate(2026, 3, 14), QTime(9, 26, 53, 589), QTimeZone::utc()));
    QCOMPARE(summary.durationUs, 31'250);
    QCOMPARE(summary.firstByteUs, 27'000);
    QCOMPARE(summary.importedUrl, text("https://shop.example.com/items?page=2"));
    QCOMPARE(request->headers, (wire::HeaderList{{"Host", "shop.example.com"}, {"accept", "text/html"}}));
    QCOMPARE(response->headers, (wire::HeaderList{{"content-type", "text/html; charset=utf-8"},
                                                  {"set-cookie", "a=1; Path=/"},
                                                  {"set-cookie", "b=2"}})); // the body is decoded
    QCOMPARE(body, QByteArray("<h1>Tür</h1>"));
    QCOMPARE(summary.state, ExchangeState::Done);
    QVERIFY(!cut && !requestCut && !dropped && requestBody.isEmpty());
}

void HarReaderTest::readsWhatFirefoxWrites()
{
    const auto log = readHar("\xef\xbb\xbf" + samples::firefox());
    QVERIFY2(log, log ? "" : log.error().message.c_str());
    QCOMPARE(log->exchanges.size(), std::size_t(2));
    const auto &login = log->exchanges[0];
    QCOMPARE(login.summary.target, text("/login"));
    QCOMPARE(login.requestBody, QByteArray("user=a+b&x=1"));
    QCOMPARE(login.responseBody, QByteArray("\x89PNG"));
    QCOMPARE(login.response->headers, (wire::HeaderList{{"Content-Type", "image/png"}}));
    const auto &blocked = log->exchanges[1];
    QCOMPARE(blocked.summary.state, ExchangeState::Aborted);
    QCOMPARE(blocked.summary.status, 0U);
    QVERIFY(!blocked.response);
}

void HarReaderTest::readsWhatMitmproxyWrites()
{
    const auto log = readHar(samples::mitmproxy());
    QVERIFY2(log, log ? "" : log.error().message.c_str());
    const auto &put = log->exchanges.at(0);
    QCOMPARE(put.summary.started, QDateTime(QDate(2026, 3, 14), QTime(9, 26, 53, 589), QTimeZone::utc()));
    QCOMPARE(put.summary.importedUrl, text("http://[::1]:8080/a%20b"));
    QCOMPARE(put.summary.status, 204U);
    QCOMPARE(put.requestBody, QByteArray("ok"));
    QCOMPARE(put.summary.firstByteUs, 41'500);
}

void HarReaderTest::mistakesImportNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QByteArray &json, const char *says) {
        QTest::newRow(name) << json << QByteArray(says);
    };
    const auto good = entryTo("http://h/");
    row("nothing", "", "is not JSON");
    row("no JSON", "GET / HTTP/1.1", "is not JSON, from byte");
    row("cut", samples::chromium().chopped(3), "is not JSON");
    row("another JSON", R"({"entries":[]})", "“log.entries”");
    row("a list", "[]", "“log.entries”");
    row("entries of a wrong type", R"({"log":{"entries":{}}})", "“log.entries”");
    row("another version", R"({"log":{"version":"2.0","entries":[]}})", "HAR 2.0");
    row("an entry of a wrong type", logOf(good + ",7"), "entry 2 is no object");
    row("a field of a wrong type", logOf(good + "," + entryTo("http://h/", R"(,"time":"1")")),
        "In entry 2, “time” is a text instead of a number.");
    row("bad base64",
        logOf(entryTo("http://h/", R"(,"response":{"status":200,"content":{"encoding":"base64","text":"?"}})")),
        "In entry 1, “response.content.text” is not base64");
    row("too many", logOf((good + ",").repeated(qsizetype(wire::kMaxHarEntries)) + good), "5001 requests");
    row("too large", QByteArray(qsizetype(wire::kMaxHarFileBytes) + 1, ' '), "larger than 64 MiB");
}

void HarReaderTest::mistakesImportNothing()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, says);
    const auto log = readHar(json);
    QVERIFY(!log);
    const auto &message = log.error().message;
    QVERIFY2(message.find(says.toStdString()) != std::string::npos, message.c_str());
    QVERIFY2(message.find("Nothing was imported. Export ") != std::string::npos, message.c_str());
}

void HarReaderTest::whatIsLeftOutIsCounted()
{
    const auto log = readHar(logOf(entryTo("http://h/") + "," + entryTo("data:,a") + "," + entryTo("blob:x")));
    QVERIFY(log);
    QCOMPARE(log->exchanges.size(), std::size_t(1));
    QCOMPARE(log->leftOut, std::size_t(2));
    QVERIFY2(log->leftOutWhy.starts_with("entry 2: its URL"), log->leftOutWhy.c_str());
}

void HarReaderTest::bodiesHaveABound()
{
    const auto body = QByteArray(qsizetype(wire::kCapturedBodyBytes), 'x');
    const auto one = entryTo("http://h/", R"(,"response":{"status":200,"content":{"text":")" + body + R"("}})");
    const auto most = qsizetype(wire::kMaxHarBodyBytes / wire::kCapturedBodyBytes);
    const auto log = readHar(logOf((one + ",").repeated(most) + one));
    QVERIFY(log);
    QCOMPARE(log->bodiesLeftOut, std::size_t(1));
    QCOMPARE(log->exchanges[0].responseBody.size(), body.size());
    QVERIFY(log->exchanges.back().bodiesDropped);
    QVERIFY(log->exchanges.back().responseBody.isEmpty());
}

void HarReaderTest::headsHaveABound()
{
    const auto field = R"({"name":"a","value":")" + QByteArray(30'000, 'x') + R"("})";
    const auto one =
        R"({"startedDateTime":"2026-03-14T09:26:53Z","request":{"method":"GET","url":"http:\/\/h\/","headers":[)" +
        field + "]}}";
    const auto log = readHar(logOf((one + ",").repeated(1200) + one));
    QVERIFY(!log);
    QCOMPARE(log.error().code, wire::Code::PayloadTooLarge);
    QVERIFY2(log.error().message.find("headers") != std::string::npos, log.error().message.c_str());
}

// The file may have millions, of which each takes a hundred bytes and more as a field.
void HarReaderTest::fieldsHaveABound()
{
    const auto withHeaders = [](const QByteArray &headers) -> QByteArray {
        return R"({"startedDateTime":"2026-03-14T09:26:53Z","request":{"method":"GET","url":"http:\/\/h\/","headers":[)" +
               headers + "]}}";
    };
    const auto lineFeeds = withHeaders(R"({"name":"a","value":")" + QByteArray("\\n").repeated(1'000'000) + R"("})");
    const auto objects = withHeaders(QByteArray(R"({"name":"a"},)").repeated(100'000) + R"({"name":"a"})");
    const auto log = readHar(logOf(lineFeeds + "," + objects + "," + entryTo("http://h/")));
    QVERIFY2(log, log ? "" : log.error().message.c_str());
    QCOMPARE(log->leftOut, std::size_t(2));
    QCOMPARE(log->exchanges.size(), std::size_t(1));
    QVERIFY2(log->leftOutWhy.find("header fields") != std::string::npos, log->leftOutWhy.c_str());
}

void HarReaderTest::depthIsRefused()
{
    const auto log = readHar(QByteArray("[").repeated(1'000'000));
    QVERIFY(!log);
}

QTEST_GUILESS_MAIN(HarReaderTest)
#include "har_reader_test.moc"
