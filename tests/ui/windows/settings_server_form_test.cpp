#include "support/screenshot.h"
#include "ui/widgets/field_row.h"
#include "ui/windows/settings_server_form.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using ui::ServerForm;

class SettingsServerFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeAddressIsSubmitted();
    void faultsAreToldWhenTheFieldIsLeft();
    void clearTextIsWarnedOf();
    void escapeCancels();
    void screenshots();

private:
    static QString noFault(const QUrl &) { return {}; }

    ui::Theme m_theme{*qApp};
};

void SettingsServerFormTest::aWholeAddressIsSubmitted()
{
    ServerForm form(m_theme, noFault);
    QList<settings::Server> submitted;
    connect(&form, &ServerForm::submitted, this, [&](const settings::Server &server) { submitted.append(server); });
    form.begin();
    QTest::keyClicks(form.urlEdit(), QStringLiteral(" https://relay.example.com "));
    QTest::keyClicks(form.labelEdit(), QStringLiteral("Work"));
    form.addButton()->click();
    QCOMPARE(submitted.size(), 1);
    QCOMPARE(submitted.first().url, QUrl(QStringLiteral("https://relay.example.com")));
    QCOMPARE(submitted.first().label, QStringLiteral("Work"));
    form.begin();
    QVERIFY(form.urlEdit()->text().isEmpty());
}

void SettingsServerFormTest::faultsAreToldWhenTheFieldIsLeft()
{
    ServerForm form(m_theme, [](const QUrl &) { return QStringLiteral("This server is in the list already."); });
    QSignalSpy submitted(&form, &ServerForm::submitted);
    form.begin();
    QTest::keyClicks(form.urlEdit(), QStringLiteral("relay.example.com"));
    QVERIFY(form.urlRow()->fault().isEmpty()); // still typing
    QTest::keyClick(form.urlEdit(), Qt::Key_Return);
    QVERIFY(form.urlRow()->fault().contains(QStringLiteral("https://relay.example.com")));
    form.urlEdit()->setText(QStringLiteral("https://relay.example.com"));
    QCOMPARE(form.urlRow()->fault(), QStringLiteral("This server is in the list already."));
    form.addButton()->click();
    QVERIFY(submitted.isEmpty());
}

void SettingsServerFormTest::clearTextIsWarnedOf()
{
    ServerForm form(m_theme, noFault);
    const auto hint = [&form] { return form.urlEdit()->accessibleDescription(); };
    form.urlEdit()->setText(QStringLiteral("http://relay.example.com"));
    QVERIFY(hint().contains(QStringLiteral("unencrypted")));
    form.urlEdit()->setText(QStringLiteral("http://127.0.0.1:8080"));
    QVERIFY(!hint().contains(QStringLiteral("unencrypted")));
}

void SettingsServerFormTest::escapeCancels()
{
    ServerForm form(m_theme, noFault);
    QSignalSpy cancelled(&form, &ServerForm::cancelled);
    QTest::keyClick(form.urlEdit(), Qt::Key_Escape);
    form.cancelButton()->click();
    QCOMPARE(cancelled.size(), 2);
}

void SettingsServerFormTest::screenshots()
{
    support::keepScreenshots(QStringLiteral("settings-server-form"), QSize(520, 350), [](ui::Theme &theme) {
        auto form = std::make_unique<ServerForm>(theme, noFault);
        form->urlEdit()->setText(QStringLiteral("relay.example.com"));
        form->addButton()->click();
        return form;
    });
}

QTEST_MAIN(SettingsServerFormTest)
#include "settings_server_form_test.moc"
