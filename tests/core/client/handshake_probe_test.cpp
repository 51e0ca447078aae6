#include "client/handshake_probe.h"
#include "support/raw_origin.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTest>

using namespace client;
using support::RawOrigin;
using wire::Code;

namespace {

QByteArray response(const char *status, const QByteArray &body, const QByteArray &fields = {})
{
    return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
           fields + "\r\n" + body;
}

} // namespace

class HandshakeProbeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void learnsTheReason_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("in words") << response("401 Unauthorized",
                                              R"({"error":{"code":"unauthorized","message":"unknown token"}})")
                                  << int(Code::Unauthorized) << QByteArray("unknown token");
        QTest::newRow("the code counts more than the status")
            << response("400 Bad Request", R"({"error":{"code":"forbidden"}})") << int(Code::Forbidden)
            << QByteArray("the server refused the connection with status 400");
        QTest::newRow("challenge") << response("401 Unauthorized", "", "WWW-Authenticate: Bearer\r\n")
                                   << int(Code::Unauthorized) << QByteArray("the server wants a valid token");
        QTest::newRow("status alone") << response("403 Forbidden", "<html>") << int(Code::Unauthorized)
                                      << QByteArray("the server does not let this token in");
        QTest::newRow("no relay") << response("404 Not Found", "{}") << int(Code::TunnelNotFound)
                                  << QByteArray("there is no tunnel server at this address");
        QTest::newRow("busy") << response("429 Too Many Requests", "") << int(Code::RateLimited)
                              << QByteArray("the server asks to come back later");
        QTest::newRow("proxy error") << response("502 Bad Gateway", "") << int(Code::ConnectionLost)
                                     << QByteArray("the server refused the connection with status 502");
        QTest::newRow("redirect is not followed")
            << response("302 Found", "", "Location: http://169.254.169.254/\r\n") << int(Code::ConnectionLost)
            << QByteArray("the server refused the connection with status 302");
    }
    void learnsTheReason()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, code);
        QFETCH(QByteArray, message);
        RawOrigin server([&](auto &client) { client.send(answer); });
        HandshakeProbe probe;
        QSignalSpy answered(&probe, &HandshakeProbe::answered);
        const QUrl url(QStringLiteral("http://127.0.0.1:%1/_tunnel/connect").arg(server.port()));
        probe.ask({url, url}, Token("secret"), QNetworkProxy::NoProxy);
        QTRY_COMPARE(answered.size(), 1);
        const auto why = answered[0][0].value<wire::Error>();
        QCOMPARE(why.code, Code(code));
        QCOMPARE(QByteArray::fromStdString(why.message), message);
        QVERIFY(server.received().startsWith("GET /_tunnel/connect HTTP/1.1\r\n"));
        QVERIFY(server.received().contains("\r\nAuthorization: Bearer secret\r\n"));
    }

    void aServerThatIsGoneIsNoRefusal()
    {
        RawOrigin server;
        const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(server.port()));
        server.close();
        HandshakeProbe probe;
        QSignalSpy answered(&probe, &HandshakeProbe::answered);
        probe.ask({url, url}, Token(), QNetworkProxy::NoProxy);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].value<wire::Error>().code, Code::ConnectionLost);
    }

    void aHugeAnswerIsCutOff()
    {
        RawOrigin server(
            [](auto &client) { client.send("HTTP/1.1 403 Forbidden\r\n\r\n" + QByteArray(8 * 1024 * 1024, '{')); });
        HandshakeProbe probe;
        QSignalSpy answered(&probe, &HandshakeProbe::answered);
        const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(server.port()));
        probe.ask({url, url}, Token(), QNetworkProxy::NoProxy);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].value<wire::Error>().code, Code::Unauthorized);
    }
};

QTEST_GUILESS_MAIN(HandshakeProbeTest)
#include "handshake_probe_test.moc"
