#include "client/server_url.h"

#include <QNetworkProxy>
#include <QTest>

using client::parseServerUrl;

class ServerUrlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("webSocket");
        QTest::addColumn<QString>("http");
        const auto row = [](const char *server, const char *webSocket, const char *http) {
            QTest::newRow(server) << QString::fromLatin1(server) << QString::fromLatin1(webSocket)
                                  << QString::fromLatin1(http);
        };
        row("https://t.example", "wss://t.example/_tunnel/connect", "https://t.example/_tunnel/connect");
        row("http://localhost:8080/", "ws://localhost:8080/_tunnel/connect", "http://localhost:8080/_tunnel/connect");
        row("https://t.example/app?x=1#y", "wss://t.example/_tunnel/connect", "https://t.example/_tunnel/connect");
        row("wss://api.example/prod?a=b", "wss://api.example/prod?a=b", "https://api.example/prod?a=b");
        row("ws://[::1]:9000/x", "ws://[::1]:9000/x", "http://[::1]:9000/x");
        row("https://user:secret@t.example", "wss://t.example/_tunnel/connect", "https://t.example/_tunnel/connect");
    }
    void parses()
    {
        QFETCH(QString, server);
        const auto url = parseServerUrl(QUrl(server));
        QVERIFY(url.has_value());
        QTEST(url->webSocket.toString(), "webSocket");
        QTEST(url->http.toString(), "http");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("server");
        for (const char *server : {"", "t.example", "ftp://t.example", "https://", "file:///etc/passwd"})
            QTest::newRow(server) << QString::fromLatin1(server);
    }
    void refuses()
    {
        QFETCH(QString, server);
        const auto url = parseServerUrl(QUrl(server));
        QVERIFY(!url.has_value());
        QCOMPARE(url.error().code, wire::Code::InvalidRequest);
        QVERIFY(!url.error().message.empty());
    }

    void knowsLoopback()
    {
        for (const char *host : {"localhost", "LOCALHOST", "shop.localhost", "127.0.0.1", "127.8.8.8", "::1"})
            QVERIFY2(client::isLoopbackHost(QString::fromLatin1(host)), host);
        for (const char *host : {"example.org", "localhost.example.org", "notlocalhost", "10.0.0.1", "::2", ""})
            QVERIFY2(!client::isLoopbackHost(QString::fromLatin1(host)), host);
    }

    void addressesAreToldForSureByTheServerItself()
    {
        for (const char *server :
             {"https://t.example", "wss://t.example/x", "http://127.0.0.1:8080", "ws://localhost/x"})
            QVERIFY2(client::tellsAddressesForSure(QUrl(QString::fromLatin1(server))), server);
        for (const char *server : {"http://t.example", "ws://t.example/x", "http://192.168.0.2", "ftp://t.example", ""})
            QVERIFY2(!client::tellsAddressesForSure(QUrl(QString::fromLatin1(server))), server);
    }

    void loopbackHasNoProxy()
    {
        qputenv("http_proxy", "http://127.0.0.1:9");
        const auto proxyTypeFor = [](const char *server, bool useSystem) {
            return client::proxyFor(*parseServerUrl(QUrl(QString::fromLatin1(server))), useSystem).type();
        };
        QCOMPARE(proxyTypeFor("http://localhost:8080", true), QNetworkProxy::NoProxy);
        QCOMPARE(proxyTypeFor("http://t.example", false), QNetworkProxy::NoProxy);
        QCOMPARE(proxyTypeFor("http://t.example", true), QNetworkProxy::HttpProxy);
        qunsetenv("http_proxy");
    }
};

QTEST_GUILESS_MAIN(ServerUrlTest)
#include "server_url_test.moc"
