#include "settings_bench.h"
#include "ui/widgets/icon_button.h"
#include "ui/windows/settings_about.h"

#include <QClipboard>
#include <QSignalSpy>

using ui::AboutPage;

class SettingsAboutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::setApplicationVersion(QStringLiteral("1.2.3")); }
    void itTellsVersionFilesAndLicences();
    void pathsAreCopiedAndOpened();

private:
    ui::Theme m_theme{*qApp};
    const workspace::Paths m_paths{QStringLiteral("/home/me/.config/http-tunnel/tunnels.toml"),
                                   QStringLiteral("/home/me/.config/http-tunnel"),
                                   QStringLiteral("/home/me/.local/state/http-tunnel")};
};

void SettingsAboutTest::itTellsVersionFilesAndLicences()
{
    const AboutPage page(m_paths, m_theme);
    QString all;
    for (const QLabel *label : page.findChildren<QLabel *>())
        all += label->text() + u'\n';
    for (const auto &text : {QStringLiteral("Version 1.2.3"), m_paths.tunnelsFile, m_paths.stateFolder,
                             QStringLiteral("LGPL-3.0-only"), QStringLiteral("QtKeychain")})
        QVERIFY2(all.contains(text), qPrintable(text));
}

void SettingsAboutTest::pathsAreCopiedAndOpened()
{
    AboutPage page(m_paths, m_theme);
    QSignalSpy opened(&page, &AboutPage::openUrlRequested);
    const auto buttons = page.findChildren<ui::IconButton *>();
    buttons.at(0)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_paths.tunnelsFile);
    buttons.at(1)->click();
    QCOMPARE(opened.first().first().toUrl(), QUrl::fromLocalFile(m_paths.configFolder));
}

QTEST_MAIN(SettingsAboutTest)
#include "settings_about_test.moc"
