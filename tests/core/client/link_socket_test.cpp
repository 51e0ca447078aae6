#include "client/link_socket.h"
#include "support/raw_origin.h"
#include "support/wire_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace client;
using support::RawOrigin;
using support::WireServer;
using wire::Code;

namespace {

LinkAddress addressOf(const QUrl &server, const char *token = "")
{
    return {*parseServerUrl(server), Token(token), false};
}

QUrl urlOf(quint16 port)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
}

} // namespace

class LinkSocketTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensWithTokenAndSubprotocol()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url(), "secret"));
        QSignalSpy opened(&socket, &LinkSocket::opened);
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        const auto request = server.client().socket->request();
        QCOMPARE(request.rawHeader("Authorization"), "Bearer secret");
        QCOMPARE(request.rawHeader("Sec-WebSocket-Protocol"), "tunnel.v2.msgpack, tunnel.v1.json, tunnel-protocol");
        QCOMPARE(server.client().socket->requestUrl().path(), QStringLiteral("/_tunnel/connect"));
    }

    void sendsNoTokenWhenThereIsNone()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        QVERIFY(!server.client().socket->request().hasRawHeader("Authorization"));
    }

    void measuresTheRoundTrip()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy ponged(&socket, &LinkSocket::ponged);
        connect(&socket, &LinkSocket::opened, &socket, &LinkSocket::ping);
        QCOMPARE(socket.roundTrip().count(), 0);
        socket.open();
        QTRY_COMPARE(ponged.size(), 1);
        QVERIFY(socket.roundTrip().count() > 0);
        QVERIFY(socket.roundTrip() < std::chrono::seconds{5});
    }

    void asksWhyAHandshakeWasRefused()
    {
        const QByteArray reason = R"({"error":{"code":"unauthorized","message":"the token expired"}})";
        RawOrigin server(RawOrigin::always(
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: " + QByteArray::number(reason.size()) + "\r\n\r\n" + reason));
        LinkSocket socket(addressOf(urlOf(server.port()), "secret"));
        QSignalSpy refused(&socket, &LinkSocket::refused);
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(refused.size(), 1);
        const auto why = refused[0][0].value<wire::Error>();
        QCOMPARE(why.code, Code::Unauthorized);
        QCOMPARE(why.message, std::string("the token expired"));
        QCOMPARE(server.connectionCount(), 2);
        QVERIFY(lost.isEmpty());
        QTRY_VERIFY(socket.isClosed());
    }

    void aServerThatIsNotThereIsNotAsked()
    {
        RawOrigin server;
        const auto port = server.port();
        server.close();
        LinkSocket socket(addressOf(urlOf(port)));
        QSignalSpy lost(&socket, &LinkSocket::lost);
        QSignalSpy refused(&socket, &LinkSocket::refused);
        socket.open();
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost[0][0].value<wire::Error>().code, Code::ConnectionLost);
        QVERIFY(!lost[0][0].value<wire::Error>().message.empty());
        QVERIFY(refused.isEmpty());
    }

    void whyNothingIsThereIsTold_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("plain") << QStringLiteral("http");
        QTest::newRow("TLS") << QStringLiteral("https");
    }

    void whyNothingIsThereIsTold()
    {
        QFETCH(const QString, scheme);
        RawOrigin server;
        QUrl url = urlOf(server.port());
        url.setScheme(scheme);
        server.close();
        LinkSocket socket(addressOf(url));
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost[0][0].value<wire::Error>().message, std::string("Connection refused"));
    }

    void anotherSubprotocolIsRefused()
    {
        WireServer server(0, QStringLiteral("tunnel.v3.cbor"));
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy refused(&socket, &LinkSocket::refused);
        QSignalSpy opened(&socket, &LinkSocket::opened);
        socket.open();
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].value<wire::Error>().code, Code::ProtocolError);
        QVERIFY(opened.isEmpty());
        QTRY_VERIFY(socket.isClosed());
    }

    void v1IsTextInSmallFrames()
    {
        WireServer server(0, QStringLiteral("tunnel.v1.json"));
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy opened(&socket, &LinkSocket::opened);
        QSignalSpy messages(&socket, &LinkSocket::message);
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(socket.speaksV1());
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        auto *peer = server.client().socket;
        QSignalSpy frames(peer, &QWebSocket::textFrameReceived);
        QSignalSpy texts(peer, &QWebSocket::textMessageReceived);
        const std::string sent(100'000, 'x');
        socket.send(sent);
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(texts[0][0].toString().toStdString(), sent);
        QCOMPARE(frames.size(), 4);
        peer->sendTextMessage(QStringLiteral("gr\u00fc\u00dfe"));
        QTRY_COMPARE(messages.size(), 1);
        QCOMPARE(messages[0][0].toByteArray(), QByteArrayLiteral("gr\xc3\xbc\xc3\x9f"
                                                                 "e"));
    }

    void binaryMessagesCloseALinkOfV1()
    {
        WireServer server(0, QStringLiteral("tunnel.v1.json"));
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        server.client().socket->sendBinaryMessage("x");
        QTRY_COMPARE(lost.size(), 1);
    }

    void saysWhyItWasClosed()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        server.client().socket->close(QWebSocketProtocol::CloseCodePolicyViolated, QStringLiteral("name_taken"));
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost[0][0].value<wire::Error>().message, std::string("name_taken"));
    }

    void closesPolitely()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        socket.close(QWebSocketProtocol::CloseCodeGoingAway, QString());
        QTRY_VERIFY(server.client().gone);
        QCOMPARE(server.client().closeCode, quint16(QWebSocketProtocol::CloseCodeGoingAway));
        QTRY_VERIFY(socket.isClosed());
    }

    void tooLargeMessagesCloseTheLink()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy messages(&socket, &LinkSocket::message);
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        server.client().socket->sendBinaryMessage(QByteArray(wire::kMaxMessageBytes, 'x'));
        QTRY_COMPARE(messages.size(), 1);
        server.client().socket->sendBinaryMessage(QByteArray(wire::kMaxMessageBytes + 1, 'x'));
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(messages.size(), 1);
    }

    void textMessagesCloseTheLink()
    {
        WireServer server;
        LinkSocket socket(addressOf(server.url()));
        QSignalSpy lost(&socket, &LinkSocket::lost);
        socket.open();
        QTRY_COMPARE(server.clients.size(), std::size_t{1});
        server.client().socket->sendTextMessage(QStringLiteral("{}"));
        QTRY_COMPARE(lost.size(), 1);
    }
};

QTEST_GUILESS_MAIN(LinkSocketTest)
#include "link_socket_test.moc"
