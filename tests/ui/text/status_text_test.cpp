#include "ui/text/status_text.h"

#include <QTest>

using namespace ui;
using client::ExchangeState;
using client::Phase;
using wire::Code;

namespace {

client::TunnelStatus inPhase(Phase phase)
{
    client::TunnelStatus status;
    status.phase = phase;
    return status;
}

workspace::TunnelInfo tunnelWith(Phase phase, Code code, const char *message)
{
    workspace::TunnelInfo tunnel;
    tunnel.entry.name = QStringLiteral("shop");
    tunnel.entry.server = QUrl(QStringLiteral("https://relay.example.com:8443"));
    tunnel.status = inPhase(phase);
    tunnel.status.attempt = 3;
    tunnel.status.reason = {code, message};
    return tunnel;
}

client::ExchangeSummary finished(unsigned code)
{
    client::ExchangeSummary exchange;
    exchange.state = ExchangeState::Done;
    exchange.status = code;
    return exchange;
}

client::ExchangeSummary aborted(Code code)
{
    client::ExchangeSummary exchange;
    exchange.state = ExchangeState::Aborted;
    exchange.error = {code, "connection refused"};
    return exchange;
}

} // namespace

class StatusTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tunnelsHaveWordShapeAndColour_data();
    void tunnelsHaveWordShapeAndColour();
    void aPausedTunnelSaysSo();
    void exchangesHaveWordShapeAndColour_data();
    void exchangesHaveWordShapeAndColour();
    void aFailedTunnelSaysWhatToDo_data();
    void aFailedTunnelSaysWhatToDo();
    void aWaitingTunnelSaysThatItTries();
    void whatNeverWasIsNotLost();
    void theEmbeddedRelayHasItsOwnName();
    void nothingIsExplainedWhereNothingIsWrong();
    void anAbortedExchangeSaysWhatToDo_data();
    void anAbortedExchangeSaysWhatToDo();
    void nothingCanBeDoneAboutWhatWasImported();
    void aReplayIsEndedByTheUser();
    void targets();
    void titles();
    void amountsReadAsInTheTerminal();
};

void StatusTextTest::tunnelsHaveWordShapeAndColour_data()
{
    QTest::addColumn<int>("phase");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("glyph");
    QTest::addColumn<QColor>("color");
    const Colors colors = lightColors();
    const auto row = [](const char *name, Phase phase, const char *word, Glyph glyph, const QColor &color) {
        QTest::newRow(name) << static_cast<int>(phase) << QString::fromLatin1(word) << static_cast<int>(glyph) << color;
    };
    row("idle", Phase::Idle, "Not started", Glyph::StatusIdle, colors.muted);
    row("connecting", Phase::Connecting, "Connecting", Glyph::StatusPending, colors.info);
    row("online", Phase::Online, "Online", Glyph::StatusOnline, colors.success);
    row("reconnecting", Phase::Reconnecting, "Reconnecting", Glyph::StatusPending, colors.warning);
    row("stopped", Phase::Stopped, "Stopped", Glyph::StatusIdle, colors.muted);
    row("failed", Phase::Failed, "Failed", Glyph::StatusFailed, colors.danger);
}

void StatusTextTest::tunnelsHaveWordShapeAndColour()
{
    QFETCH(int, phase);
    const Badge badge = badgeOf(inPhase(static_cast<Phase>(phase)), lightColors());
    QTEST(badge.word, "word");
    QTEST(static_cast<int>(badge.glyph), "glyph");
    QTEST(badge.color, "color");
    QVERIFY(badge.background.isValid());
    QVERIFY(badgeOf(inPhase(static_cast<Phase>(phase)), darkColors()).color != badge.color);
}

void StatusTextTest::aPausedTunnelSaysSo()
{
    client::TunnelStatus status = inPhase(Phase::Online);
    status.paused = true;
    QCOMPARE(badgeOf(status, lightColors()).word, QStringLiteral("Paused"));
    QVERIFY(badgeOf(status, lightColors()).glyph == Glyph::StatusPaused);
    status.phase = Phase::Reconnecting; // the worse news
    QCOMPARE(badgeOf(status, lightColors()).word, QStringLiteral("Reconnecting"));
}

void StatusTextTest::exchangesHaveWordShapeAndColour_data()
{
    QTest::addColumn<client::ExchangeBatch>("exchange");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("glyph");
    QTest::addColumn<QColor>("color");
    const Colors colors = lightColors();
    const auto row = [](const char *word, const client::ExchangeSummary &exchange, Glyph glyph, const QColor &color) {
        QTest::newRow(word) << client::ExchangeBatch{exchange} << QString::fromLatin1(word) << static_cast<int>(glyph)
                            << color;
    };
    row("Pending", {}, Glyph::StatusPending, colors.muted);
    row("101", finished(101), Glyph::Info, colors.info);
    row("200", finished(200), Glyph::StatusOnline, colors.success);
    row("304", finished(304), Glyph::Redirect, colors.info);
    row("404", finished(404), Glyph::Warning, colors.warning);
    row("502", finished(502), Glyph::Error, colors.danger);
    row("Cancelled", aborted(Code::Cancelled), Glyph::Clear, colors.muted);
    row("Timed out", aborted(Code::Timeout), Glyph::StatusFailed, colors.danger);
    row("No service", aborted(Code::LocalServiceUnavailable), Glyph::StatusFailed, colors.danger);
    row("Aborted", aborted(Code::ConnectionLost), Glyph::StatusFailed, colors.danger);
}

void StatusTextTest::exchangesHaveWordShapeAndColour()
{
    QFETCH(const client::ExchangeBatch, exchange);
    const Badge badge = badgeOf(exchange.first(), lightColors());
    QTEST(badge.word, "word");
    QTEST(static_cast<int>(badge.glyph), "glyph");
    QTEST(badge.color, "color");
    QVERIFY(badge.background.isValid());
}

