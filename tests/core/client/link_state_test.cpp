#include "client/link_state.h"

#include <QTest>

using namespace client;
using namespace std::chrono_literals;

namespace {

constexpr TunnelTimes kTimes;

LinkState online()
{
    LinkState link;
    link.stage = LinkState::Stage::Online;
    link.lastPing = 100s;
    link.pingInterval = 20s;
    return link;
}

} // namespace

class LinkStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aHandshakeIsDueInTime()
    {
        LinkState link;
        link.since = 7s;
        QVERIFY(isPending(link) && !isLive(link) && !isOnline(link));
        QVERIFY(dueOf(link, kTimes) == 7s + kTimes.handshake);
    }

    void aPingIsDueAfterItsInterval()
    {
        QVERIFY(isLive(online()) && isOnline(online()));
        QVERIFY(dueOf(online(), kTimes) == 120s);
    }

    void deathIsDueAfterTheGrace()
    {
        LinkState link = online();
        link.unanswered = kPingsToDeath;
        QVERIFY(dueOf(link, kTimes) == 100s + kTimes.pongGrace);
    }

    void aHandOverMayComeFirst()
    {
        LinkState link = online();
        link.handOverAt = 110s;
        QVERIFY(dueOf(link, kTimes) == 110s);
        link.stage = LinkState::Stage::Draining;
        QVERIFY(dueOf(link, kTimes) == 120s);
        link.watchAt = 105s;
        QVERIFY(dueOf(link, kTimes) == 105s);
    }
};

QTEST_GUILESS_MAIN(LinkStateTest)
#include "link_state_test.moc"
