#include "ui/windows/replay_header_delegate.h"
#include "ui/windows/replay_header_model.h"

#include <QApplication>
#include <QCompleter>
#include <QLineEdit>
#include <QTest>

using namespace ui;

namespace {

struct Bench {
    Bench() : theme(*qApp, settings::Appearance::Light), model(theme), delegate(theme)
    {
        model.setHeaders({{true, QStringLiteral("Authorization"), QStringLiteral("Bearer sk_live_1")}});
        option.rect = QRect(10, 20, 300, 28);
    }
    // The editor of this cell, filled.
    std::unique_ptr<QLineEdit> edit(int column)
    {
        const auto index = model.index(0, column);
        auto *editor = qobject_cast<QLineEdit *>(delegate.createEditor(&parent, option, index));
        delegate.setEditorData(editor, index);
        delegate.updateEditorGeometry(editor, option, index);
        return std::unique_ptr<QLineEdit>(editor);
    }

    Theme theme;
    ReplayHeaderModel model;
    ReplayHeaderDelegate delegate;
    QStyleOptionViewItem option;
    QWidget parent;
};

} // namespace

class ReplayHeaderDelegateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offersTheUsualNames()
    {
        Bench bench;
        const auto editor = bench.edit(ReplayHeaderModel::Name);
        QVERIFY(editor->completer());
        editor->completer()->setCompletionPrefix(QStringLiteral("content-t"));
        QCOMPARE(editor->completer()->currentCompletion(), QStringLiteral("Content-Type"));
        QVERIFY(!bench.edit(ReplayHeaderModel::Value)->completer());
    }

    void editsTheWholeSecretOverTheWholeCell()
    {
        Bench bench;
        const auto editor = bench.edit(ReplayHeaderModel::Value);
        QCOMPARE(editor->text(), QStringLiteral("Bearer sk_live_1"));
        QCOMPARE(editor->geometry(), bench.option.rect);
        QVERIFY(!editor->accessibleName().isEmpty());
        QCOMPARE(editor->font().family(), bench.theme.monospace().family());
        editor->setText(QStringLiteral("Bearer other"));
        bench.delegate.setModelData(editor.get(), &bench.model, bench.model.index(0, ReplayHeaderModel::Value));
        QCOMPARE(bench.model.headers()[0].value, QStringLiteral("Bearer other"));
    }

    void leavesRoomAroundTheText()
    {
        Bench bench;
        const auto index = bench.model.index(0, ReplayHeaderModel::Name);
        const QFontMetrics metrics(bench.theme.monospace());
        QVERIFY(bench.delegate.sizeHint(bench.option, index).width() >
                metrics.horizontalAdvance(QStringLiteral("Authorization")) + 16);
    }
};

QTEST_MAIN(ReplayHeaderDelegateTest)
#include "replay_header_delegate_test.moc"
