#include "ttf/sample_server.h"
#include "wire/limits.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

using ttf::SampleServer;

namespace {

constexpr int kWaitMs = 10'000;

} // namespace

class SampleServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }
    void pagesAreServedOverOneConnection();
    void pipelinedRequestsAreAnsweredInOrder();
    void aRequestMayComeInPieces();
    void aChunkedFormIsEchoed();
    void connectionCloseIsHonoured();
    void whatIsNotHttpIsRefused();
    void aLargeBodyIsRefused();
    void theClockTicks();
    void onlyItsOwnHostsAreServed_data();
    void onlyItsOwnHostsAreServed();
    void theHostThatTheTunnelSendsIsAllowed();

private:
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    // What has arrived so far.
    const QByteArray &received()
    {
        m_received += m_socket.readAll();
        return m_received;
    }

    std::unique_ptr<SampleServer> m_server;
    QTcpSocket m_socket;
    QByteArray m_received;
};

void SampleServerTest::init()
{
    m_server = std::make_unique<SampleServer>();
    const auto port = m_server->listen();
    QVERIFY(port);
    m_socket.abort();
    m_received.clear();
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), *port);
    QTRY_COMPARE_WITH_TIMEOUT(m_socket.state(), QAbstractSocket::ConnectedState, kWaitMs);
}

void SampleServerTest::pagesAreServedOverOneConnection()
{
    send("GET /items.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("\"items\""), kWaitMs);
    send("GET /missing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("HTTP/1.1 404 Not Found\r\n"), kWaitMs);
    QCOMPARE(m_socket.state(), QAbstractSocket::ConnectedState);
}

void SampleServerTest::pipelinedRequestsAreAnsweredInOrder()
{
    send("GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
         "3\r\n\r\na=b"
         "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(received().count("HTTP/1.1 200 OK\r\n"), 3, kWaitMs);
    QVERIFY(m_received.indexOf("text/css") < m_received.indexOf("<td>b</td>"));
}

void SampleServerTest::aRequestMayComeInPieces()
{
    for (const char c : QByteArray("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nkey=")) {
        send(QByteArray(1, c));
        QVERIFY(m_socket.flush());
        QCoreApplication::processEvents();
    }
    QVERIFY(received().isEmpty());
    send("v");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("<td>v</td>"), kWaitMs);
}

void SampleServerTest::aChunkedFormIsEchoed()
{
    send(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na=\r\n3\r\nb+c\r\n0\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("<td>b c</td>"), kWaitMs);
}

void SampleServerTest::connectionCloseIsHonoured()
{
    send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(m_socket.state(), QAbstractSocket::UnconnectedState, kWaitMs);
    QVERIFY(received().contains("Connection: close\r\n"));
    QCOMPARE(m_received.count("HTTP/1.1 200 OK"), 1);
    QVERIFY(m_received.endsWith("</html>\n"));
}

void SampleServerTest::whatIsNotHttpIsRefused()
{
    send("nonsense\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(m_socket.state(), QAbstractSocket::UnconnectedState, kWaitMs);
    QVERIFY(received().startsWith("HTTP/1.1 400 Bad Request\r\n"));
}

void SampleServerTest::aLargeBodyIsRefused()
{
    const QByteArray body(static_cast<qsizetype>(wire::kSampleBodyBytes) + 1, 'x');
    send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
         body);
    QTRY_VERIFY_WITH_TIMEOUT(received().startsWith("HTTP/1.1 413 "), kWaitMs);
}

void SampleServerTest::theClockTicks()
{
    send("GET /clock HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().count("event: tick\n") >= 2, kWaitMs);
    QVERIFY(!m_received.contains("Content-Length"));
}

void SampleServerTest::onlyItsOwnHostsAreServed_data()
{
    QTest::addColumn<bool>("served");
    for (const char *own : {"localhost", "LOCALHOST:7000", "localhost.", "demo.localhost:41233", "127.0.0.1",
                            "127.0.0.1:41233", "[::1]:41233", "192.0.2.7"})
        QTest::newRow(own) << true;
    for (const char *foreign : {"evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.1.evil.example",
                                "notlocalhost", "evil.example@localhost", "localhost/", "[::1", "a b"})
        QTest::newRow(foreign) << false;
}

void SampleServerTest::onlyItsOwnHostsAreServed()
{
    QFETCH(bool, served);
    send("GET / HTTP/1.1\r\nHost: " + QByteArray(QTest::currentDataTag()) + "\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("\r\n\r\n"), kWaitMs);
    QCOMPARE(m_received.startsWith("HTTP/1.1 200 OK\r\n"), served);
    QCOMPARE(m_received.contains("<form"), served);
    if (!served)
        QTRY_COMPARE_WITH_TIMEOUT(m_socket.state(), QAbstractSocket::UnconnectedState, kWaitMs);
}

void SampleServerTest::theHostThatTheTunnelSendsIsAllowed()
{
    client::TunnelStatus status;
    status.publicUrl = QStringLiteral("https://Demo.Tunnel.example:8443/");
    m_server->allowHostsOf(status);
    send("GET / HTTP/1.1\r\nHost: demo.tunnel.example\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().startsWith("HTTP/1.1 200 OK\r\n"), kWaitMs);
    m_received.clear();
    send("GET / HTTP/1.1\r\nHost: other.tunnel.example\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("HTTP/1.1 421 Misdirected Request\r\n"), kWaitMs);
}

QTEST_GUILESS_MAIN(SampleServerTest)
#include "sample_server_test.moc"
