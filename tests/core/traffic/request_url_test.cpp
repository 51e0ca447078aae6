#include "traffic/request_url.h"
#include "wire/limits.h"

#include <QTest>

using traffic::parseRequestUrl;
using traffic::requestOrigin;

class RequestUrlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesApart_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char *url, bool tls, const char *host, int port, const char *target) {
            QTest::newRow(url) << QString::fromUtf8(url) << tls << QString::fromUtf8(host) << port
                               << QByteArray(target);
        };
        row("http://localhost:3000/a/b?c=d", false, "localhost", 3000, "/a/b?c=d");
        row("http://localhost", false, "localhost", 80, "/");
        row("HTTPS://Shop.example", true, "Shop.example", 443, "/");
        row("http://localhost:/x", false, "localhost", 80, "/x");
        row("http://localhost:8080?x=1", false, "localhost", 8080, "/?x=1");
        row("http://[::1]:9000/x", false, "::1", 9000, "/x");
        row("https://[fe80::1%eth0]", true, "fe80::1%eth0", 443, "/");
        row("http://127.0.0.1:1/", false, "127.0.0.1", 1, "/");
        row("http://h:65535/", false, "h", 65535, "/");
        row("  http://h/ \n", false, "h", 80, "/");
        row("http://h//a/./b/../c//", false, "h", 80, "//a/./b/../c//");
        row("http://h/%7Euser/%2f%2F?q=%zz&r=a+b", false, "h", 80, "/%7Euser/%2f%2F?q=%zz&r=a+b");
        row("http://h/{id}|[x]\\'\"<>?a:b@c/d?e", false, "h", 80, "/{id}|[x]\\'\"<>?a:b@c/d?e");
        row("http://h/café", false, "h", 80, "/caf%C3%A9");
        row("http://müller.example/", false, "xn--mller-kva.example", 80, "/");
        row("http://h*", false, "h", 80, "*");
    }
    void takesApart()
    {
        QFETCH(QString, url);
        const auto parsed = parseRequestUrl(url);
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
        QTEST(parsed->tls, "tls");
        QTEST(parsed->host, "host");
        QTEST(int(parsed->port), "port");
        QTEST(QByteArray::fromStdString(parsed->target), "target");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *url, const char *sentence) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(sentence);
        };
        row("", "The URL is missing. Write, for example, http://localhost:3000/.");
        row("localhost:3000/", "The URL must begin with http:// or https://.");
        row("ws://h/", "“ws://” cannot be sent from here; the URL must begin with http:// or https://.");
        row("http://", "The host in the URL is missing.");
        row("http:///path", "The host in the URL is missing.");
        row("http://:80/", "The host in the URL is missing.");
        row("http://u:p@h/", "A name and password in the URL are not sent; put them into an Authorization header.");
        row("http://h:0/", "The port in the URL is not a number from 1 to 65535.");
        row("http://h:65536/", "The port in the URL is not a number from 1 to 65535.");
        row("http://h:99999999999/", "The port in the URL is not a number from 1 to 65535.");
        row("http://h:8a/", "The port in the URL is not a number from 1 to 65535.");
        row("http://h:+80/", "The port in the URL is not a number from 1 to 65535.");
        row("http://a b/", "“a b” is not the name or address of a host.");
        row("http://::1/", "An IPv6 address stands in brackets in a URL: http://[::1]:3000/.");
        row("http://[::1/", "The “]” after the address in the URL is missing.");
        row("http://[::1]x/", "Something stands between the address in brackets and the path of the URL.");
        row("http://[1.2.3.4]/", "“1.2.3.4” is not an IPv6 address.");
        row("http://[]/", "“” is not an IPv6 address.");
        row("http://h/a b", "The URL has a space or a control character. Write %20 for a space.");
        row("http://h/a\r\nX: y", "The URL has a space or a control character. Write %20 for a space.");
        row("http://h/a#b", "What follows “#” in a URL is never sent. Remove it, or write %23 for “#”.");
        row("http://h#b", "What follows “#” in a URL is never sent. Remove it, or write %23 for “#”.");
        row("http://h*x", "A “/” is missing in the URL before its path.");
    }
    void refuses()
    {
        QFETCH(QString, url);
        const auto parsed = parseRequestUrl(url);
        QVERIFY(!parsed.has_value());
        QCOMPARE(parsed.error().code, wire::Code::InvalidRequest);
        QTEST(QString::fromStdString(parsed.error().message), "sentence");
    }

    void boundsTheTarget()
    {
        const auto url = [](qsizetype path) { return QStringLiteral("http://h/") + QString(path - 1, u'a'); };
        QVERIFY(parseRequestUrl(url(qsizetype(wire::kMaxTargetBytes))).has_value());
        QVERIFY(!parseRequestUrl(url(qsizetype(wire::kMaxTargetBytes) + 1)).has_value());
    }

    void escapesWhatIsNotAscii()
    {
        QCOMPARE(QByteArray::fromStdString(traffic::escapedTarget("/caf\xe9/%e9?\x7f\xc3\xa9\xff")),
                 "/caf%E9/%e9?\x7f%C3%A9%FF");
    }

    void writesOrigins()
    {
        QCOMPARE(requestOrigin(false, QStringLiteral("localhost"), 3000), QStringLiteral("http://localhost:3000"));
        QCOMPARE(requestOrigin(false, QStringLiteral("localhost"), 80), QStringLiteral("http://localhost"));
        QCOMPARE(requestOrigin(true, QStringLiteral("::1"), 443), QStringLiteral("https://[::1]"));
        QCOMPARE(requestOrigin(true, QStringLiteral("::1"), 80), QStringLiteral("https://[::1]:80"));
    }
};

QTEST_GUILESS_MAIN(RequestUrlTest)
#include "request_url_test.moc"
