#include "ui/widgets/field_row.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace ui;

class FieldRowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLabelNamesTheControl();
    void aFaultTakesTheHintsPlace();
    void praiseTakesTheHintsPlace();
    void noLineNoRoom();
};

namespace {

const QLabel *lineOf(const FieldRow &row)
{
    for (const auto *label : row.findChildren<QLabel *>()) {
        if (!label->buddy())
            return label;
    }
    return nullptr;
}

} // namespace

void FieldRowTest::theLabelNamesTheControl()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    auto *edit = new QLineEdit;
    FieldRow row(theme, QStringLiteral("&Name"), edit);
    QCOMPARE(edit->accessibleName(), QStringLiteral("Name"));
    QCOMPARE(edit->parentWidget(), &row);
    row.show();
    QVERIFY(QTest::qWaitForWindowActive(&row));
    row.setFocus();
    QTest::keyClick(&row, Qt::Key_N, Qt::AltModifier);
    QVERIFY(edit->hasFocus());
}

void FieldRowTest::aFaultTakesTheHintsPlace()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    auto *edit = new QLineEdit;
    FieldRow row(theme, QStringLiteral("Name"), edit);
    row.setHint(QStringLiteral("Lower case."));
    QCOMPARE(lineOf(row)->text(), QStringLiteral("Lower case."));
    row.setFault(QStringLiteral("Taken."));
    QCOMPARE(row.fault(), QStringLiteral("Taken."));
    QCOMPARE(lineOf(row)->text(), QStringLiteral("Taken."));
    QCOMPARE(edit->accessibleDescription(), QStringLiteral("Taken."));
    QVERIFY(edit->property("fault").toBool());
    QCOMPARE(lineOf(row)->palette().color(QPalette::WindowText), theme.colors().danger);
    row.setFault({});
    QCOMPARE(lineOf(row)->text(), QStringLiteral("Lower case."));
    QVERIFY(!edit->property("fault").toBool());
    QCOMPARE(lineOf(row)->palette().color(QPalette::WindowText), theme.colors().muted);
}

void FieldRowTest::praiseTakesTheHintsPlace()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    FieldRow row(theme, QStringLiteral("Name"), new QLineEdit);
    row.setHint(QStringLiteral("Lower case."));
    row.setFault(QStringLiteral("Taken."));
    row.setPraise(QStringLiteral("shop is free."));
    QVERIFY(row.fault().isEmpty());
    QCOMPARE(lineOf(row)->text(), QStringLiteral("shop is free."));
    QCOMPARE(lineOf(row)->palette().color(QPalette::WindowText), theme.colors().success);
    row.setPraise({});
    QCOMPARE(lineOf(row)->text(), QStringLiteral("Lower case."));
}

void FieldRowTest::noLineNoRoom()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    FieldRow row(theme, QStringLiteral("Name"), new QLineEdit);
    const int without = row.sizeHint().height();
    row.setHint(QStringLiteral("Lower case."));
    QVERIFY(row.sizeHint().height() > without);
}

QTEST_MAIN(FieldRowTest)
#include "field_row_test.moc"
