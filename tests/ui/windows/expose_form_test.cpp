#include "support/screenshot.h"
#include "ui/suggestion_samples.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/expose_fields.h"
#include "ui/windows/expose_form.h"
#include "ui/windows/expose_result.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::suggestion;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    ExposeForm form{theme, run.workspace, [](const QUrl & /*url*/) {}};

    Stage()
    {
        form.resize(520, 640);
        form.show();
        if (!QTest::qWaitForWindowActive(&form))
            qFatal("no active window");
    }
    [[nodiscard]] QLineEdit &target() const { return *form.fields()->findChild<QLineEdit *>(text("target")); }
    [[nodiscard]] QLineEdit &name() const { return *form.fields()->findChild<QLineEdit *>(text("name")); }
};

} // namespace

class ExposeFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exposesWhatWasTyped();
    void exposesASuggestion();
    void cannotBeSentBeforeItIsValid();
    void theOwnerMayShowTheResult();
    void anErrorOfTheWorkspaceIsTold();
    void beginsWithAPort();
    void escapeCancelsWhereItMay();
    void looksRight();
};

void ExposeFormTest::exposesWhatWasTyped()
{
    Stage stage;
    const QSignalSpy exposed(&stage.form, &ExposeForm::exposed);
    QCOMPARE(QApplication::focusWidget(), &stage.target());
    QTest::keyClicks(&stage.target(), text("3000"));
    QTest::keyClicks(&stage.name(), text("shop"));
    QTest::keyClick(&stage.name(), Qt::Key_Return);
    QCOMPARE(exposed.size(), 1);
    QCOMPARE(stage.run.at(0).entry.name, text("shop"));
    QCOMPARE(int(stage.run.at(0).entry.target.port), 3000);
    QVERIFY(stage.form.result()->isVisible());
    QTRY_COMPARE(stage.form.result()->urlBar()->url(), stage.run.at(0).publicUrl);
}

void ExposeFormTest::exposesASuggestion()
{
    Stage stage;
    Q_EMIT stage.form.suggestions()->chosen(suggestion(5173, "node", "Vite + React"));
    QCOMPARE(stage.target().text(), text("5173"));
    QVERIFY(stage.form.exposeButton()->isEnabled());
    stage.form.exposeButton()->click();
    QCOMPARE(stage.run.workspace.tunnels().size(), 1);
    QVERIFY(stage.run.at(0).entry.name.startsWith(text("vite")));
}

void ExposeFormTest::cannotBeSentBeforeItIsValid()
{
    Stage stage;
    QVERIFY(!stage.form.exposeButton()->isEnabled());
    stage.target().setText(text("0"));
    QVERIFY(!stage.form.exposeButton()->isEnabled());
    QTest::keyClick(&stage.target(), Qt::Key_Return);
    QVERIFY(stage.run.workspace.tunnels().isEmpty());
    stage.target().setText(text("3000"));
    QVERIFY(stage.form.exposeButton()->isEnabled());
}

void ExposeFormTest::theOwnerMayShowTheResult()
{
    Stage stage;
    stage.form.setShowsResult(false);
    const QSignalSpy exposed(&stage.form, &ExposeForm::exposed);
    stage.target().setText(text("3000"));
    stage.form.exposeButton()->click();
    QCOMPARE(exposed.size(), 1);
    QVERIFY(!stage.form.result()->isVisible());
}

void ExposeFormTest::anErrorOfTheWorkspaceIsTold()
{
    Stage stage;
    stage.target().setText(text("3000"));
    support::Home::write(stage.home.tunnelsFile(), "this is [ no TOML\n");
    stage.form.exposeButton()->click();
    const auto *notice = stage.form.findChild<NoticeBar *>(text("fault"));
    QVERIFY(stage.run.workspace.tunnels().isEmpty());
    QVERIFY2(notice->isVisible(), qPrintable(notice->text()));
    stage.target().setText(text("3001")); // the next try begins without it
    QVERIFY(!notice->isVisible());
}

void ExposeFormTest::beginsWithAPort()
{
    Stage stage;
    stage.form.begin(8080);
    QCOMPARE(stage.target().text(), text("8080"));
    QVERIFY(stage.form.exposeButton()->isEnabled());
    stage.form.begin();
    QVERIFY(stage.target().text().isEmpty());
}

void ExposeFormTest::escapeCancelsWhereItMay()
{
    Stage stage;
    const QSignalSpy cancelled(&stage.form, &ExposeForm::cancelled);
    QTest::keyClick(&stage.target(), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 0);
    stage.form.setCancellable(true);
    QTest::keyClick(&stage.target(), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 1);
}

void ExposeFormTest::looksRight()
{
    support::Home home;
    support::Run run(home);
    support::keepScreenshots(text("expose-form"), {560, 680}, [&](Theme &theme) {
        auto form = std::make_unique<ExposeForm>(theme, run.workspace, [](const QUrl & /*url*/) {});
        form->begin(3000);
        form->suggestions()->setSuggestions({suggestion(3000, "node", "Vite + React"),
                                             suggestion(8080, "nginx", "Welcome"),
                                             suggestion(5432, "postgres", "", false)});
        return form;
    });
}

QTEST_MAIN(ExposeFormTest)
#include "expose_form_test.moc"
