#include "support/screenshot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_row.h"
#include "ui/windows/access_fields.h"
#include "ui/windows/expose_fields.h"
#include "ui/workspace_stage.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;
using samples::text;

namespace {

struct Stage : support::WorkspaceStage {
    ExposeFields fields{theme, run.workspace};

    Stage()
    {
        fields.resize(420, 600);
        fields.show();
        if (!QTest::qWaitForWindowActive(&fields))
            qFatal("no active window");
    }
    template <class Control>
    [[nodiscard]] Control &control(const char *name) const
    {
        return *fields.findChild<Control *>(text(name));
    }
    [[nodiscard]] QLineEdit &target() const { return control<QLineEdit>("target"); }
    [[nodiscard]] QLineEdit &name() const { return control<QLineEdit>("name"); }
    [[nodiscard]] QComboBox &server() const { return control<QComboBox>("server"); }
    [[nodiscard]] QComboBox &host() const { return control<QComboBox>("host"); }
    [[nodiscard]] QLineEdit &customHost() const { return control<QLineEdit>("customHost"); }
    [[nodiscard]] QComboBox &certificate() const { return control<QComboBox>("certificate"); }
    [[nodiscard]] QString fault(const QWidget &control) const
    {
        for (const auto *row : fields.findChildren<FieldRow *>())
            if (row->control() == &control)
                return row->fault();
        qFatal("no such row");
    }
    [[nodiscard]] settings::TunnelEntry entry() const
    {
        const auto entry = fields.entry();
        return entry.value_or(settings::TunnelEntry{.name = text("INVALID")});
    }
};

} // namespace

class ExposeFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhoMayReachIt();
    void takesAddresses_data();
    void takesAddresses();
    void tellsWhatIsWrongAsItIsTyped();
    void checksTheName();
    void theOwnNameIsFree();
    void aSuggestionBringsAName();
    void serversComeFromThePreferences();
    void optionsAreKept();
    void whatIsNotShownStays();
    void enterSubmits();
    void looksRight_data();
    void looksRight();
};

void ExposeFieldsTest::saysWhoMayReachIt()
{
    Stage stage;
    auto &button = stage.control<QToolButton>("accessButton");
    const auto &summary = stage.control<ui::ElidedLabel>("accessSummary");
    QVERIFY(summary.text().contains(text("Public to everyone")));
    QVERIFY(!stage.fields.accessFields()->isVisible());
    button.click();
    QVERIFY(stage.fields.accessFields()->isVisible());
    stage.target().setText(text("3000"));
    stage.control<QLineEdit>("allow").setText(text("192.0.2.1"));
    QVERIFY(summary.text().contains(text("Some addresses")));
    QCOMPARE(stage.entry().access.rules.allow.size(), 1U);
    stage.control<QLineEdit>("allow").setText(text("nonsense"));
    QVERIFY(!stage.fields.isValid());
    stage.control<QLineEdit>("allow").clear();
    stage.control<QCheckBox>("askFirst").click();
    QVERIFY(summary.text().contains(text("Asks you first")));
    QCOMPARE(button.accessibleDescription(), summary.text());
    QVERIFY(stage.entry().access.rules.askFirst);
}

void ExposeFieldsTest::takesAddresses_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("tls");
    QTest::newRow("3000") << text("localhost") << 3000 << false;
    QTest::newRow(" 3000 ") << text("localhost") << 3000 << false;
    QTest::newRow("127.0.0.1:80") << text("127.0.0.1") << 80 << false;
    QTest::newRow("https://intranet:8443") << text("intranet") << 8443 << true;
}

void ExposeFieldsTest::takesAddresses()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(bool, tls);
    Stage stage;
    QVERIFY(!stage.fields.isValid());
    stage.target().setText(text(QTest::currentDataTag()));
    QVERIFY(stage.fields.isValid());
    QCOMPARE(stage.entry().target.host, host);
    QCOMPARE(int(stage.entry().target.port), port);
    QCOMPARE(stage.entry().target.tls, tls);
    QVERIFY(stage.entry().name.isEmpty()); // one is drawn
}

void ExposeFieldsTest::tellsWhatIsWrongAsItIsTyped()
{
    Stage stage;
    const QSignalSpy changed(&stage.fields, &ExposeFields::changed);
    QVERIFY(stage.fault(stage.target()).isEmpty()); // nothing typed is no fault yet
    QTest::keyClicks(&stage.target(), text("99999"));
    QVERIFY(!stage.fault(stage.target()).isEmpty());
    QVERIFY(!stage.fields.isValid());
    QTest::keyClick(&stage.target(), Qt::Key_Backspace);
    QVERIFY(stage.fault(stage.target()).isEmpty());
    QVERIFY(stage.fields.isValid());
    QVERIFY(changed.size() >= 6);
}

void ExposeFieldsTest::checksTheName()
{
    Stage stage;
    support::added(stage.run, support::entryFor(9, text("shop")));
    stage.target().setText(text("3000"));
    stage.name().setText(text("shop"));
    QVERIFY(!stage.fault(stage.name()).isEmpty());
    QVERIFY(!stage.fields.isValid());
    stage.name().setText(text("not a name!"));
    QVERIFY(!stage.fault(stage.name()).isEmpty());
    stage.name().setText(text("shop-2"));
    QVERIFY(stage.fault(stage.name()).isEmpty());
    QCOMPARE(stage.entry().name, text("shop-2"));
}

void ExposeFieldsTest::theOwnNameIsFree()
{
    Stage stage;
    const auto id = support::added(stage.run, support::entryFor(9, text("shop")));
    stage.fields.setEntry(stage.run.at(0).entry, id);
    QVERIFY(stage.fault(stage.name()).isEmpty());
    QVERIFY(stage.fields.isValid());
    QCOMPARE(*stage.fields.entry(), stage.run.at(0).entry);
}

