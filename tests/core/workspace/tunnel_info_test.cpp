#include "workspace/tunnel_info.h"

#include <QTest>

using client::Phase;
using workspace::Overall;
using workspace::overallOf;
using workspace::TunnelInfo;

namespace {

TunnelInfo tunnel(Phase phase, bool wanted = true, bool paused = false)
{
    TunnelInfo info;
    info.wanted = wanted;
    info.status.phase = phase;
    info.status.paused = paused;
    return info;
}

} // namespace

class TunnelInfoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWorstNewsOfTheWantedOnesComesFirst();
    void anEmbeddedUrlNeedsNameAndPort();
    void runningIsWhatTheEngineIsAt();
};

void TunnelInfoTest::theWorstNewsOfTheWantedOnesComesFirst()
{
    QCOMPARE(overallOf({}), Overall::Idle);
    QCOMPARE(overallOf({tunnel(Phase::Failed, false)}), Overall::Idle);
    QCOMPARE(overallOf({tunnel(Phase::Online), tunnel(Phase::Stopped, false)}), Overall::Up);
    QCOMPARE(overallOf({tunnel(Phase::Online), tunnel(Phase::Online, true, true)}), Overall::Paused);
    QCOMPARE(overallOf({tunnel(Phase::Online, true, true), tunnel(Phase::Reconnecting)}), Overall::Connecting);
    QCOMPARE(overallOf({tunnel(Phase::Idle)}), Overall::Connecting);
    QCOMPARE(overallOf({tunnel(Phase::Failed), tunnel(Phase::Connecting)}), Overall::Failed);
}

void TunnelInfoTest::anEmbeddedUrlNeedsNameAndPort()
{
    QCOMPARE(workspace::embeddedUrl(QStringLiteral("shop"), 8080), QStringLiteral("http://shop.localhost:8080/"));
    QVERIFY(workspace::embeddedUrl({}, 8080).isEmpty());
    QVERIFY(workspace::embeddedUrl(QStringLiteral("shop"), 0).isEmpty());
}

void TunnelInfoTest::runningIsWhatTheEngineIsAt()
{
    QVERIFY(tunnel(Phase::Connecting).running());
    QVERIFY(tunnel(Phase::Online).running());
    QVERIFY(tunnel(Phase::Reconnecting).running());
    QVERIFY(!tunnel(Phase::Idle).running());
    QVERIFY(!tunnel(Phase::Stopped).running());
    QVERIFY(!tunnel(Phase::Failed).running());
}

QTEST_APPLESS_MAIN(TunnelInfoTest)
#include "tunnel_info_test.moc"
