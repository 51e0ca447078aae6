#include "ttf/sample_site.h"

#include <QJsonDocument>
#include <QTest>

using ttf::sampleResponse;
using ttf::SampleResponse;

namespace {

SampleResponse ask(const char *method, const char *uri, std::string_view body = {})
{
    wire::RequestHead head;
    head.method = method;
    head.uri = uri;
    return sampleResponse(head, body);
}

std::string field(const SampleResponse &response, std::string_view name)
{
    return std::string(wire::findHeader(response.head.headers, name).value_or("(none)"));
}

} // namespace

class SampleSiteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPageIsThere_data();
    void everyPageIsThere();
    void linksAreRelative();
    void queriesAreIgnored();
    void headHasNoBody();
    void aFormIsEchoedHarmlessly();
    void wrongMethodsAreRefused_data();
    void wrongMethodsAreRefused();
    void missingPagesAre404();
    void theClockIsAStream();
};

void SampleSiteTest::everyPageIsThere_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *path, const char *type, const char *content) {
        QTest::newRow(path) << QByteArray(path) << QByteArray(type) << QByteArray(content);
    };
    row("/", "text/html", "<title>HTTP Tunnel sample site</title>");
    row("/style.css", "text/css", "body {");
    row("/script.js", "text/javascript", "EventSource(\"clock\")");
    row("/picture.svg", "image/svg+xml", "<svg ");
    row("/items.json", "application/json", "\"items\"");
}

void SampleSiteTest::everyPageIsThere()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, content);
    const auto response = ask("GET", path.constData());
    QCOMPARE(response.head.status, 200U);
    QVERIFY(field(response, "Content-Type").starts_with(type.toStdString()));
    QCOMPARE(field(response, "Content-Length"), std::to_string(response.body.size()));
    QVERIFY(response.body.contains(content.toStdString()));
    if (type.endsWith("json"))
        QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).isObject());
}

// So that the site works below /NAME/ as well.
void SampleSiteTest::linksAreRelative()
{
    const std::string page = ask("GET", "/").body;
    for (const char *absolute : {"=\"/", "=\"http", "url(/"})
        QVERIFY2(!page.contains(absolute), absolute);
}

void SampleSiteTest::queriesAreIgnored()
{
    QCOMPARE(ask("GET", "/items.json?at=1").head.status, 200U);
    QCOMPARE(ask("GET", "/?x=/nothing").head.status, 200U);
}

void SampleSiteTest::headHasNoBody()
{
    const auto response = ask("HEAD", "/");
    QVERIFY(response.body.empty());
    QCOMPARE(field(response, "Content-Length"), std::to_string(ask("GET", "/").body.size()));
    QVERIFY(!ask("HEAD", "/clock").clock);
}

void SampleSiteTest::aFormIsEchoedHarmlessly()
{
    const auto response = ask("POST", "/echo", "name=Ada+L%26&message=%3Cscript%3E&empty=&alone");
    QCOMPARE(response.head.status, 200U);
    QVERIFY(response.body.contains("<tr><th>name</th><td>Ada L&amp;</td></tr>"
                                   "<tr><th>message</th><td>&lt;script&gt;</td></tr>"
                                   "<tr><th>empty</th><td></td></tr><tr><th>alone</th><td></td></tr>"));
}

void SampleSiteTest::wrongMethodsAreRefused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allowed");
    QTest::newRow("page") << QByteArray("POST") << QByteArray("/") << QByteArray("GET, HEAD");
    QTest::newRow("echo") << QByteArray("GET") << QByteArray("/echo") << QByteArray("POST");
    QTest::newRow("clock") << QByteArray("DELETE") << QByteArray("/clock") << QByteArray("GET, HEAD");
}

void SampleSiteTest::wrongMethodsAreRefused()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, allowed);
    const auto response = ask(method.constData(), path.constData());
    QCOMPARE(response.head.status, 405U);
    QCOMPARE(field(response, "Allow"), allowed.toStdString());
}

void SampleSiteTest::missingPagesAre404()
{
    QCOMPARE(ask("GET", "/missing").head.status, 404U);
    QCOMPARE(ask("GET", "//").head.status, 404U);
    QCOMPARE(ask("GET", "/../etc/passwd").head.status, 404U);
}

void SampleSiteTest::theClockIsAStream()
{
    const auto response = ask("GET", "/clock");
    QVERIFY(response.clock);
    QCOMPARE(field(response, "Content-Type"), std::string("text/event-stream"));
    QCOMPARE(field(response, "Content-Length"), std::string("(none)"));
    const auto time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    QCOMPARE(ttf::clockEvent(time), std::string("event: tick\ndata: 2023-11-14T22:13:20Z\n\n"));
}

QTEST_APPLESS_MAIN(SampleSiteTest)
#include "sample_site_test.moc"