void ExposeFieldsTest::aSuggestionBringsAName()
{
    Stage stage;
    stage.fields.suggest({false, text("localhost"), 5173}, text("Vite + React"));
    QCOMPARE(stage.target().text(), text("5173"));
    QVERIFY2(stage.name().text().startsWith(text("vite")), qPrintable(stage.name().text()));
    stage.fields.suggest({true, text("localhost"), 8443}, text("Intranet"));
    QVERIFY(stage.name().text().startsWith(text("intranet")));
    QVERIFY(stage.entry().target.tls);
    stage.name().clear();
    QTest::keyClicks(&stage.name(), text("mine"));
    stage.fields.suggest({false, text("localhost"), 80}, text("Welcome to nginx!"));
    QCOMPARE(stage.name().text(), text("mine")); // what the user typed stays
}

void ExposeFieldsTest::serversComeFromThePreferences()
{
    Stage stage;
    QVERIFY(!stage.server().isVisible());
    auto preferences = stage.run.workspace.preferences();
    preferences.servers = {{QUrl(text("https://tunnel.example.com")), text("Work")}};
    QVERIFY(stage.run.workspace.setPreferences(preferences).has_value());
    QVERIFY(stage.server().isVisible());
    QCOMPARE(stage.server().count(), 2);
    stage.server().setCurrentIndex(1);
    stage.target().setText(text("3000"));
    QCOMPARE(stage.entry().server, QUrl(text("https://tunnel.example.com")));
    preferences.servers.clear(); // what is chosen stays in the list
    QVERIFY(stage.run.workspace.setPreferences(preferences).has_value());
    QCOMPARE(stage.entry().server, QUrl(text("https://tunnel.example.com")));
}

void ExposeFieldsTest::optionsAreKept()
{
    Stage stage;
    stage.target().setText(text("https://localhost:8443"));
    QVERIFY(!stage.host().isVisible());
    stage.control<QToolButton>("moreButton").click();
    QVERIFY(stage.host().isVisible());
    QVERIFY(!stage.customHost().isVisible());
    stage.host().setCurrentIndex(1);
    QCOMPARE(stage.entry().hostHeader.kind, settings::HostHeaderKind::Preserve);
    stage.host().setCurrentIndex(2);
    QVERIFY(stage.customHost().isVisible());
    QVERIFY(!stage.fields.isValid()); // which one?
    stage.customHost().setText(text("shop.test"));
    QCOMPARE(stage.entry().hostHeader.custom, text("shop.test"));
    QVERIFY(stage.certificate().isVisible());
    stage.certificate().setCurrentIndex(1);
    QCOMPARE(stage.entry().upstreamTls.kind, settings::UpstreamTlsKind::Off);
    stage.control<QCheckBox>("autostart").setChecked(false);
    QVERIFY(!stage.entry().autostart);
    stage.target().setText(text("3000"));
    QVERIFY(!stage.certificate().isVisible()); // it has none
    QCOMPARE(stage.entry().upstreamTls.kind, settings::UpstreamTlsKind::Verify);
}

void ExposeFieldsTest::whatIsNotShownStays()
{
    Stage stage;
    settings::TunnelEntry entry;
    entry.name = text("pinned");
    entry.target = {true, text("localhost"), 8443};
    entry.upstreamTls = {settings::UpstreamTlsKind::Pin, QByteArray(64, 'a')};
    entry.server = QUrl(text("https://elsewhere.example.com"));
    entry.tokenFile = text("/etc/token");
    entry.takeover = true;
    entry.autostart = false;
    stage.fields.setEntry(entry);
    QCOMPARE(stage.entry(), entry);
    QCOMPARE(stage.server().currentText(), text("elsewhere.example.com"));
    stage.fields.setEntry({});
    QCOMPARE(stage.certificate().findText(text("The pinned one")), -1);
}

void ExposeFieldsTest::enterSubmits()
{
    Stage stage;
    const QSignalSpy submitted(&stage.fields, &ExposeFields::submitted);
    stage.fields.focusTarget();
    QCOMPARE(QApplication::focusWidget(), &stage.target());
    QTest::keyClick(&stage.target(), Qt::Key_Return);
    stage.fields.focusName();
    QTest::keyClick(&stage.name(), Qt::Key_Return);
    QCOMPARE(submitted.size(), 2);
}

void ExposeFieldsTest::looksRight_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("more");
    QTest::newRow("filled") << text("3000") << text("shop") << false;
    QTest::newRow("faults") << text("99999") << text("Not a name!") << false;
    QTest::newRow("more") << text("https://localhost:8443") << text("intranet") << true;
}

void ExposeFieldsTest::looksRight()
{
    QFETCH(QString, target);
    QFETCH(QString, name);
    QFETCH(bool, more);
    support::Home home;
    support::Run run(home);
    auto preferences = run.workspace.preferences();
    preferences.servers = {{QUrl(text("https://tunnel.example.com")), text("Work")}};
    QVERIFY(run.workspace.setPreferences(preferences).has_value());
    support::keepScreenshots(text("expose-fields-") + text(QTest::currentDataTag()), {420, more ? 660 : 370},
                             [&](Theme &theme) {
                                 auto fields = std::make_unique<ExposeFields>(theme, run.workspace);
                                 fields->findChild<QLineEdit *>(text("target"))->setText(target);
                                 fields->findChild<QLineEdit *>(text("name"))->setText(name);
                                 fields->findChild<QToolButton *>(text("moreButton"))->setChecked(more);
                                 return fields;
                             });
}

QTEST_MAIN(ExposeFieldsTest)
#include "expose_fields_test.moc"
