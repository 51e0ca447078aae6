#include "replay_samples.h"
#include "ui/windows/replay_session.h"

#include <QTest>

using namespace ui;
using support::kOrder;

class ReplaySessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithTheRequestAsRecorded()
    {
        const auto session = beginReplay(support::recordedOrder(7), support::localTarget());
        QCOMPARE(session.key(), quint64{7});
        QVERIFY(session.targetKnown);
        QCOMPARE(session.draft.method, QStringLiteral("POST"));
        QCOMPARE(session.draft.url, QStringLiteral("http://localhost:3000/api/orders?notify=1"));
        QCOMPARE(session.draft.body, kOrder);
        QVERIFY(!session.isChanged());
        QVERIFY(!session.isSending());
        QCOMPARE(&session.answer(), &session.original);
    }

    void aTunnelThatIsGoneLeavesTheUrlToTheUser()
    {
        const auto session = beginReplay(support::recordedOrder(7), std::nullopt);
        QVERIFY(!session.targetKnown);
        QCOMPARE(session.draft.url, QStringLiteral("http://localhost/api/orders?notify=1"));
    }

    void whatWasImportedKeepsItsUrl()
    {
        auto imported = support::recordedOrder(7, {});
        imported.summary.origin = client::ExchangeOrigin::Import;
        imported.summary.importedUrl = QStringLiteral("https://api.example.com:8443/api/orders?notify=1");
        auto session = beginReplay(imported, std::nullopt);
        QVERIFY(!session.targetKnown);
        QCOMPARE(session.draft.url, imported.summary.importedUrl);
        const auto request = requestOf(session);
        QVERIFY(request.has_value());
        QVERIFY(request->target.tls);
        QCOMPARE(request->target.host, QStringLiteral("api.example.com"));
        QCOMPARE(request->target.port, quint16(8443));
    }

    void whatIsSentNamesItsOrigin()
    {
        auto session = beginReplay(support::recordedOrder(7), support::localTarget());
        session.draft.body = "{}";
        const auto request = requestOf(session);
        QVERIFY(request.has_value());
        QCOMPARE(request->tunnelId, QStringLiteral("t1"));
        QCOMPARE(request->tunnelName, QStringLiteral("shop"));
        QCOMPARE(request->replayOf, quint64{7});
        QCOMPARE(request->target, support::localTarget());
        QCOMPARE(request->body, QByteArray("{}"));
        session.draft.url = QStringLiteral("nonsense");
        QVERIFY(!requestOf(session).has_value());
    }

    void writtenTextIsInNoCoding()
    {
        const QByteArray gzip("\x1f\x8b\x08 and so on", 13);
        auto exchange = support::recordedOrder(7);
        exchange.requestBody = gzip;
        exchange.request = support::requestHead({{"Content-Encoding", "gzip"}, {"Content-Encoding", "aws-chunked"}});
        auto session = beginReplay(exchange, support::localTarget());
        QVERIFY(!takeBody(session, gzip));
        QVERIFY(takeBody(session, {}));
        QVERIFY(!takeBody(session, "{}"));
        auto request = requestOf(session);
        QVERIFY(request.has_value());
        QCOMPARE(request->head.headers, (wire::HeaderList{{"Content-Encoding", "aws-chunked"}}));
        QCOMPARE(request->body, QByteArray("{}"));

        session.draft.headers[0].enabled = true; // what the user says holds
        QVERIFY(!takeBody(session, "{ }"));
        QVERIFY(session.draft.headers[0].enabled);
        session.draft.headers[0].enabled = false;
        QVERIFY(takeBody(session, gzip)); // the recorded bytes again
        QVERIFY(!session.isChanged());
    }

    void knowsWhatIsMissing_data()
    {
        QTest::addColumn<int>("kept");
        QTest::addColumn<int>("received");
        QTest::addColumn<int>("announced");
        QTest::addColumn<bool>("upgraded");
        QTest::addColumn<int>("missing");
        QTest::newRow("whole") << 10 << 10 << 10 << false << 0;
        QTest::newRow("cut at recording") << 10 << 30 << 30 << false << 20;
        QTest::newRow("chunked and cut") << 10 << 30 << 0 << false << 20;
        QTest::newRow("dropped") << 0 << 30 << 30 << false << 30;
        QTest::newRow("the visitor left early") << 10 << 10 << 50 << false << 40;
        QTest::newRow("refused before its body") << 0 << 0 << 50 << false << 50;
        QTest::newRow("no body") << 0 << 0 << 0 << false << 0;
        QTest::newRow("raw bytes after an upgrade") << 0 << 500 << 0 << true << 0;
    }
    void knowsWhatIsMissing()
    {
        QFETCH(int, kept);
        QFETCH(int, received);
        QFETCH(int, announced);
        QFETCH(bool, upgraded);
        auto exchange = support::recordedOrder(1);
        exchange.requestBody = QByteArray(kept, 'x');
        exchange.summary.requestBytes = quint64(received);
        exchange.request = support::requestHead({});
        if (announced > 0)
            exchange.request = support::requestHead({{"Content-Length", std::to_string(announced)}});
        if (upgraded)
            exchange.summary.upgrade = QStringLiteral("websocket");
        auto session = beginReplay(exchange, support::localTarget());
        QTEST(int(missingBytes(session)), "missing");
        QCOMPARE(needsConsent(session), missingBytes(session) > 0);
        session.draft.body += "changed";
        QVERIFY(!needsConsent(session));
        session.draft.body = session.recorded.body;
        session.partAccepted = true;
        QVERIFY(!needsConsent(session));
    }

    void attemptsAreShownAsTheyAreSent()
    {
        auto session = beginReplay(support::recordedOrder(1), support::localTarget());
        addAttempt(session, 20);
        QCOMPARE(session.shown, 1);
        QCOMPARE(session.answer().summary.key, quint64{20});
        QCOMPARE(session.answer().summary.origin, client::ExchangeOrigin::Replay);
        QVERIFY(session.isSending());
        auto answered = support::recordedOrder(20);
        answered.summary.status = 500;
        QVERIFY(takeNews(session, answered));
        QVERIFY(!session.isSending());
        session.draft.body = "edited since";
        QCOMPARE(session.asked().body, kOrder);
        QCOMPARE(session.answer().summary.status, 500U);
        QCOMPARE(session.original.summary.status, 201U);
        QVERIFY(!takeNews(session, support::recordedOrder(99)));
    }

    void theOldestAttemptsGo()
    {
        auto session = beginReplay(support::recordedOrder(1), support::localTarget());
        for (quint64 key = 100; key < 100 + quint64(kKeptAttempts) + 3; ++key)
            addAttempt(session, key);
        QCOMPARE(session.attempts.size(), kKeptAttempts);
        QCOMPARE(session.firstAttempt, 4);
        QCOMPARE(session.attempts.first().answer.summary.key, quint64{103});
        QCOMPARE(session.answer().summary.key, 100 + quint64(kKeptAttempts) + 2);
    }

    void anOriginalThatGrowsIsFollowedUntilItIsEdited()
    {
        auto growing = support::recordedOrder(1);
        growing.requestBody = "one ";
        auto session = beginReplay(growing, support::localTarget());
        growing.requestBody = "one two";
        QVERIFY(takeNews(session, growing));
        QCOMPARE(session.draft.body, QByteArray("one two"));
        session.draft.body = "mine";
        growing.requestBody = "one two three";
        QVERIFY(takeNews(session, growing));
        QCOMPARE(session.draft.body, QByteArray("mine"));
        QCOMPARE(session.recorded.body, QByteArray("one two three"));
    }
};

QTEST_GUILESS_MAIN(ReplaySessionTest)
#include "replay_session_test.moc"
