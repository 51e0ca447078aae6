#include "client/local_connection.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "support/tls_origin.h"

#include <QTest>

using namespace client;
using support::RawOrigin;
using support::TlsOrigin;

namespace {

class Watcher final : public LocalConnection::Listener {
public:
    void onConnected() override { ++connected; }
    void onReadable() override
    {
        while (reads && take() > 0) {
        }
    }
    std::size_t take()
    {
        std::array<char, 4096> buffer{};
        const auto got = connection->read(buffer);
        received.append(buffer.data(), qsizetype(got));
        return got;
    }
    void onWritten() override {}
    void onClosed(const wire::Error &why) override { closed = why; }

    LocalConnection *connection = nullptr;
    bool reads = true;
    int connected = 0;
    QByteArray received;
    std::optional<wire::Error> closed;
};

struct Bench {
    explicit Bench(const LocalTarget &target, bool ipv4First = false) : service{target, ipv4First}, connection(service)
    {
        watcher.connection = &connection;
        connection.open(watcher);
    }
    LocalService service;
    Watcher watcher;
    LocalConnection connection;
};

LocalTarget tlsTarget(quint16 port, UpstreamTls verify, const QByteArray &pin = {})
{
    auto target = support::loopbackTarget(port, QStringLiteral("localhost"));
    target.tls = true;
    target.verify = verify;
    target.pinnedSha256 = pin;
    return target;
}

} // namespace

class LocalConnectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exchangesBytes()
    {
        RawOrigin origin([](auto &client) { client.send(std::exchange(client.received, {}).toUpper()); });
        Bench bench(support::loopbackTarget(origin.port()));
        QTRY_COMPARE(bench.watcher.connected, 1);
        QVERIFY(bench.connection.isUsable());
        bench.connection.write("hello");
        QTRY_COMPARE(bench.watcher.received, "HELLO");
        bench.connection.abandon();
        QTRY_VERIFY(origin.client(0).ended);
        QVERIFY(!bench.watcher.closed);
    }

    void localhostIsEitherLoopbackAddress_data()
    {
        QTest::addColumn<QString>("listens");
        QTest::addColumn<QString>("host");
        QTest::newRow("IPv4 only") << QStringLiteral("127.0.0.1") << QStringLiteral("localhost");
        QTest::newRow("IPv6 only") << QStringLiteral("::1") << QStringLiteral("localhost");
        QTest::newRow("a name below localhost") << QStringLiteral("127.0.0.1") << QStringLiteral("api.localhost");
    }
    void localhostIsEitherLoopbackAddress()
    {
        QFETCH(QString, listens);
        QFETCH(QString, host);
        RawOrigin origin({}, QHostAddress(listens));
        QVERIFY(origin.isListening());
        const auto target = support::loopbackTarget(origin.port(), host);
        for (const bool ipv4First : {false, true}) {
            Bench bench(target, ipv4First);
            QTRY_COMPARE(bench.watcher.connected, 1);
            QVERIFY(!bench.watcher.closed);
            QCOMPARE(bench.service.ipv4First, QHostAddress(listens).protocol() == QAbstractSocket::IPv4Protocol);
        }
    }

    void manyAtOnceDoNotConfuseEachOther()
    {
        RawOrigin origin({}, QHostAddress::LocalHost);
        LocalService service{support::loopbackTarget(origin.port(), QStringLiteral("localhost"))};
        std::vector<std::unique_ptr<Watcher>> watchers;
        std::vector<std::unique_ptr<LocalConnection>> connections;
        for (int i = 0; i < 20; ++i) {
            watchers.push_back(std::make_unique<Watcher>());
            connections.push_back(std::make_unique<LocalConnection>(service));
            connections.back()->open(*watchers.back());
        }
        for (const auto &watcher : watchers) {
            QTRY_COMPARE(watcher->connected, 1);
            QVERIFY(!watcher->closed);
        }
    }

    void theWinnerIsRemembered()
    {
        RawOrigin origin({}, QHostAddress::LocalHost);
        Bench bench(support::loopbackTarget(origin.port(), QStringLiteral("localhost")));
        QTRY_COMPARE(bench.watcher.connected, 1);
        QVERIFY(bench.service.ipv4First);
        Watcher second;
        LocalConnection next(bench.service);
        second.connection = &next;
        next.open(second);
        QTRY_COMPARE(second.connected, 1);
        QVERIFY(bench.service.ipv4First);
    }

    void bothRefusedIsOneSentence()
    {
        RawOrigin origin;
        const auto port = origin.port();
        origin.close();
        Bench bench(support::loopbackTarget(port, QStringLiteral("localhost")));
        QTRY_VERIFY(bench.watcher.closed);
        QCOMPARE(bench.watcher.closed->code, wire::Code::LocalServiceUnavailable);
        QCOMPARE(bench.watcher.closed->message, "Nothing listens on localhost:" + std::to_string(port) + ".");
        QCOMPARE(bench.watcher.connected, 0);
    }

    void anUnknownHostIsSaid()
    {
        Bench bench(support::loopbackTarget(80, QStringLiteral("no-such-host.invalid")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.watcher.closed, 6000);
        QCOMPARE(bench.watcher.closed->code, wire::Code::LocalServiceUnavailable);
    }

    void halfCloses()
    {
        RawOrigin origin;
        Bench bench(support::loopbackTarget(origin.port()));
        QTRY_COMPARE(bench.watcher.connected, 1);
        QTRY_COMPARE(origin.connectionCount(), 1);
        bool finSeen = false;
        connect(origin.client(0).socket, &QTcpSocket::readChannelFinished, this, [&] { finSeen = true; });
        bench.connection.write("last words");
        bench.connection.shutdownSend();
        QTRY_COMPARE(origin.received(), "last words");
        QTRY_VERIFY(finSeen);
    }

    void anIdleConnectionThatTalksIsSpoiled()
    {
        RawOrigin origin;
        Bench bench(support::loopbackTarget(origin.port()));
        QTRY_COMPARE(origin.connectionCount(), 1);
        QTRY_VERIFY(bench.connection.isUsable());
        bench.connection.detach();
        origin.client(0).send("HTTP/1.1 408 Request Timeout\r\n\r\n");
        QTRY_VERIFY(!bench.connection.isUsable());
    }

    void anIdleConnectionThatEndsIsSpoiled()
    {
        RawOrigin origin;
        Bench bench(support::loopbackTarget(origin.port()));
        QTRY_COMPARE(origin.connectionCount(), 1);
        QTRY_VERIFY(bench.connection.isUsable());
        bench.connection.detach();
        origin.client(0).socket->disconnectFromHost();
        QTRY_VERIFY(!bench.connection.isUsable());
        QVERIFY(!bench.watcher.closed);
    }

    void tlsIsVerifiedByDefault()
    {
        TlsOrigin origin;
        Bench bench(tlsTarget(origin.port(), UpstreamTls::Verify));
        QTRY_VERIFY(bench.watcher.closed);
        QCOMPARE(bench.watcher.closed->code, wire::Code::LocalServiceUnavailable);
        QCOMPARE(bench.watcher.connected, 0);
    }

    void tlsWithoutVerification()
    {
        TlsOrigin origin;
        Bench bench(tlsTarget(origin.port(), UpstreamTls::Off));
        QTRY_COMPARE(bench.watcher.connected, 1);
        bench.connection.write("ping");
        QTRY_COMPARE(bench.watcher.received, "PING");
    }

    void tlsWithAPinnedCertificate()
    {
        TlsOrigin origin;
        Bench right(tlsTarget(origin.port(), UpstreamTls::Pin, origin.fingerprint()));
        QTRY_COMPARE(right.watcher.connected, 1);
        Bench wrong(tlsTarget(origin.port(), UpstreamTls::Pin, QByteArray(64, 'a')));
        QTRY_VERIFY(wrong.watcher.closed);
        QCOMPARE(wrong.watcher.connected, 0);
        QVERIFY(wrong.watcher.closed->message.find("pinned") != std::string::npos);
        Bench none(tlsTarget(origin.port(), UpstreamTls::Pin));
        QTRY_VERIFY(none.watcher.closed);
        QCOMPARE(none.watcher.connected, 0);
    }

    void whatCameBeforeTheTlsEndCanBeRead()
    {
        TlsOrigin origin;
        origin.answer = QByteArray(2 * 1024 * 1024, 'x');
        Bench bench(tlsTarget(origin.port(), UpstreamTls::Off));
        QTRY_COMPARE(bench.watcher.connected, 1);
        bench.watcher.reads = false; // a slow visitor: bytes are taken one by one, long after they came
        bench.connection.write("send and close");
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (int i = 0; i < 10; ++i)
                    bench.watcher.take();
                return bench.watcher.received.size() == origin.answer.size();
            },
            20'000));
    }
};

QTEST_GUILESS_MAIN(LocalConnectionTest)
#include "local_connection_test.moc"
