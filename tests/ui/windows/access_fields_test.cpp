#include "support/screenshot.h"
#include "ui/text.h"
#include "ui/views/password_notice.h"
#include "ui/widgets/field_row.h"
#include "ui/windows/access_fields.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

settings::AccessEntry everything()
{
    settings::AccessEntry access;
    auto &rules = access.rules;
    rules.logins = {*guard::parseLogin(
        "ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI")};
    rules.bearer = rules.cors = rules.askFirst = true;
    rules.allow = {*wire::Cidr::parse("203.0.113.0/24"), *wire::Cidr::parse("::1")};
    rules.deny = {*wire::Cidr::parse("203.0.113.7")};
    rules.only = {*guard::RequestRule::parse("GET,POST /api/*"), *guard::RequestRule::parse("/health")};
    rules.expires = std::chrono::sys_seconds{std::chrono::seconds{1'900'000'000}};
    rules.removeHeaders = {"Cookie"};
    access.token = {settings::SecretPlace::Keychain, text("shop")};
    return access;
}

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    AccessFields fields{theme};

    Stage() { fields.show(); }
    template <class Control>
    [[nodiscard]] Control &control(const char *name) const
    {
        return *fields.findChild<Control *>(text(name));
    }
    [[nodiscard]] QString fault(const char *name) const
    {
        return qobject_cast<FieldRow *>(control<QLineEdit>(name).parentWidget())->fault();
    }
    [[nodiscard]] guard::Rules rules() const { return fields.access().value_or(settings::AccessEntry{}).rules; }
};

} // namespace

class AccessFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotTouchedStays();
    void rulesAreTyped();
    void faultsAreTold();
    void aPasswordIsMadeAndShownOnce();
    void aPasswordIsTakenBack();
    void itClosesAfterAWhile();
    void everyControlHasANameAndAKey();
    void looksRight_data();
    void looksRight();
};

void AccessFieldsTest::whatIsNotTouchedStays()
{
    Stage stage;
    QVERIFY(stage.fields.access().value() == settings::AccessEntry{});
    stage.fields.setAccess(everything());
    QVERIFY(stage.fields.access().value() == everything());
    QVERIFY(stage.fields.password()->isHidden());
    stage.fields.setAccess({});
    QVERIFY(stage.fields.access().value() == settings::AccessEntry{});
}

void AccessFieldsTest::rulesAreTyped()
{
    Stage stage;
    const QSignalSpy changed(&stage.fields, &AccessFields::changed);
    stage.control<QLineEdit>("allow").setText(text("203.0.113.0/24 , ::1;192.0.2.1"));
    stage.control<QLineEdit>("only").setText(text(" GET,POST /api/* ;/health; "));
    stage.control<QCheckBox>("askFirst").click();
    stage.control<QCheckBox>("cors").click();
    QVERIFY(changed.size() >= 4);
    QCOMPARE(stage.rules().allow.size(), 3U);
    QCOMPARE(stage.rules().only.size(), 2U);
    QCOMPARE(stage.rules().only.front().text(), std::string("GET,POST /api/*"));
    QVERIFY(stage.rules().askFirst && stage.rules().cors);
}

void AccessFieldsTest::faultsAreTold()
{
    Stage stage;
    stage.control<QLineEdit>("allow").setText(text("203.0.113.7/24"));
    QVERIFY(!stage.fields.access());
    QVERIFY(stage.fault("allow").contains(text("behind its prefix")));
    stage.control<QLineEdit>("allow").clear();
    QVERIFY(stage.fault("allow").isEmpty());
    stage.control<QLineEdit>("only").setText(text("post /x"));
    QVERIFY(!stage.fields.access());
    QVERIFY(stage.fault("only").contains(text("capitals")));
}

void AccessFieldsTest::aPasswordIsMadeAndShownOnce()
{
    Stage stage;
    stage.control<QCheckBox>("password").click();
    QVERIFY(!stage.fields.access()); // not without it
    QTRY_VERIFY(!stage.fields.password()->isHidden());
    QCOMPARE(stage.rules().logins.size(), 1U);
    QVERIFY(stage.rules().logins.front().password.matches(stage.fields.password()->password().toStdString()));
    stage.fields.setAccess(everything());
    QVERIFY(stage.fields.password()->password().isEmpty());
}

void AccessFieldsTest::aPasswordIsTakenBack()
{
    Stage stage;
    stage.fields.setAccess(everything());
    stage.control<QCheckBox>("password").click();
    QVERIFY(stage.rules().logins.empty());
    QVERIFY(stage.fields.password()->isHidden());
}

void AccessFieldsTest::itClosesAfterAWhile()
{
    Stage stage;
    auto &closing = stage.control<QComboBox>("closing");
    QVERIFY(!stage.rules().expires);
    closing.setCurrentIndex(2); // in a day
    const auto left = *stage.rules().expires - std::chrono::system_clock::now();
    QVERIFY(left > std::chrono::hours(23) && left <= std::chrono::hours(24));
    stage.fields.setAccess(everything());
    QCOMPARE(closing.count(), 5); // as it is
    closing.setCurrentIndex(0);
    QVERIFY(!stage.rules().expires);
}

void AccessFieldsTest::everyControlHasANameAndAKey()
{
    Stage stage;
    for (auto *control : stage.fields.findChildren<QWidget *>()) {
        if (control->focusPolicy() == Qt::NoFocus || control->objectName().isEmpty() ||
            control->objectName().startsWith(text("qt_")))
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(control);
        QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(control->objectName()));
        QVERIFY2((control->focusPolicy() & Qt::TabFocus) != 0, qPrintable(control->objectName()));
    }
}

void AccessFieldsTest::looksRight_data()
{
    QTest::addColumn<bool>("guarded");
    QTest::newRow("public") << false;
    QTest::newRow("guarded") << true;
}

void AccessFieldsTest::looksRight()
{
    QFETCH(bool, guarded);
    support::keepScreenshots(text("access-fields-") + text(QTest::currentDataTag()), {420, 480}, [&](Theme &theme) {
        auto fields = std::make_unique<AccessFields>(theme);
        if (guarded)
            fields->setAccess(everything());
        return fields;
    });
}

QTEST_MAIN(AccessFieldsTest)
#include "access_fields_test.moc"
