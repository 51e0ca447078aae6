#include "exchange_samples.h"
#include "ttf/line_text.h"
#include "ttf/terminal_view.h"

#include <QTest>

#include <ctime>

using namespace ttf_test;
using ttf::TerminalView;

namespace {

constexpr qint64 kNow = 1'700'000'000'000; // 22:13:20 UTC

TerminalView oneTunnel(bool colour = false)
{
    return TerminalView({{QStringLiteral("shop"), QStringLiteral("http://localhost:3000")}}, colour);
}

QByteArray shown(TerminalView &view, const client::TunnelStatus &status)
{
    std::string out;
    view.status(out, status, kNow);
    return QByteArray::fromStdString(out);
}

QByteArray shown(TerminalView &view, const client::ExchangeSummary &exchange)
{
    std::string out;
    view.exchange(out, exchange);
    return QByteArray::fromStdString(out);
}

} // namespace

class TerminalViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theFirstLineShowsTheUrl();
    void comingBackIsALineUnlessTheUrlIsNew();
    void beingOfflineSaysWhyAndWhenNext();
    void failuresAreNotForStdout();
    void aRequestIsALine();
    void aRequestWithoutAnAnswerSaysWhy();
    void anUpgradeIsNamed();
    void pendingRequestsPrintNothing();
    void longPathsAreElidedToTheTerminal();
    void aNarrowTerminalStillShowsThePath();
    void withoutATerminalNothingIsElided();
    void severalTunnelsAreToldApart();
    void coloursFollowTheStatus_data();
    void coloursFollowTheStatus();
    void visitorsCannotReachTheTerminal();
    void totals();
    void missedRequestsAreCounted();
};

void TerminalViewTest::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
}

void TerminalViewTest::theFirstLineShowsTheUrl()
{
    auto view = oneTunnel();
    QCOMPARE(shown(view, onlineStatus()), QByteArray("http://shop.localhost:4000/  ->  http://localhost:3000\n"
                                                     "  also http://localhost:4000/shop/\n"));
    auto bold = oneTunnel(true);
    QVERIFY(shown(bold, onlineStatus()).startsWith("\x1b[1mhttp://shop.localhost:4000/\x1b[0m  ->  "));
}

void TerminalViewTest::comingBackIsALineUnlessTheUrlIsNew()
{
    auto view = oneTunnel();
    (void)shown(view, onlineStatus());
    QCOMPARE(shown(view, onlineStatus()), QByteArray("22:13:20  online again: http://shop.localhost:4000/\n"));
    auto status = onlineStatus();
    status.publicUrl = QStringLiteral("http://other.localhost:4000/");
    QVERIFY(shown(view, status).startsWith("http://other.localhost:4000/  ->  "));
}

void TerminalViewTest::beingOfflineSaysWhyAndWhenNext()
{
    auto view = oneTunnel();
    QCOMPARE(shown(view, reconnectingStatus()),
             QByteArray("22:13:20  offline: the relay went away; next try in 1.50 s\n"));
}

void TerminalViewTest::failuresAreNotForStdout()
{
    auto view = oneTunnel();
    QCOMPARE(shown(view, failedStatus()), QByteArray());
    auto status = onlineStatus();
    status.phase = client::Phase::Connecting;
    QCOMPARE(shown(view, status), QByteArray());
}

void TerminalViewTest::aRequestIsALine()
{
    auto view = oneTunnel();
    QCOMPARE(shown(view, doneExchange()),
             QByteArray("22:13:20  GET      /items?page=2                             200    12 ms    1.2 kB\n"));
}

void TerminalViewTest::aRequestWithoutAnAnswerSaysWhy()
{
    auto view = oneTunnel();
    auto exchange = doneExchange();
    exchange.state = client::ExchangeState::Aborted;
    exchange.status = 0;
    exchange.error = {wire::Code::LocalServiceUnavailable, "nothing listens"};
    const QByteArray line = shown(view, exchange);
    QVERIFY2(line.contains("  ---  ") && line.endsWith("  local_service_unavailable\n"), line.constData());
}

void TerminalViewTest::anUpgradeIsNamed()
{
    auto view = oneTunnel();
    auto exchange = doneExchange();
    exchange.status = 101;
    exchange.upgrade = QStringLiteral("websocket");
    QVERIFY(shown(view, exchange).endsWith("  websocket\n"));
}

void TerminalViewTest::pendingRequestsPrintNothing()
{
    auto view = oneTunnel();
    auto exchange = doneExchange();
    exchange.state = client::ExchangeState::Pending;
    QCOMPARE(shown(view, exchange), QByteArray());
}

