#include "settings/tunnel_entry.h"

#include <QTest>

using namespace settings;

Q_DECLARE_METATYPE(settings::Target)

class TunnelEntryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targetsAreRead_data();
    void targetsAreRead();
    void targetsAreRefused_data();
    void targetsAreRefused();
    void targetTextCanBeReadAgain();
    void serversAreRead_data();
    void serversAreRead();
    void serversAreRefused_data();
    void serversAreRefused();
    void hostHeadersAreRead();
    void hostHeadersAreRefused();
    void upstreamTlsIsRead();
    void upstreamTlsIsRefused();
    void upstreamTlsNeedsAnHttpsTarget();
    void namesAreChecked();
};

void TunnelEntryTest::targetsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Target>("target");
    const auto row = [](const char *text, const Target &target) { QTest::newRow(text) << QByteArray(text) << target; };
    const QString local = QStringLiteral("localhost");
    row("3000", {false, local, 3000});
    row("1", {false, local, 1});
    row("65535", {false, local, 65535});
    row("127.0.0.1:8080", {false, QStringLiteral("127.0.0.1"), 8080});
    row("my_service:80", {false, QStringLiteral("my_service"), 80});
    row("[::1]:3000", {false, QStringLiteral("::1"), 3000});
    row("http://localhost:3000", {false, local, 3000});
    row("HTTP://localhost:3000/", {false, local, 3000});
    row("http://app.test", {false, QStringLiteral("app.test"), 80});
    row("https://app.test", {true, QStringLiteral("app.test"), 443});
    row("https://[fe80::1]:8443", {true, QStringLiteral("fe80::1"), 8443});
}

void TunnelEntryTest::targetsAreRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const Target, target);
    const auto parsed = parseTarget(text.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
    QVERIFY(*parsed == target);
}

void TunnelEntryTest::targetsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("complaint");
    const auto row = [](const char *text, const char *complaint) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(complaint);
    };
    row("", "PORT, HOST:PORT or http(s)://HOST:PORT");
    row("0", "a number from 1 to 65535");
    row("65536", "a number from 1 to 65535");
    row("99999999999999999999", "a number from 1 to 65535");
    row("localhost", "write localhost:PORT");
    row("localhost:", "a number from 1 to 65535");
    row("localhost:http", "a number from 1 to 65535");
    row("localhost:3000/app", "leave out the path");
    row("http://localhost:3000/app", "leave out the path");
    row("http://localhost:3000?x", "leave out the path");
    row("ftp://localhost:3000", "http:// or https://");
    row("ws://localhost:3000", "http:// or https://");
    row("http://", "PORT, HOST:PORT");
    row(":3000", "PORT, HOST:PORT");
    row("[::1:3000", "PORT, HOST:PORT");
    row("[::1]3000x", "a number from 1 to 65535");
    row("user@host:3000", "PORT, HOST:PORT");
    row("two words:3000", "PORT, HOST:PORT");
    row("-3000", "PORT, HOST:PORT");
}

void TunnelEntryTest::targetsAreRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, complaint);
    const auto parsed = parseTarget(text.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, wire::Code::InvalidRequest);
    QVERIFY2(parsed.error().message.contains(complaint.toStdString()), parsed.error().message.c_str());
}

void TunnelEntryTest::targetTextCanBeReadAgain()
{
    for (const char *text : {"http://localhost:3000", "https://[::1]:8443", "http://app.test:80"}) {
        const auto target = parseTarget(text);
        QVERIFY(target);
        QCOMPARE(targetText(*target), QString::fromLatin1(text));
    }
}

void TunnelEntryTest::serversAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"https://relay.example.com", "https://relay.example.com/", "http://127.0.0.1:8080",
          "wss://abc.example.com/prod", "ws://localhost:9000/_tunnel/connect?x=1", "https://[::1]:8443"})
        QTest::newRow(text) << QByteArray(text);
}

void TunnelEntryTest::serversAreRead()
{
    QFETCH(const QByteArray, text);
    const auto url = parseServer(text.toStdString());
    QVERIFY2(url, url ? "" : url.error().message.c_str());
    QCOMPARE(url->toEncoded(), text);
}

