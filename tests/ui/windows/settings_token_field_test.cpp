#include "ui/widgets/icon_button.h"
#include "ui/windows/settings_token_field.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

class SettingsTokenFieldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsMaskedUntilRevealed();
    void clearingLeavesNothingToUndo();
    void whatIsTypedIsTrimmed();

private:
    ui::Theme m_theme{*qApp};
};

void SettingsTokenFieldTest::itIsMaskedUntilRevealed()
{
    ui::TokenField field(m_theme);
    QVERIFY(!field.revealButton()->isEnabled());
    QTest::keyClicks(field.edit(), QStringLiteral("s3cret"));
    QCOMPARE(field.edit()->echoMode(), QLineEdit::Password);
    QVERIFY(!field.edit()->displayText().contains(QStringLiteral("s3cret")));
    field.revealButton()->click();
    QCOMPARE(field.edit()->displayText(), QStringLiteral("s3cret"));
    QCOMPARE(field.revealButton()->accessibleName(), QStringLiteral("Hide token"));
    field.revealButton()->click();
    QCOMPARE(field.edit()->echoMode(), QLineEdit::Password);
}

void SettingsTokenFieldTest::clearingLeavesNothingToUndo()
{
    ui::TokenField field(m_theme);
    QTest::keyClicks(field.edit(), QStringLiteral("s3cret"));
    field.revealButton()->click();
    QVERIFY(field.edit()->isUndoAvailable());
    field.clear();
    QVERIFY(!field.edit()->isUndoAvailable());
    field.edit()->undo();
    QVERIFY(field.typed().isEmpty());
    QCOMPARE(field.edit()->echoMode(), QLineEdit::Password);
}

void SettingsTokenFieldTest::whatIsTypedIsTrimmed()
{
    ui::TokenField field(m_theme);
    QSignalSpy submitted(&field, &ui::TokenField::submitted);
    field.edit()->setText(QStringLiteral(" abc \t"));
    QCOMPARE(field.typed().reveal(), QByteArray("abc"));
    QTest::keyClick(field.edit(), Qt::Key_Return);
    QCOMPARE(submitted.size(), 1);
}

QTEST_MAIN(SettingsTokenFieldTest)
#include "settings_token_field_test.moc"