void StatusTextTest::aFailedTunnelSaysWhatToDo_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("remedy");
    const auto row = [](Code code, const char *remedy) {
        QTest::newRow(wire::codeName(code).data()) << static_cast<int>(code) << QString::fromLatin1(remedy);
    };
    row(Code::Unauthorized, "Save a valid one for this server in Settings");
    row(Code::Forbidden, "Rename the tunnel, or save another token");
    row(Code::NameTaken, "Rename the tunnel, or stop the other one");
    row(Code::ProtocolError, "Check the server's address");
    row(Code::InvalidRequest, "Check its settings, then start it again");
}

void StatusTextTest::aFailedTunnelSaysWhatToDo()
{
    QFETCH(int, code);
    QFETCH(QString, remedy);
    const QString text = explanation(tunnelWith(Phase::Failed, static_cast<Code>(code), "the relay said no"));
    QVERIFY2(text.startsWith(QLatin1String("The relay said no. ")), qPrintable(text)); // what happened
    QVERIFY2(text.contains(QLatin1String("relay.example.com:8443")), qPrintable(text)); // where
    QVERIFY2(text.contains(remedy), qPrintable(text));
}

void StatusTextTest::aWaitingTunnelSaysThatItTries()
{
    for (const Code code : {Code::ConnectionLost, Code::NameTaken, Code::RateLimited}) {
        const QString text = explanation(tunnelWith(Phase::Reconnecting, code, ""));
        QVERIFY2(text.contains(QLatin1String("Trying again by itself (attempt 3)")), qPrintable(text));
        QVERIFY2(!text.startsWith(QLatin1Char(' ')), qPrintable(text));
    }
}

void StatusTextTest::whatNeverWasIsNotLost()
{
    workspace::TunnelInfo tunnel = tunnelWith(Phase::Reconnecting, Code::ConnectionLost, "host not found");
    QVERIFY(explanation(tunnel).startsWith(QLatin1String("Host not found. There is no connection to ")));
    tunnel.status.publicUrl = QStringLiteral("https://shop.relay.example.com");
    QVERIFY(explanation(tunnel).startsWith(QLatin1String("Host not found. The connection to ")));
}

void StatusTextTest::theEmbeddedRelayHasItsOwnName()
{
    workspace::TunnelInfo tunnel = tunnelWith(Phase::Failed, Code::NameTaken, "");
    tunnel.entry.server = QUrl();
    QVERIFY(explanation(tunnel).contains(QLatin1String("the built-in relay")));
}

void StatusTextTest::nothingIsExplainedWhereNothingIsWrong()
{
    for (const Phase phase : {Phase::Idle, Phase::Connecting, Phase::Online, Phase::Stopped})
        QCOMPARE(explanation(tunnelWith(phase, Code::Timeout, "old news")), QString());
    QCOMPARE(explanation(finished(500)), QString());
    QCOMPARE(explanation(client::ExchangeSummary{}), QString());
}

void StatusTextTest::anAbortedExchangeSaysWhatToDo_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("remedy");
    const auto row = [](Code code, const char *remedy) {
        QTest::newRow(wire::codeName(code).data()) << static_cast<int>(code) << QString::fromLatin1(remedy);
    };
    row(Code::Cancelled, "left before");
    row(Code::Timeout, "see whether it hangs");
    row(Code::LocalServiceUnavailable, "Start the local service, or change the tunnel's target to its port; resume");
    row(Code::ConnectionLost, "ask for the page again");
    row(Code::PayloadTooLarge, "larger than");
    row(Code::InternalError, "incomplete answer");
}

void StatusTextTest::anAbortedExchangeSaysWhatToDo()
{
    QFETCH(int, code);
    QFETCH(QString, remedy);
    const QString text = explanation(aborted(static_cast<Code>(code)));
    QVERIFY2(text.startsWith(QLatin1String("Connection refused. ")), qPrintable(text));
    QVERIFY2(text.contains(remedy), qPrintable(text));
}

void StatusTextTest::nothingCanBeDoneAboutWhatWasImported()
{
    client::ExchangeSummary imported = aborted(Code::ConnectionLost);
    imported.origin = client::ExchangeOrigin::Import;
    QCOMPARE(explanation(imported), QStringLiteral("Connection refused."));
}

void StatusTextTest::aReplayIsEndedByTheUser()
{
    client::ExchangeSummary replay = aborted(Code::Cancelled);
    replay.origin = client::ExchangeOrigin::Replay;
    QCOMPARE(explanation(replay), QStringLiteral("You ended it before the answer was complete."));
}

void StatusTextTest::targets()
{
    settings::TunnelEntry entry;
    entry.target.port = 3000;
    QCOMPARE(targetText(entry), QStringLiteral("localhost:3000"));
    entry.target = {true, QStringLiteral("::1"), 8443};
    QCOMPARE(targetText(entry), QStringLiteral("https://[::1]:8443"));
}

void StatusTextTest::titles()
{
    workspace::TunnelInfo tunnel;
    tunnel.entry.target.port = 3000;
    QCOMPARE(titleOf(tunnel), QStringLiteral("localhost:3000"));
    tunnel.entry.name = QStringLiteral("shop");
    QCOMPARE(titleOf(tunnel), QStringLiteral("shop"));
}

void StatusTextTest::amountsReadAsInTheTerminal()
{
    QCOMPARE(durationText(1'240'000), QStringLiteral("1.24 s"));
    QCOMPARE(sizeText(1'700), QStringLiteral("1.7 kB"));
}

QTEST_GUILESS_MAIN(StatusTextTest)
#include "status_text_test.moc"
