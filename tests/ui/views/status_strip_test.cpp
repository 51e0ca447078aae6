#include "support/screenshot.h"
#include "ui/views/status_strip.h"
#include "ui/widgets/elided_label.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

namespace {

Badge online(const Colors &colors)
{
    client::TunnelStatus status;
    status.phase = client::Phase::Online;
    return badgeOf(status, colors);
}

QStringList texts(const QWidget &strip)
{
    QStringList result;
    for (const auto *label : strip.findChildren<QLabel *>())
        result << label->text();
    return result;
}

} // namespace

class StatusStripTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void counts();
    void tellsTheServer();
    void asksToFollow();
    void looksRight();
};

void StatusStripTest::counts()
{
    Theme theme(*qApp, settings::Appearance::Light);
    StatusStrip strip(theme);
    strip.setCounts(0, 0, 0);
    QVERIFY(texts(strip).contains(QStringLiteral("0 requests")));
    strip.setCounts(1, 1, 0);
    QVERIFY(texts(strip).contains(QStringLiteral("1 request")));
    strip.setCounts(12, 812, 0);
    QVERIFY(texts(strip).contains(QStringLiteral("12 of 812 requests")));
    strip.setCounts(2, 2, 1700);
    QVERIFY(texts(strip).contains(QStringLiteral("2 requests · 1.7 kB of bodies")));
}

void StatusStripTest::tellsTheServer()
{
    Theme theme(*qApp, settings::Appearance::Light);
    StatusStrip strip(theme);
    strip.setServer(online(theme.colors()), QStringLiteral("Built-in relay on port 7000"));
    QVERIFY(texts(strip).contains(QStringLiteral("Built-in relay on port 7000")));
}

void StatusStripTest::asksToFollow()
{
    Theme theme(*qApp, settings::Appearance::Light);
    StatusStrip strip(theme);
    const QSignalSpy asked(&strip, &StatusStrip::followRequested);
    auto *button = strip.findChild<QToolButton *>();
    strip.setFollowing(true);
    QCOMPARE(asked.size(), 0);
    button->click();
    QCOMPARE(asked.at(0).at(0).toBool(), false);
}

void StatusStripTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("status-strip"), {640, 32}, [](Theme &theme) {
        auto strip = std::make_unique<StatusStrip>(theme);
        strip->setServer(online(theme.colors()), QStringLiteral("Built-in relay on port 7000"));
        strip->setCounts(12, 812, 3'400'000);
        strip->setFollowing(true);
        return strip;
    });
}

QTEST_MAIN(StatusStripTest)
#include "status_strip_test.moc"
