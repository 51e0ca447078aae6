#include "ui/windows/tray_text.h"

#include <QTest>

using client::Phase;
using workspace::TunnelInfo;

namespace {

TunnelInfo tunnel(const QString &name, Phase phase, bool wanted = true, bool paused = false)
{
    TunnelInfo info;
    info.entry.name = name;
    info.entry.target.port = 3000;
    info.wanted = wanted;
    info.status.phase = phase;
    info.status.paused = paused;
    return info;
}

const QString kShop = QStringLiteral("shop");
const QString kBlog = QStringLiteral("blog");
const QString kWiki = QStringLiteral("wiki");

} // namespace

class TrayTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTooltipTellsTheWorstNews();
    void quittingSaysWhatItStops();
    void titlesHaveNameAndWord();
    void manyNamesAreCounted();
};

void TrayTextTest::theTooltipTellsTheWorstNews()
{
    using ui::trayTooltip;
    QCOMPARE(trayTooltip({}), QStringLiteral("HTTP Tunnel: no tunnel is open"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Stopped, false)}), QStringLiteral("HTTP Tunnel: no tunnel is open"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Online)}), QStringLiteral("HTTP Tunnel: 1 tunnel is online"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Online), tunnel(kBlog, Phase::Online)}),
             QStringLiteral("HTTP Tunnel: 2 tunnels are online"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Online), tunnel(kBlog, Phase::Online, true, true)}),
             QStringLiteral("HTTP Tunnel: blog paused"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Reconnecting), tunnel(kBlog, Phase::Online, true, true)}),
             QStringLiteral("HTTP Tunnel: connecting shop"));
    QCOMPARE(trayTooltip({tunnel(kShop, Phase::Failed), tunnel(kBlog, Phase::Reconnecting)}),
             QStringLiteral("HTTP Tunnel: shop failed"));
}

void TrayTextTest::quittingSaysWhatItStops()
{
    QCOMPARE(ui::quitText({tunnel(kShop, Phase::Stopped, false)}), QStringLiteral("&Quit"));
    QCOMPARE(ui::quitText({tunnel(kShop, Phase::Online)}), QStringLiteral("&Quit (stops 1 tunnel)"));
    QCOMPARE(ui::quitText({tunnel(kShop, Phase::Online), tunnel(kBlog, Phase::Failed)}),
             QStringLiteral("&Quit (stops 2 tunnels)"));
}

void TrayTextTest::titlesHaveNameAndWord()
{
    QCOMPARE(ui::trayMenuTitle(tunnel(kShop, Phase::Online)), QStringLiteral("shop · Online"));
    TunnelInfo nameless = tunnel({}, Phase::Stopped);
    nameless.entry.target.host = QStringLiteral("a&b");
    QCOMPARE(ui::trayMenuTitle(nameless), QStringLiteral("a&&b:3000 · Stopped"));
}

void TrayTextTest::manyNamesAreCounted()
{
    QCOMPARE(ui::namesText({}), QString());
    QCOMPARE(ui::namesText({kShop}), kShop);
    QCOMPARE(ui::namesText({kShop, kBlog}), QStringLiteral("shop and blog"));
    QCOMPARE(ui::namesText({kShop, kBlog, kWiki}), QStringLiteral("shop, blog and 1 more"));
}

QTEST_MAIN(TrayTextTest)
#include "tray_text_test.moc"
