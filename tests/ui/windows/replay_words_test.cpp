#include "replay_samples.h"
#include "ui/windows/replay_words.h"

#include <QTest>

using namespace ui;

namespace {

ReplaySession orderSession()
{
    return beginReplay(support::recordedOrder(1), support::localTarget());
}

// Only so many of its bytes were recorded.
ReplaySession cutSession(qsizetype kept)
{
    auto exchange = support::recordedOrder(1);
    exchange.summary.requestBytes = 3'400'000;
    exchange.requestBody = QByteArray(kept, 'x');
    return beginReplay(exchange, support::localTarget());
}

} // namespace

class ReplayWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhereTheRequestIsFrom()
    {
        QVERIFY(sourceText(orderSession()).contains(QStringLiteral("shop")));
        auto replayed = support::recordedOrder(1);
        replayed.summary.origin = client::ExchangeOrigin::Replay;
        QVERIFY(sourceText(beginReplay(replayed, {})).contains(QStringLiteral("sent from here")));
    }

    void saysThatTheUserHasToSayWhoGetsIt()
    {
        QCOMPARE(targetNotice(orderSession()), QString());
        auto gone = support::recordedOrder(1);
        QVERIFY(targetNotice(beginReplay(gone, {})).contains(QStringLiteral("tunnel of this request is gone")));
        gone.summary.origin = client::ExchangeOrigin::Import;
        QVERIFY(targetNotice(beginReplay(gone, {})).contains(QStringLiteral("comes from a file")));
        QVERIFY(sourceText(beginReplay(gone, {})).contains(QStringLiteral("imported from a file")));
    }

    void saysWhatIsAdded()
    {
        auto session = orderSession();
        session.draft.body = "hello";
        QCOMPARE(addedFieldsText(session),
                 QStringLiteral("Set when it is sent: Host: localhost:3000, Content-Length: 5"));
        session.target.hostHeader = client::HostHeader::Preserve;
        QCOMPARE(addedFieldsText(session), QStringLiteral("Set when it is sent: Content-Length: 5"));
        session.draft.method = QStringLiteral("GET");
        session.draft.body.clear();
        QCOMPARE(addedFieldsText(session), QString());
        session.draft.url = QStringLiteral("nonsense");
        QCOMPARE(addedFieldsText(session), QString());
    }

    void saysWhatIsMissingAndAsks()
    {
        QCOMPARE(lossText(orderSession()).sentence, QString());
        auto session = cutSession(1'000'000);
        QVERIFY(lossText(session).sentence.contains(QStringLiteral("1.0 MB")));
        QVERIFY(lossText(session).sentence.contains(QStringLiteral("3.4 MB")));
        QVERIFY(!lossText(session).choice.isEmpty());
        session.partAccepted = true;
        QVERIFY(lossText(session).sentence.contains(QStringLiteral("1.0 MB")));
        QVERIFY(lossText(session).choice.isEmpty());
        session.draft.body = "another";
        QCOMPARE(lossText(session).sentence, QString());
    }

    void saysThatNothingWasKept()
    {
        auto session = cutSession(0);
        const auto asked = lossText(session);
        QVERIFY(asked.sentence.contains(QStringLiteral("not kept")));
        QVERIFY(asked.choice != lossText(cutSession(5)).choice);
        session.partAccepted = true;
        QVERIFY(lossText(session).sentence.contains(QStringLiteral("without its body")));
    }

    void saysWhyThereIsNoAnswer()
    {
        client::ExchangeSummary answer;
        answer.origin = client::ExchangeOrigin::Replay;
        QCOMPARE(failureText(answer), QString());
        answer.state = client::ExchangeState::Aborted;
        answer.error = {wire::Code::LocalServiceUnavailable, "Nothing listens on localhost:3000."};
        QCOMPARE(failureText(answer), QStringLiteral("Nothing listens on localhost:3000. Start the local service, or "
                                                     "change the URL to where it listens."));
        answer.error = {wire::Code::Cancelled, "The request was cancelled."};
        QCOMPARE(failureText(answer), QStringLiteral("The request was cancelled."));
        answer.origin = client::ExchangeOrigin::Visitor;
        QVERIFY(failureText(answer).size() > QStringLiteral("The request was cancelled.").size());
    }

    void saysWhyThereIsNoBody()
    {
        const auto recorded = support::recordedOrder(1);
        QCOMPARE(noBodyText(recorded), QString());
        auto answer = recorded;
        answer.responseBody.clear();
        answer.summary.responseBytes = 0;
        const auto none = noBodyText(answer);
        QVERIFY(!none.isEmpty());
        answer.summary.responseBytes = 2000;
        answer.bodiesDropped = true;
        QVERIFY(noBodyText(answer).contains(QStringLiteral("2.0 kB")));
        answer = recorded;
        answer.response.reset();
        QCOMPARE(noBodyText(answer), QStringLiteral("This answer is no longer kept."));
        answer.summary.status = 0;
        QCOMPARE(noBodyText(answer), QStringLiteral("There was no answer."));
        answer.summary.state = client::ExchangeState::Pending;
        QCOMPARE(noBodyText(answer), QStringLiteral("Waiting for the answer…"));
        answer = recorded;
        answer.summary.upgrade = QStringLiteral("websocket");
        QVERIFY(noBodyText(answer).contains(QStringLiteral("websocket")));
    }
};

QTEST_GUILESS_MAIN(ReplayWordsTest)
#include "replay_words_test.moc"
