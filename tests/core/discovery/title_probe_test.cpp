#include "core/discovery/real_services.h"
#include "discovery/title_probe.h"
#include "support/raw_origin.h"
#include "support/tls_origin.h"
#include "wire/limits.h"

#include <QSignalSpy>
#include <QTest>

using discovery::ListeningPort;
using discovery::PageAnswer;
using discovery::TitleProbe;
using support::RawOrigin;

namespace {

constexpr std::chrono::milliseconds kPatience{10'000};
constexpr std::chrono::milliseconds kHurry{150};

struct Outcome {
    int answers = 0;
    PageAnswer answer;
    bool tls = false;
};

Outcome probe(quint16 port, std::chrono::milliseconds timeout = kPatience,
              const QString &address = QStringLiteral("127.0.0.1"))
{
    Outcome outcome;
    TitleProbe probe(ListeningPort{port, address, 1, QStringLiteral("test")}, timeout);
    QObject::connect(&probe, &TitleProbe::answered, &probe,
                     [&](const PageAnswer &answer, bool tls) { outcome = {outcome.answers + 1, answer, tls}; });
    probe.start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome.answers > 0, 20'000); }();
    return outcome;
}

RawOrigin::Handler answering(const QByteArray &bytes, bool closes = true)
{
    return [bytes, closes](RawOrigin::Client &client) {
        client.send(bytes);
        if (closes)
            client.socket->disconnectFromHost();
    };
}

} // namespace

class TitleProbeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsNginx()
    {
        const support::RealNginx nginx;
        const auto outcome = probe(nginx.port());
        QVERIFY(outcome.answer.http && !outcome.tls);
        QCOMPARE(outcome.answer.title, QStringLiteral("Welcome to nginx!"));
    }

    void readsNginxOverTls() // which answers plain HTTP with 400 and a page
    {
        const support::RealNginx nginx(true);
        const auto outcome = probe(nginx.port());
        QVERIFY(outcome.answer.http && outcome.tls);
        QCOMPARE(outcome.answer.title, QStringLiteral("Welcome to nginx!"));
    }

    void readsPython()
    {
        const support::RealPython python("<html><head><title>\n Notes &amp; more </title></head></html>");
        const auto outcome = probe(python.port());
        QVERIFY(outcome.answer.http && !outcome.tls);
        QCOMPARE(outcome.answer.title, QStringLiteral("Notes & more"));
    }

    void readsWhatSpeaksOnlyTls() // with a certificate that nobody vouches for
    {
        support::TlsOrigin origin;
        origin.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Secret</title>";
        const auto outcome = probe(origin.port());
        QVERIFY(outcome.answer.http && outcome.tls);
        QCOMPARE(outcome.answer.title, QStringLiteral("Secret"));
    }

    void asksPolitely()
    {
        RawOrigin origin(answering("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>x</title>"));
        QCOMPARE(probe(origin.port()).answer.title, QStringLiteral("x"));
        QCOMPARE(origin.connectionCount(), 1);
        QCOMPARE(origin.received(),
                 "GET / HTTP/1.0\r\nHost: localhost:" + QByteArray::number(origin.port()) +
                     "\r\nAccept: text/html,*/*\r\nUser-Agent: http-tunnel\r\nConnection: close\r\n\r\n");
    }

    void reachesWhatListensEverywhere()
    {
        RawOrigin origin(answering("HTTP/1.0 200 OK\r\n\r\n<title>x</title>"), QHostAddress::AnyIPv4);
        QCOMPARE(probe(origin.port(), kPatience, QStringLiteral("0.0.0.0")).answer.title, QStringLiteral("x"));
    }

    void doesNotWaitForTheEndOfThePage()
    {
        RawOrigin origin(answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>x</title>", false));
        QCOMPARE(probe(origin.port(), std::chrono::minutes(10)).answer.title, QStringLiteral("x"));
    }

    void takesWhatCameWhenTimeIsUp()
    {
        RawOrigin origin(answering("HTTP/1.1 200 OK\r\nServer: slow\r\nContent-Type: text/html\r\n\r\n<p>", false));
        const auto outcome = probe(origin.port(), std::chrono::seconds(1));
        QVERIFY(outcome.answer.http);
        QCOMPARE(outcome.answer.title, QStringLiteral("slow"));
    }

    void readsNoMoreThanItsBound()
    {
        RawOrigin origin(answering("HTTP/1.1 200 OK\r\nServer: big\r\nContent-Type: text/html\r\n\r\n" +
                                       QByteArray(qsizetype(wire::kTitleProbeBytes), ' ') + "<title>too late</title>",
                                   false));
        const auto outcome = probe(origin.port(), std::chrono::minutes(10));
        QCOMPARE(outcome.answer.title, QStringLiteral("big"));
    }

    void leavesTheMuteAlone()
    {
        RawOrigin origin; // takes everything, says nothing
        const auto outcome = probe(origin.port(), kHurry);
        QVERIFY(!outcome.answer.http);
        QCOMPARE(origin.connectionCount(), 1); // no second attempt
    }

    void leavesOtherProtocolsAlone()
    {
        RawOrigin origin(answering("-ERR wrong number of arguments\r\n", false));
        const auto outcome = probe(origin.port(), std::chrono::minutes(10));
        QVERIFY(!outcome.answer.http && !outcome.tls);
        QCOMPARE(origin.connectionCount(), 1);
    }

    void whatClosesIsAskedOnceMoreOverTls()
    {
        RawOrigin origin(answering(""));
        const auto outcome = probe(origin.port(), kPatience);
        QVERIFY(!outcome.answer.http && !outcome.tls);
        QCOMPARE(origin.connectionCount(), 2);
        QVERIFY(origin.received(1).startsWith("\x16\x03"));
    }

    void keepsAPlain400WhenTlsFails()
    {
        RawOrigin origin(answering("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<title>Bad</title>"));
        const auto outcome = probe(origin.port());
        QVERIFY(outcome.answer.http && !outcome.tls);
        QCOMPARE(outcome.answer.status, 400U);
        QCOMPARE(outcome.answer.title, QStringLiteral("Bad"));
        QCOMPARE(origin.connectionCount(), 2);
    }

    void answersWhenNobodyListens()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto port = server.serverPort();
        server.close();
        const auto outcome = probe(port);
        QCOMPARE(outcome.answers, 1);
        QVERIFY(!outcome.answer.http);
    }

    void mayBeDroppedAtAnyTime()
    {
        RawOrigin origin;
        auto probe =
            std::make_unique<TitleProbe>(ListeningPort{origin.port(), QStringLiteral("127.0.0.1"), 1, {}}, kPatience);
        probe->start();
        QTRY_VERIFY(!origin.received().isEmpty());
        probe.reset();
        QTRY_VERIFY(origin.client(0).ended);
    }
};

QTEST_GUILESS_MAIN(TitleProbeTest)
#include "title_probe_test.moc"
