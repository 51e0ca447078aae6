#include "client/local_head.h"

#include <QTest>

using client::appendLocalHead;
using wire::BodyKind;
using wire::Code;

namespace {

wire::RequestHead head(const char *method, const char *uri, wire::HeaderList headers = {},
                       BodyKind body = BodyKind::None)
{
    wire::RequestHead head;
    head.method = method;
    head.uri = uri;
    head.headers = std::move(headers);
    head.body = body;
    return head;
}

QByteArray bytesOf(wire::RequestHead head, const std::optional<std::string> &host = std::nullopt)
{
    std::string out;
    const auto length = appendLocalHead(out, head, host);
    return length ? QByteArray::fromStdString(out) : QByteArray("error ") + length.error().message.c_str();
}

bool refused(wire::RequestHead head)
{
    std::string out;
    const auto length = appendLocalHead(out, head, "localhost:3000");
    return !length && length.error().code == Code::InvalidRequest && out.empty();
}

} // namespace

class LocalHeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsFieldsInOrderAndRewritesHostInPlace()
    {
        QCOMPARE(bytesOf(head("GET", "/a?b=%20c",
                              {{"X-One", "1"}, {"Host", "shop.example"}, {"Cookie", "a=1"}, {"cookie", "b=2"}}),
                         "localhost:3000"),
                 "GET /a?b=%20c HTTP/1.1\r\nX-One: 1\r\nHost: localhost:3000\r\nCookie: a=1\r\ncookie: b=2\r\n\r\n");
    }

    void keepsTheVisitorsHostWhenAsked()
    {
        QCOMPARE(bytesOf(head("GET", "/", {{"Host", "shop.example"}})), "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
    }

    void framesABodyByWhatIsKnownOfIt()
    {
        QCOMPARE(bytesOf(head("POST", "/", {{"Content-Length", "3"}}, BodyKind::Sized)),
                 "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n");
        QCOMPARE(bytesOf(head("POST", "/", {{"Content-Length", "3"}}, BodyKind::Unknown)),
                 "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        QCOMPARE(bytesOf(head("POST", "/", {{"Content-Length", "0"}})), "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    }

    void asksForAnUpgrade()
    {
        auto upgrade = head("GET", "/ws", {{"Origin", "https://shop.example"}, {"Sec-WebSocket-Key", "k"}});
        upgrade.upgrade = "websocket";
        QCOMPARE(bytesOf(upgrade), "GET /ws HTTP/1.1\r\nOrigin: https://shop.example\r\nSec-WebSocket-Key: k\r\n"
                                   "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    }

    void keepsTe()
    {
        QCOMPARE(bytesOf(head("GET", "/", {{"TE", "trailers"}})),
                 "GET / HTTP/1.1\r\nTE: trailers\r\nConnection: TE\r\n\r\n");
    }

    void dropsFramingThatAHostileRelayMightAdd()
    {
        QCOMPARE(bytesOf(head("POST", "/",
                              {{"Transfer-Encoding", "chunked"},
                               {"Connection", "close"},
                               {"Content-Length", "1"},
                               {"Upgrade", "h2c"},
                               {"Keep-Alive", "1"},
                               {"Proxy-Connection", "x"}},
                              BodyKind::Sized)),
                 "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
    }

    void refusesTargetsThatAreNotPaths_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("uri");
        QTest::newRow("absolute form") << QByteArray("GET") << QByteArray("http://169.254.169.254/latest");
        QTest::newRow("authority form") << QByteArray("CONNECT") << QByteArray("internal:22");
        QTest::newRow("CONNECT with a path") << QByteArray("CONNECT") << QByteArray("/x");
        QTest::newRow("asterisk with GET") << QByteArray("GET") << QByteArray("*");
        QTest::newRow("no slash") << QByteArray("GET") << QByteArray("a/b");
        QTest::newRow("user info") << QByteArray("GET") << QByteArray("@internal/");
    }
    void refusesTargetsThatAreNotPaths()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, uri);
        QVERIFY(refused(head(method.constData(), uri.constData())));
    }
    void takesAsteriskForOptions() { QVERIFY(bytesOf(head("OPTIONS", "*")).startsWith("OPTIONS * HTTP/1.1\r\n")); }

    void refusesFramingThatContradictsItself()
    {
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "5"}, {"Content-Length", "6"}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "5"}, {"Content-Length", "5"}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "5"}}, BodyKind::None)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "0x5"}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "-1"}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "5, 5"}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", ""}}, BodyKind::Sized)));
        QVERIFY(refused(head("POST", "/", {{"Content-Length", "99999999999999999999"}}, BodyKind::Sized)));
    }

    void namesTheTarget_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("port") << QStringLiteral("localhost") << 3000 << false << QByteArray("localhost:3000");
        QTest::newRow("default port") << QStringLiteral("nas") << 80 << false << QByteArray("nas");
        QTest::newRow("default TLS port") << QStringLiteral("nas") << 443 << true << QByteArray("nas");
        QTest::newRow("TLS on 80") << QStringLiteral("nas") << 80 << true << QByteArray("nas:80");
        QTest::newRow("IPv6") << QStringLiteral("::1") << 8080 << false << QByteArray("[::1]:8080");
    }
    void namesTheTarget()
    {
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(bool, tls);
        QFETCH(QByteArray, field);
        client::LocalTarget target;
        target.tls = tls;
        target.host = host;
        target.port = quint16(port);
        QCOMPARE(QByteArray::fromStdString(*client::hostFieldFor(target)), field);
        target.hostHeader = client::HostHeader::Preserve;
        QVERIFY(!client::hostFieldFor(target));
        target.hostHeader = client::HostHeader::Custom;
        target.customHost = QStringLiteral("my.test");
        QCOMPARE(*client::hostFieldFor(target), std::string("my.test"));
    }

    void trailersSayNothingThatTheHeadSays()
    {
        const wire::HeaderList harmless{{"X-Sum", "1"}, {"Content-Digest", "sha-256=:x:"}, {"Iffy", "y"}};
        auto trailers = harmless;
        for (const char *name :
             {"Content-Length", "transfer-encoding", "Host", "Authorization", "Cookie", "Forwarded", "X-Forwarded-For",
              "x_forwarded_for", "X-Real-IP", "X-HTTP-Method-Override", "X_Original_URL", "If-Match", "TE", "Origin"})
            trailers.push_back({name, "evil"});
        QVERIFY(client::localTrailers(trailers) == harmless);
    }

    void knowsWhatMayBeRepeated()
    {
        for (const char *method : {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
            QVERIFY2(client::isIdempotent(method), method);
        for (const char *method : {"POST", "PATCH", "LOCK", "get", ""})
            QVERIFY2(!client::isIdempotent(method), method);
    }
};

QTEST_APPLESS_MAIN(LocalHeadTest)
#include "local_head_test.moc"