void TerminalViewTest::longPathsAreElidedToTheTerminal()
{
    auto view = oneTunnel();
    view.setWidth(80);
    auto exchange = doneExchange();
    exchange.target = u'/' + QString(500, u'x') + QStringLiteral("/end");
    QByteArray line = shown(view, exchange);
    QCOMPARE(ttf::cells(line.chopped(1).toStdString()), std::size_t{80});
    QVERIFY(line.contains("/xxx") && line.contains("…") && line.contains("xx/end "));
    exchange.target = QStringLiteral("/short");
    line = shown(view, exchange);
    QCOMPARE(ttf::cells(line.chopped(1).toStdString()), std::size_t{80});
}

void TerminalViewTest::aNarrowTerminalStillShowsThePath()
{
    auto view = oneTunnel();
    view.setWidth(10);
    QVERIFY(shown(view, doneExchange()).contains("/items"));
}

void TerminalViewTest::withoutATerminalNothingIsElided()
{
    auto view = oneTunnel();
    auto exchange = doneExchange();
    exchange.target = u'/' + QString(5000, u'x');
    QVERIFY(shown(view, exchange).contains(exchange.target.toLatin1()));
}

void TerminalViewTest::severalTunnelsAreToldApart()
{
    TerminalView view({{QStringLiteral("shop"), QStringLiteral("a")}, {QStringLiteral("api"), QStringLiteral("b")}},
                      false);
    QVERIFY(shown(view, doneExchange()).startsWith("22:13:20  shop  GET"));
    auto exchange = doneExchange();
    exchange.tunnelName = QStringLiteral("api");
    QVERIFY(shown(view, exchange).startsWith("22:13:20  api   GET"));
    QVERIFY(shown(view, reconnectingStatus()).startsWith("22:13:20  shop  offline"));
}

void TerminalViewTest::coloursFollowTheStatus_data()
{
    QTest::addColumn<unsigned>("status");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("200") << 200U << QByteArray("\x1b[32m200\x1b[0m");
    QTest::newRow("304") << 304U << QByteArray("\x1b[36m304\x1b[0m");
    QTest::newRow("404") << 404U << QByteArray("\x1b[33m404\x1b[0m");
    QTest::newRow("503") << 503U << QByteArray("\x1b[31m503\x1b[0m");
    QTest::newRow("none") << 0U << QByteArray("\x1b[31m---\x1b[0m");
}

void TerminalViewTest::coloursFollowTheStatus()
{
    QFETCH(const unsigned, status);
    QFETCH(const QByteArray, expected);
    auto exchange = doneExchange();
    exchange.status = status;
    auto coloured = oneTunnel(true);
    QVERIFY(shown(coloured, exchange).contains(expected));
    auto plain = oneTunnel(false);
    QVERIFY(!shown(plain, exchange).contains('\x1b'));
}

void TerminalViewTest::visitorsCannotReachTheTerminal()
{
    const QString evil = QStringLiteral("\x1b]0;owned\x07\r\n") + QChar(0x9b);
    auto exchange = doneExchange();
    exchange.method = evil;
    exchange.target = evil;
    exchange.upgrade = evil;
    exchange.tunnelName = evil;
    auto status = onlineStatus();
    status.publicUrl = evil;
    status.pathBasedUrl = evil + u'x';
    auto again = reconnectingStatus();
    again.name = evil;
    again.reason.message = evil.toStdString();
    TerminalView view({{QStringLiteral("shop"), evil}, {QStringLiteral("api"), evil}}, false);
    const QByteArray all = shown(view, exchange) + shown(view, status) + shown(view, again);
    QCOMPARE(all.count('\n'), 5);
    const QString text = QString::fromUtf8(all).remove(u'\n');
    QVERIFY(std::ranges::none_of(text, [](QChar c) { return c.category() == QChar::Other_Control; }));
}

void TerminalViewTest::totals()
{
    auto view = oneTunnel();
    std::string out;
    view.stopped(out, {.requests = 2, .requestBytes = 10, .responseBytes = 2500, .runUs = 185'000'000});
    view.stopped(out, {.requests = 1});
    QCOMPARE(QByteArray::fromStdString(out),
             QByteArray("Stopped after 3 min 5 s: 2 requests, 10 B received, 2.5 kB sent\n"
                        "Stopped after 0.0 ms: 1 request, 0 B received, 0 B sent\n"));
}

void TerminalViewTest::missedRequestsAreCounted()
{
    auto view = oneTunnel();
    std::string out;
    view.missed(out, 12);
    QVERIFY(out.starts_with("(12 more requests are not shown"));
}

QTEST_APPLESS_MAIN(TerminalViewTest)
#include "terminal_view_test.moc"
