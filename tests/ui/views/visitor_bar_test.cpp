#include "support/screenshot.h"
#include "ui/views/visitor_bar.h"
#include "ui/workspace_stage.h"

#include <QPushButton>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

client::VisitorQuestion question(const QString &tunnel, const char *visitor)
{
    return {tunnel, QString::fromLatin1(visitor), text("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")};
}

} // namespace

class VisitorBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksAboutOneAfterTheOther();
    void goesWhenNobodyWaits();
    void looksRight();
};

void VisitorBarTest::asksAboutOneAfterTheOther()
{
    support::WorkspaceStage stage;
    const QString id = stage.add("shop");
    VisitorBar bar(stage.theme, stage.run.workspace);
    QVERIFY(bar.isHidden());
    auto &engine = stage.run.workspace.engine();
    Q_EMIT engine.visitorWaiting(question(id, "192.0.2.1"));
    QVERIFY(!bar.isHidden());
    QVERIFY(bar.text().contains(text("192.0.2.1")) && bar.text().contains(text("shop")) &&
            bar.text().contains(text("Firefox")));
    Q_EMIT engine.visitorWaiting(question(id, "192.0.2.2"));
    QVERIFY(bar.text().contains(text("192.0.2.1")) && bar.text().contains(text("1 more")));
    bar.letButton()->click();
    QVERIFY(bar.text().contains(text("192.0.2.2")) && !bar.text().contains(text("more")));
    bar.refuseButton()->click();
    QVERIFY(bar.isHidden());
    QVERIFY(stage.run.workspace.visitors().waiting().isEmpty());
}

void VisitorBarTest::goesWhenNobodyWaits()
{
    support::WorkspaceStage stage;
    VisitorBar bar(stage.theme, stage.run.workspace);
    auto &engine = stage.run.workspace.engine();
    Q_EMIT engine.visitorWaiting(question(text("gone"), "192.0.2.1"));
    QVERIFY(!bar.isHidden());
    Q_EMIT engine.visitorDecided(question(text("gone"), "192.0.2.1"));
    QVERIFY(bar.isHidden());
}

void VisitorBarTest::looksRight()
{
    support::WorkspaceStage stage;
    const QString id = stage.add("shop");
    Q_EMIT stage.run.workspace.engine().visitorWaiting(question(id, "2001:db8:1:2::/64"));
    Q_EMIT stage.run.workspace.engine().visitorWaiting(question(id, "192.0.2.2"));
    support::keepScreenshots(text("visitor-bar"), {760, 88},
                             [&](Theme &theme) { return std::make_unique<VisitorBar>(theme, stage.run.workspace); });
}

QTEST_MAIN(VisitorBarTest)
#include "visitor_bar_test.moc"
