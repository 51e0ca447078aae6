#include "support/screenshot.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_strip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/url_bar.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    TunnelCommands commands{run.workspace, theme};
    TunnelStrip strip{theme, commands};
    QString id = add("shop");

    Stage()
    {
        QObject::connect(&run.workspace, &workspace::Workspace::changed, &strip,
                         [this] { strip.setTunnel(run.at(0)); });
        strip.setTunnel(run.at(0));
        strip.resize(600, 140);
        strip.show();
    }
    [[nodiscard]] IconButton *button(Glyph glyph) const
    {
        for (auto *button : strip.findChildren<IconButton *>())
            if (button->isVisible() && button->glyph() == glyph)
                return button;
        return nullptr;
    }
};

} // namespace

class TunnelStripTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheAddressAndOpensIt();
    void pausesResumesStopsAndStarts();
    void moreAndEdit();
    void saysWhatAServerElsewhereLetsThrough();
    void looksRight_data();
    void looksRight();
};

void TunnelStripTest::showsTheAddressAndOpensIt()
{
    Stage stage;
    QTRY_VERIFY(stage.run.at(0).online());
    QTRY_COMPARE(stage.strip.urlBar()->url(), stage.run.at(0).publicUrl);
    const QSignalSpy opened(&stage.commands, &TunnelCommands::openUrlRequested);
    stage.strip.urlBar()->open();
    QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(stage.run.at(0).publicUrl));
}

void TunnelStripTest::pausesResumesStopsAndStarts()
{
    Stage stage;
    QTRY_VERIFY(stage.button(Glyph::Pause));
    stage.button(Glyph::Pause)->click();
    QTRY_VERIFY(stage.run.at(0).status.paused);
    QTRY_VERIFY(stage.button(Glyph::Play));
    stage.button(Glyph::Play)->click();
    QTRY_VERIFY(!stage.run.at(0).status.paused);
    stage.button(Glyph::Stop)->click();
    QTRY_COMPARE(stage.run.phase(), client::Phase::Stopped);
    QVERIFY(!stage.button(Glyph::Pause));
    stage.button(Glyph::Play)->click();
    QTRY_VERIFY(stage.run.at(0).online());
}

void TunnelStripTest::moreAndEdit()
{
    Stage stage;
    const QSignalSpy edit(&stage.commands, &TunnelCommands::editRequested);
    stage.button(Glyph::Edit)->click();
    QCOMPARE(edit.at(0).at(0).toString(), stage.id);
    stage.button(Glyph::More)->click();
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    menu->close();
}

void TunnelStripTest::saysWhatAServerElsewhereLetsThrough()
{
    Stage stage;
    auto info = stage.run.at(0);
    info.status.phase = client::Phase::Online;
    info.status.limits = {.maxBodyBytes = 25'000'000, .requestsPerHour = 180'000, .requestBurst = 100};
    const auto shown = [&stage] {
        QStringList texts;
        for (const auto *label : stage.strip.findChildren<ElidedLabel *>())
            if (label->isVisible())
                texts << label->text();
        return texts;
    };
    const auto line = text("The server lets through 50 requests/s (100 at once), 25.0 MB a request");
    stage.strip.setTunnel(info);
    QVERIFY2(!shown().contains(line), "a relay of one's own has no limits to know of");
    info.entry.server = QUrl(text("https://tunnel.example.com"));
    stage.strip.setTunnel(info);
    QVERIFY2(shown().contains(line), qPrintable(shown().join(text(" | "))));
    info.status.phase = client::Phase::Reconnecting;
    stage.strip.setTunnel(info);
    QVERIFY(!shown().contains(line));
}

void TunnelStripTest::looksRight_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("name");
    QTest::newRow("wide") << 720 << text("shop");
    QTest::newRow("narrow") << 380 << text("vite-react-storefront-preview-of-the-winter-sale");
}

void TunnelStripTest::looksRight()
{
    QFETCH(int, width);
    QFETCH(QString, name);
    support::Home home;
    support::Run run(home);
    workspace::TunnelInfo info;
    info.entry.name = name;
    info.entry.target.port = 3000;
    info.status.phase = client::Phase::Online;
    info.publicUrl = text("http://") + name + text(".localhost:7000/");
    info.entry.server = QUrl(text("https://tunnel.example.com"));
    info.status.limits = {.maxBodyBytes = 25'000'000, .requestsPerHour = 180'000, .requestBurst = 100};
    support::keepScreenshots(text("tunnel-strip-") + text(QTest::currentDataTag()), {width, 157}, [&](Theme &theme) {
        auto *commands = new TunnelCommands(run.workspace, theme, &theme);
        auto strip = std::make_unique<TunnelStrip>(theme, *commands);
        strip->setTunnel(info);
        return strip;
    });
}

QTEST_MAIN(TunnelStripTest)
#include "tunnel_strip_test.moc"