void TunnelEntryTest::serversAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("complaint");
    const auto row = [](const char *text, const char *complaint) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(complaint);
    };
    row("", "is not a server's address");
    row("relay.example.com", "write https://relay.example.com");
    row("ftp://relay.example.com", "https://, http://, wss:// or ws://");
    row("https://", "not a valid address");
    row("https://relay.example.com:99999", "not a valid address");
    row("https://relay.example.com:0", "not a valid address");
    row("https://bad host", "not a valid address");
    row("https://relay.example.com/path", "leave out the path");
    row("https://relay.example.com/?token=1", "leave out the path");
    row("wss://relay.example.com/#x", "leave out what follows the #");
    row("https://me:secret@relay.example.com", "must not carry a user name");
}

void TunnelEntryTest::serversAreRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, complaint);
    const auto url = parseServer(text.toStdString());
    QVERIFY(!url);
    QVERIFY2(url.error().message.contains(complaint.toStdString()), url.error().message.c_str());
    QVERIFY(!url.error().message.contains("secret"));
}

void TunnelEntryTest::hostHeadersAreRead()
{
    QVERIFY(parseHostHeader("rewrite") == HostHeader({HostHeaderKind::Rewrite, {}}));
    QVERIFY(parseHostHeader("preserve") == HostHeader({HostHeaderKind::Preserve, {}}));
    QVERIFY(parseHostHeader("shop.test") == HostHeader({HostHeaderKind::Custom, QStringLiteral("shop.test")}));
    QVERIFY(parseHostHeader("shop.test:81") == HostHeader({HostHeaderKind::Custom, QStringLiteral("shop.test:81")}));
}

void TunnelEntryTest::hostHeadersAreRefused()
{
    for (const char *text : {"", "a b", "a\r\nX: y", "shop.test:0", "shop.test:x", "http://shop.test", "a/b"})
        QVERIFY2(!parseHostHeader(text), text);
}

void TunnelEntryTest::upstreamTlsIsRead()
{
    const QByteArray hex("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    QVERIFY(parseUpstreamTls("verify") == UpstreamTls({UpstreamTlsKind::Verify, {}}));
    QVERIFY(parseUpstreamTls("off") == UpstreamTls({UpstreamTlsKind::Off, {}}));
    QVERIFY(parseUpstreamTls("pin:" + hex.toStdString()) == UpstreamTls({UpstreamTlsKind::Pin, hex}));
    QByteArray fingerprint = hex.toUpper();
    for (qsizetype i = 62; i > 0; i -= 2)
        fingerprint.insert(i, ':');
    QVERIFY(parseUpstreamTls("pin:" + fingerprint.toStdString()) == UpstreamTls({UpstreamTlsKind::Pin, hex}));
}

void TunnelEntryTest::upstreamTlsIsRefused()
{
    const std::string nearly(63, 'a');
    for (const std::string &text : {std::string(), std::string("on"), std::string("pin"), "pin:" + nearly,
                                    "pin:" + nearly + "g", "pin:" + nearly + "aa"})
        QVERIFY2(!parseUpstreamTls(text), text.c_str());
}

void TunnelEntryTest::upstreamTlsNeedsAnHttpsTarget()
{
    TunnelEntry entry;
    entry.target.port = 3000;
    QVERIFY(checkEntry(entry));
    entry.upstreamTls.kind = UpstreamTlsKind::Off;
    QVERIFY(!checkEntry(entry));
    entry.target.tls = true;
    QVERIFY(checkEntry(entry));
}

void TunnelEntryTest::namesAreChecked()
{
    QCOMPARE(parseName("shop-2"), QStringLiteral("shop-2"));
    for (const char *text : {"", "Shop", "-shop", "shop-", "sh_op", "shop.eu"})
        QVERIFY2(!parseName(text), text);
}

QTEST_APPLESS_MAIN(TunnelEntryTest)
#include "tunnel_entry_test.moc"
