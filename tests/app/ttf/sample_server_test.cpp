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
    send("GET /items.json HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("\"items\""), kWaitMs);
    send("GET /missing HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("HTTP/1.1 404 Not Found\r\n"), kWaitMs);
    QCOMPARE(m_socket.state(), QAbstractSocket::ConnectedState);
}

void SampleServerTest::pipelinedRequestsAreAnsweredInOrder()
{
    send("GET /style.css HTTP/1.1\r\nHost: x\r\n\r\nPOST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b"
         "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(received().count("HTTP/1.1 200 OK\r\n"), 3, kWaitMs);
    QVERIFY(m_received.indexOf("text/css") < m_received.indexOf("<td>b</td>"));
}

void SampleServerTest::aRequestMayComeInPieces()
{
    for (const char c : QByteArray("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nkey=")) {
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
    send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na=\r\n3\r\nb+c\r\n0\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().contains("<td>b c</td>"), kWaitMs);
}

void SampleServerTest::connectionCloseIsHonoured()
{
    send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
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
    send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY_WITH_TIMEOUT(received().startsWith("HTTP/1.1 413 "), kWaitMs);
}

void SampleServerTest::theClockTicks()
{
    send("GET /clock HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(received().count("event: tick\n") >= 2, kWaitMs);
    QVERIFY(!m_received.contains("Content-Length"));
}

QTEST_GUILESS_MAIN(SampleServerTest)
#include "sample_server_test.moc"
