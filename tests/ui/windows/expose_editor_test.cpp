#include "support/screenshot.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/expose_editor.h"
#include "ui/windows/expose_fields.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    ExposeEditor editor{theme, run.workspace};
    QString id = add("shop");
    QSignalSpy finished{&editor, &ExposeEditor::finished};

    Stage()
    {
        editor.resize(400, 520);
        editor.show();
        if (!QTest::qWaitForWindowActive(&editor))
            qFatal("no active window");
        editor.edit(id);
    }
    [[nodiscard]] QLineEdit &name() const { return *editor.fields()->findChild<QLineEdit *>(text("name")); }
    [[nodiscard]] QPushButton &save() const
    {
        for (auto *button : editor.findChildren<QPushButton *>())
            if (button->text() == text("Save"))
                return *button;
        qFatal("no save button");
    }
};

} // namespace

class ExposeEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savesWhatWasChanged();
    void renamingBeginsAtTheName();
    void escapeLeavesItAsItWas();
    void aFaultIsNotSaved();
    void anErrorOfTheWorkspaceIsTold();
    void aRemovedTunnelIsNoLongerEdited();
    void looksRight();
};

void ExposeEditorTest::savesWhatWasChanged()
{
    Stage stage;
    QVERIFY(!stage.save().isEnabled());
    QVERIFY(!stage.editor.isChanged());
    stage.name().setText(text("store"));
    QVERIFY(stage.editor.isChanged());
    stage.save().click();
    QCOMPARE(stage.run.at(0).entry.name, text("store"));
    QCOMPARE(stage.finished.size(), 1);
    QVERIFY(!stage.editor.isChanged());
}

void ExposeEditorTest::renamingBeginsAtTheName()
{
    Stage stage;
    stage.editor.edit(stage.id, true);
    QCOMPARE(QApplication::focusWidget(), &stage.name());
    QCOMPARE(stage.name().selectedText(), text("shop"));
    QTest::keyClicks(&stage.name(), text("renamed"));
    QTest::keyClick(&stage.name(), Qt::Key_Return);
    QCOMPARE(stage.run.at(0).entry.name, text("renamed"));
}

void ExposeEditorTest::escapeLeavesItAsItWas()
{
    Stage stage;
    stage.name().setText(text("other"));
    QTest::keyClick(&stage.name(), Qt::Key_Escape);
    QCOMPARE(stage.finished.size(), 1);
    QCOMPARE(stage.run.at(0).entry.name, text("shop"));
}

void ExposeEditorTest::aFaultIsNotSaved()
{
    Stage stage;
    stage.name().setText(text("not a name!"));
    QVERIFY(!stage.save().isEnabled());
    stage.editor.save();
    QCOMPARE(stage.finished.size(), 0);
    QCOMPARE(stage.run.at(0).entry.name, text("shop"));
}

void ExposeEditorTest::anErrorOfTheWorkspaceIsTold()
{
    Stage stage;
    stage.name().setText(text("store"));
    support::Home::write(stage.home.tunnelsFile(), "this is [ no TOML\n");
    stage.save().click();
    const auto *notice = stage.editor.findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    QCOMPARE(stage.finished.size(), 0);
}

void ExposeEditorTest::aRemovedTunnelIsNoLongerEdited()
{
    Stage stage;
    QVERIFY(stage.run.workspace.remove(stage.id).has_value());
    QCOMPARE(stage.finished.size(), 1);
}

void ExposeEditorTest::looksRight()
{
    support::Home home;
    support::Run run(home);
    const auto id = support::added(run, support::entryFor(3000, text("shop")));
    support::keepScreenshots(text("expose-editor"), {400, 520}, [&](Theme &theme) {
        auto editor = std::make_unique<ExposeEditor>(theme, run.workspace);
        editor->edit(id);
        return editor;
    });
}

QTEST_MAIN(ExposeEditorTest)
#include "expose_editor_test.moc"
