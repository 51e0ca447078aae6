#include "settings_bench.h"
#include "ui/windows/tray_news.h"

#include <QSignalSpy>
#include <QTcpServer>

#include <optional>

using support::entryFor;
using support::LoopbackRelay;
using support::SettingsBench;
using ui::TrayNews;
using namespace std::chrono_literals;

namespace {

const QString kShop = QStringLiteral("shop");
const QString kBlog = QStringLiteral("blog");

ui::NewsTimes times(std::chrono::milliseconds down, std::chrono::milliseconds again)
{
    ui::NewsTimes times;
    times.downBeforeTold = down;
    times.toldAgainAfter = again;
    return times;
}

QString title(const QSignalSpy &told, qsizetype at = 0)
{
    return told.at(at).at(0).toString();
}

QUrl nobody()
{
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost));
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
}

} // namespace

class TrayNewsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTunnelThatStaysDownIsTold();
    void whatIsBackSoonIsNot();
    void severalAreToldInOne();
    void whatWentDownALittleLaterIsToldWithIt();
    void aFailureIsToldOnce();
    void anotherAddressIsTold();
    void movingItOneselfIsNoNews();
    void stoppingItOneselfIsNoNews();
    void visitorsWhoWaitAreTold();
    void aTokenThatEndsIsTold();
};

void TrayNewsTest::visitorsWhoWaitAreTold()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(1h, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    const auto id = bench.workspace.add(entryFor(3000, kShop));
    QVERIFY(id);
    for (const char *visitor : {"192.0.2.1", "192.0.2.2"})
        Q_EMIT bench.workspace.engine().visitorWaiting({*id, QString::fromLatin1(visitor), {}});
    QCOMPARE(told.size(), 2); // each of them waits
    QVERIFY(told.first().at(1).toString().contains(QStringLiteral("192.0.2.1 wants to reach shop")));
    QCOMPARE(told.first().at(2).toString(), *id);
}

void TrayNewsTest::aTokenThatEndsIsTold()
{
    SettingsBench bench;
    const QUrl server = nobody();
    bench.secrets.set(settings::secretAccount(server), settings::Secret(support::tokenThatExpires(20h)));
    TrayNews news(bench.workspace, times(1h, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    const auto id = bench.workspace.add(entryFor(3000, kShop, server));
    QVERIFY(id);
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(told.first().at(1).toString().contains(QStringLiteral("expires in 19 hours")) ||
            told.first().at(1).toString().contains(QStringLiteral("expires in 20 hours")));
    QCOMPARE(told.first().at(2).toString(), *id);
    QCOMPARE(bench.workspace.notices().size(), 1);
    QCOMPARE(bench.workspace.notices().first().server, server);
}

void TrayNewsTest::aTunnelThatStaysDownIsTold()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(100ms, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    std::optional<LoopbackRelay> relay(std::in_place);
    const auto id = bench.workspace.add(entryFor(3000, kShop, support::urlOf(*relay)));
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    QVERIFY(told.isEmpty());
    relay.reset();
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("shop is down"));
    QCOMPARE(told.first().at(2).toString(), *id);
    // Each further attempt changes the tunnel, and is no news.
    QSignalSpy changed(&bench.workspace, &workspace::Workspace::changed);
    QTRY_VERIFY(changed.size() >= 2);
    QCOMPARE(told.size(), 1);
}

void TrayNewsTest::whatIsBackSoonIsNot()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(500ms, 0ms));
    QSignalSpy told(&news, &TrayNews::told);
    QVERIFY(bench.workspace.add(entryFor(3000, kShop)));
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    bench.workspace.reconnectAll();
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    const auto blog = bench.workspace.add(entryFor(3001, kBlog, nobody())); // the clock of the test
    QVERIFY(blog);
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("blog is down"));
}

void TrayNewsTest::severalAreToldInOne()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(2s, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    std::optional<LoopbackRelay> relay(std::in_place);
    const QUrl server = support::urlOf(*relay);
    QVERIFY(bench.workspace.add(entryFor(3000, kShop, server)));
    QVERIFY(bench.workspace.add(entryFor(3001, kBlog, server)));
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    relay.reset();
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("2 tunnels are down"));
    QVERIFY(told.first().at(1).toString().contains(QStringLiteral("shop and blog")));
}

void TrayNewsTest::whatWentDownALittleLaterIsToldWithIt()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(4s, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    QVERIFY(bench.workspace.add(entryFor(3000, kShop, nobody())));
    QElapsedTimer later;
    later.start();
    QTRY_VERIFY(later.elapsed() > 400); // more than what the timer is coarse by
    QVERIFY(bench.workspace.add(entryFor(3001, kBlog, nobody())));
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), 10'000);
    QCOMPARE(title(told), QStringLiteral("2 tunnels are down"));
}

void TrayNewsTest::aFailureIsToldOnce()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(1h, 0ms));
    QSignalSpy told(&news, &TrayNews::told);
    auto config = support::quietConfig();
    support::Home::write(bench.home.folder.filePath(QStringLiteral("tokens")), "right");
    config.auth.tokenFile = bench.home.folder.filePath(QStringLiteral("tokens")).toStdString();
    const LoopbackRelay relay(config);
    bench.secrets.set(settings::secretAccount(support::urlOf(relay)), settings::Secret("wr0ng"));
    QVERIFY(bench.workspace.add(entryFor(3000, kShop, support::urlOf(relay))));
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("shop failed"));
    QVERIFY(told.first().at(1).toString().contains(QStringLiteral("Settings")));
    QVERIFY(!told.first().at(1).toString().contains(QStringLiteral("wr0ng")));
    Q_EMIT bench.workspace.changed(0);
    QCOMPARE(told.size(), 1);
}

void TrayNewsTest::anotherAddressIsTold()
{
    support::Home home;
    QString url;
    {
        support::Run run(home);
        support::added(run, entryFor(3000, kShop));
        QTRY_COMPARE(run.phase(), client::Phase::Online);
        url = run.at(0).publicUrl;
    }
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), quint16(QUrl(url).port())));
    support::TestLocalRelay relay;
    workspace::Workspace workspace({relay, home.secrets}, home.paths(), {});
    TrayNews news(workspace, times(1h, 1h));
    QSignalSpy told(&news, &TrayNews::told);
    workspace.open();
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("shop has another address"));
    QCOMPARE(told.first().at(1).toString(), workspace.tunnels().first().publicUrl);
}

void TrayNewsTest::movingItOneselfIsNoNews()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(1h, 0ms));
    QSignalSpy told(&news, &TrayNews::told);
    const auto id = bench.workspace.add(entryFor(3000, kShop));
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    QVERIFY(bench.workspace.edit(*id, entryFor(3000, kBlog)));
    QTRY_COMPARE(bench.workspace.find(*id)->status.name, kBlog);
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    QVERIFY(told.isEmpty());
}

void TrayNewsTest::stoppingItOneselfIsNoNews()
{
    SettingsBench bench;
    TrayNews news(bench.workspace, times(100ms, 0ms));
    QSignalSpy told(&news, &TrayNews::told);
    const auto id = bench.workspace.add(entryFor(3000, kShop));
    QTRY_COMPARE(bench.workspace.overall(), workspace::Overall::Up);
    bench.workspace.stop(*id);
    QVERIFY(bench.workspace.add(entryFor(3001, kBlog, nobody()))); // the clock of the test
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(title(told), QStringLiteral("blog is down"));
}

QTEST_MAIN(TrayNewsTest)
#include "tray_news_test.moc"
