#include "core/client/tunnel_script.h"

#include <QTest>

using namespace client;
using namespace std::chrono_literals;
using support::Script;
using wire::Code;

namespace {

wire::Error error(Code code)
{
    return {code, "because"};
}

} // namespace

class TunnelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesOnline()
    {
        Script script;
        QCOMPARE(script.feed(event::Start{"shop", "s1", true}), u"open 1; publish");
        QCOMPARE(script.phase(), Phase::Connecting);
        QCOMPARE(script.feed(event::LinkOpened{1}), u"ready 1 name=shop session=s1 links=0 takeover");
        QCOMPARE(script.feed(event::Established{1, Script::server("shop")}), u"ping 1; publish");
        QCOMPARE(script.phase(), Phase::Online);
    }

    void reconnectsByTheNameTheServerDrew()
    {
        Script script;
        script.feed(event::Start{"", "s1", false});
        QCOMPARE(script.feed(event::LinkOpened{1}), u"ready 1 name= session=s1 links=0");
        script.feed(event::Established{1, Script::server("a1b2c3d4e5f6")});
        QCOMPARE(script.feed(event::LinkLost{1, error(Code::ConnectionLost)}), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Reconnecting);
        QCOMPARE(script.after(500ms).tick(), u"open 2; publish");
        QCOMPARE(script.feed(event::LinkOpened{2}), u"ready 2 name=a1b2c3d4e5f6 session=s1 links=0");
    }

    void backsOffWhileTheServerIsAway()
    {
        Script script;
        script.start();
        QList<qint64> waits;
        for (LinkId link = 1; link <= 9; ++link) {
            script.feed(event::LinkLost{link, error(Code::ConnectionLost)});
            QCOMPARE(script.state().attempt, link);
            waits << (*script.state().retryAt - script.now()).count();
            script.after(*script.state().retryAt - script.now()).tick();
            QCOMPARE(script.phase(), Phase::Connecting);
        }
        QCOMPARE(waits, (QList<qint64>{500, 1000, 2000, 4000, 8000, 16'000, 32'000, 60'000, 60'000}));
    }

    void hurriesWhileTheNameIsKept()
    {
        Script script;
        script.start();
        script.online(1);
        script.after(20s).feed(event::LinkLost{1, error(Code::ConnectionLost)});
        const Millis lost = script.now();
        for (LinkId link = 2; script.now() - lost < wire::kNameGrace; ++link) {
            QVERIFY(*script.state().retryAt - script.now() <= wire::kRetryCapInGrace);
            script.after(*script.state().retryAt - script.now()).tick();
            script.feed(event::LinkLost{link, error(Code::ConnectionLost)});
        }
        QVERIFY(*script.state().retryAt - script.now() > wire::kRetryCapInGrace);
    }

    void aLinkThatDiesAtOnceDoesNotResetTheBackoff()
    {
        Script script;
        script.start();
        script.online(1);
        script.after(1s).feed(event::LinkLost{1, error(Code::ConnectionLost)});
        QCOMPARE(script.state().attempt, 1U);
        script.after(500ms).tick();
        script.online(2);
        script.after(1s).feed(event::LinkLost{2, error(Code::ConnectionLost)});
        QCOMPARE(script.state().attempt, 2U);
        script.after(1s).tick();
        script.online(3);
        script.after(wire::kStableAfter).feed(event::LinkLost{3, error(Code::ConnectionLost)});
        QCOMPARE(script.state().attempt, 1U);
    }

    void aSilentServerIsDeadInLessThan45Seconds()
    {
        Script script;
        script.setRandom(0.5);
        script.start();
        script.online(1);
        script.feed(event::Heard{1}); // it answers the first ping and then never again
        QCOMPARE(script.runTo(45s), u"20s ping 1 | 40s ping 1 | 44s close 1; publish | 44s open 2; publish");
    }

    void anAnsweringServerLives()
    {
        Script script;
        script.start();
        script.online(1);
        script.after(19s).feed(event::Heard{1});
        QCOMPARE(script.runTo(39s), u"20s ping 1");
        script.feed(event::Heard{1});
        QCOMPARE(script.runTo(59s), u"40s ping 1");
        script.feed(event::Heard{1});
        QCOMPARE(script.runTo(79s), u"60s ping 1");
        QCOMPARE(script.phase(), Phase::Online);
    }

    void aHandshakeHasALimit()
    {
        Script script;
        script.start();
        QCOMPARE(script.runTo(wire::kHandshakeTimeout), u"15s close 1; publish");
        QCOMPARE(script.state().reason.code, Code::Timeout);
        script.after(500ms).tick();
        script.feed(event::LinkOpened{2});
        QCOMPARE(script.runTo(script.now() + wire::kHandshakeTimeout), u"30s close 2; publish");
    }

    void finalRefusalsAreNotRetried_data()
    {
        QTest::addColumn<int>("code");
        for (const Code code :
             {Code::Unauthorized, Code::Forbidden, Code::NameTaken, Code::InvalidRequest, Code::ProtocolError})
            QTest::newRow(std::string(wire::codeName(code)).c_str()) << int(code);
    }
    void finalRefusalsAreNotRetried()
    {
        QFETCH(int, code);
        Script script;
        script.start();
        script.feed(event::LinkOpened{1});
        QCOMPARE(script.feed(event::Refused{1, error(Code(code))}), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Failed);
        QCOMPARE(script.state().reason.code, Code(code));
        QCOMPARE(script.feed(event::NetworkChanged{}), u"");
        QCOMPARE(script.feed(event::Resumed{}), u"");
        QCOMPARE(script.runTo(1h), u"");
        QCOMPARE(script.feed(event::ReconnectNow{}), u"open 2; publish");
        QCOMPARE(script.phase(), Phase::Connecting);
    }

    void otherRefusalsAreRetried()
    {
        Script script;
        script.start();
        QCOMPARE(script.feed(event::Refused{1, error(Code::RateLimited)}), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Reconnecting);
        QCOMPARE(script.after(500ms).tick(), u"open 2; publish");
    }

    void ourOwnNameIsAskedForAgain()
    {
        Script script;
        script.start();
        script.online(1);
        script.after(1s).feed(event::LinkLost{1, error(Code::ConnectionLost)});
        script.after(500ms).tick();
        script.feed(event::LinkOpened{2});
        QCOMPARE(script.feed(event::Refused{2, error(Code::NameTaken)}), u"close 2; publish");
        QCOMPARE(script.phase(), Phase::Reconnecting);
    }

    void aNameTakenOverIsNotFoughtFor()
    {
        Script script;
        script.start();
        script.online(1);
        QCOMPARE(script.feed(event::Refused{1, error(Code::NameTaken)}), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Failed);
    }

    void drainingHandsOverToANewLink()
    {
        Script script;
        script.start();
        script.online(1);
        QCOMPARE(script.feed(event::Draining{1}), u"watch 1; open 2");
        QCOMPARE(script.phase(), Phase::Online);
        QCOMPARE(script.feed(event::LinkOpened{2}), u"ready 2 name=shop session=s1 links=1");
        QCOMPARE(script.feed(event::Established{2, Script::server("shop")}), u"ping 2; publish");
        QVERIFY(script.state().passesUpgrades);
        QCOMPARE(script.after(5s).feed(event::Drained{1}), u"close 1");
        QCOMPARE(script.phase(), Phase::Online);
    }

    // API Gateway ends a link after two hours; its Lambdas remember the old one for some seconds.
    void aV1LinkIsHandedOverInTime()
    {
        Script script;
        script.start();
        script.feed(event::LinkOpened{1, true});
        script.feed(event::Established{1, Script::server("shop")});
        QVERIFY(!script.state().passesUpgrades);
        script.hearEverything();
        QCOMPARE(script.runTo(11min), u"300s ping 1 | 600s ping 1");
        script.runTo(110min - 1s);
        QCOMPARE(script.runTo(110min), u"6600s open 2; ping 1");
        script.feed(event::LinkOpened{2, true});
        QCOMPARE(script.feed(event::Established{2, Script::server("shop")}), u"ping 2; publish");
        QCOMPARE(script.runTo(110min + 30s), u"6630s watch 1");
        QCOMPARE(script.feed(event::Drained{1}), u"close 1");
        QCOMPARE(script.phase(), Phase::Online);
    }

    void aV1LinkServesOnUntilAnotherStands()
    {
        Script script;
        script.start();
        script.feed(event::LinkOpened{1, true});
        script.feed(event::Established{1, Script::server("shop")});
        QCOMPARE(script.feed(event::Draining{1}), u"open 2");
        QCOMPARE(script.feed(event::LinkLost{2, error(Code::ConnectionLost)}), u"close 2; publish");
        QCOMPARE(script.state().links.size(), std::size_t{1});
        QCOMPARE(script.after(500ms).tick(), u"open 3; publish");
        QCOMPARE(script.state().links.size(), std::size_t{2});
    }

    void theServerSaysHowOftenToPing()
    {
        Script script;
        auto server = Script::server("shop");
        server.limits.heartbeatMs = 60'000;
        script.start();
        script.feed(event::LinkOpened{1, true});
        script.feed(event::Established{1, server});
        script.feed(event::Heard{1});
        QCOMPARE(script.runTo(70s), u"60s ping 1");
    }

    void aDrainedLinkStaysUntilTheNewOneStands()
    {
        Script script;
        script.start();
        script.online(1);
        script.feed(event::Draining{1});
        QCOMPARE(script.feed(event::Drained{1}), u"");
        script.feed(event::LinkOpened{2});
        QCOMPARE(script.feed(event::Established{2, Script::server("shop")}), u"ping 2; publish; close 1");
    }

    void aRestartingRelayKeepsItsOldLinkUntilItsStreamsEnd()
    {
        Script script;
        script.start();
        script.online(1);
        script.feed(event::Draining{1});
        QCOMPARE(script.feed(event::LinkLost{2, error(Code::ConnectionLost)}), u"close 2; publish");
        QCOMPARE(script.phase(), Phase::Reconnecting);
        QCOMPARE(script.after(500ms).tick(), u"open 3; publish");
        QCOMPARE(script.feed(event::LinkLost{3, error(Code::ConnectionLost)}), u"close 3; publish");
        QCOMPARE(script.feed(event::Drained{1}), u"close 1");
        QCOMPARE(script.phase(), Phase::Reconnecting);
        QCOMPARE(script.after(1s).tick(), u"open 4; publish");
        script.feed(event::LinkOpened{4});
        QCOMPARE(script.feed(event::Established{4, Script::server("shop")}), u"ping 4; publish");
    }

    void theServerClosingADrainedLinkChangesNothing()
    {
        Script script;
        script.start();
        script.online(1);
        script.feed(event::Draining{1});
        script.online(2);
        QCOMPARE(script.feed(event::LinkLost{1, error(Code::ConnectionLost)}), u"close 1");
        QCOMPARE(script.phase(), Phase::Online);
    }

    void aNetworkChangeEndsTheWait()
    {
        Script script;
        script.start();
        script.feed(event::LinkLost{1, error(Code::ConnectionLost)});
        QCOMPARE(script.feed(event::NetworkChanged{}), u"open 2; publish");
        QCOMPARE(script.feed(event::NetworkChanged{}), u"close 2; open 3");
    }

    void aResumeTestsWhatStands()
    {
        Script script;
        script.start();
        script.online(1);
        script.feed(event::Heard{1});
        QCOMPARE(script.after(1h).feed(event::Resumed{}), u"ping 1");
        QCOMPARE(script.after(wire::kPongGrace - 1ms).tick(), u"");
        QCOMPARE(script.after(1ms).tick(), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Reconnecting);
    }

    void aLinkThatAnswersAfterAResumeStays()
    {
        Script script;
        script.start();
        script.online(1);
        script.after(1h).feed(event::Resumed{});
        script.after(1s).feed(event::Heard{1});
        QCOMPARE(script.after(wire::kPongGrace).tick(), u"");
        QCOMPARE(script.phase(), Phase::Online);
    }

    void stops()
    {
        Script script;
        script.start();
        script.online(1);
        QCOMPARE(script.feed(event::Stop{}), u"close 1; publish");
        QCOMPARE(script.phase(), Phase::Stopped);
        QCOMPARE(script.runTo(1h), u"");
        QCOMPARE(script.feed(event::ReconnectNow{}), u"");
        QCOMPARE(script.feed(event::LinkLost{1, error(Code::ConnectionLost)}), u"");
        QCOMPARE(script.feed(event::Start{"shop", "s2", false}), u"open 2; publish");
        QCOMPARE(script.feed(event::LinkOpened{2}), u"ready 2 name=shop session=s2 links=0");
    }

    void reconnectsOnDemand()
    {
        Script script;
        script.start();
        script.online(1);
        QCOMPARE(script.feed(event::ReconnectNow{}), u"close 1; open 2; publish");
        QCOMPARE(script.phase(), Phase::Connecting);
    }

    void eventsOfForgottenLinksAreIgnored()
    {
        Script script;
        script.start();
        script.feed(event::LinkLost{1, error(Code::ConnectionLost)});
        for (const Event &event :
             {Event{event::LinkOpened{1}}, Event{event::Established{1, Script::server("other")}},
              Event{event::Refused{1, error(Code::Unauthorized)}}, Event{event::Draining{1}}, Event{event::Heard{1}},
              Event{event::Drained{1}}, Event{event::LinkLost{1, error(Code::Timeout)}}})
            QCOMPARE(script.feed(event), u"");
        QCOMPARE(script.phase(), Phase::Reconnecting);
    }
};

QTEST_APPLESS_MAIN(TunnelTest)
#include "tunnel_test.moc"
