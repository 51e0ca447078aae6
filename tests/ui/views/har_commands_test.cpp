#include "client/exchange_log.h"
#include "support/screenshot.h"
#include "ui/traffic_samples.h"
#include "ui/views/har_commands.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    QTemporaryDir folder;
    traffic::ExchangeStore store;
    HarCommands commands{store, [](const auto &exchange) { return text("http://h") + exchange.summary.target; },
                         &window};
    QSignalSpy told{&commands, &HarCommands::told};
    QSignalSpy noticed{&commands, &HarCommands::noticed};
    QSignalSpy imported{&commands, &HarCommands::imported};

    Stage()
    {
        while (client::drawExchangeKey() < 17)
            ; // those of the samples are taken
        samples::fill(store);
        window.show();
    }
    [[nodiscard]] QString path(const char *name) const { return folder.filePath(text(name)); }
    [[nodiscard]] QString lastTold() const { return told.isEmpty() ? QString() : told.last()[0].toString(); }
    [[nodiscard]] QString lastNotice() const { return noticed.isEmpty() ? QString() : noticed.last()[0].toString(); }
    [[nodiscard]] bool lastIsError() const { return !noticed.isEmpty() && noticed.last()[1].toBool(); }

    void load(const QByteArray &content)
    {
        QFile file(path("in.har"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        noticed.clear();
        commands.load(file.fileName());
        QTRY_COMPARE(noticed.size(), 1);
    }
};

QByteArray logOf(const QByteArray &urls)
{
    QByteArrayList entries;
    for (const auto &url : urls.split(' '))
        entries += R"({"startedDateTime":"2026-03-14T09:26:53Z","request":{"method":"GET","url":")" + url + R"("}})";
    return R"({"log":{"version":"1.2","entries":[)" + entries.join(',') + "]}}";
}

} // namespace

class HarCommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void secretsAreAskedFor_data();
    void secretsAreAskedFor();
    void whatIsGoneIsSaid();
    void whatCannotBeWrittenIsSaid();
    void importsBesideWhatIsThere();
    void whatIsLeftOutIsSaid();
    void mistakesImportNothing();
};

void HarCommandsTest::secretsAreAskedFor_data()
{
    QTest::addColumn<bool>("withSecrets");
    QTest::newRow("without") << false;
    QTest::newRow("with") << true;
}

// By the keyboard alone, as far as the dialogs are ours.
void HarCommandsTest::secretsAreAskedFor()
{
    QFETCH(bool, withSecrets);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    Stage stage;
    stage.commands.exportRequests({4});
    auto *question = qobject_cast<QMessageBox *>(stage.commands.dialog());
    QVERIFY(question);
    QTRY_VERIFY(question->isVisible());
    QVERIFY(question->text().contains(text("1 request")));
    QVERIFY(question->informativeText().contains(text("REDACTED")));
    QVERIFY(!question->checkBox()->isChecked()); // the safe choice unless somebody says otherwise
    support::keepScreenshot(text("har-export"), *question, stage.theme);
    if (withSecrets)
        QTest::keyClick(question->checkBox(), Qt::Key_Space);
    QTest::keyClick(question, Qt::Key_Return);
    auto *files = qobject_cast<QFileDialog *>(stage.commands.dialog());
    QVERIFY(files);
    files->setDirectory(stage.folder.path());
    files->selectFile(text("out"));
    files->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    QTRY_COMPARE(stage.told.size(), 1);
    QVERIFY2(stage.lastTold().contains(text("out.har")), qPrintable(stage.lastTold()));
    const auto har = contentOf(stage.path("out.har"));
    QCOMPARE(har.contains("sk_live_51HqLyjWDarjtT1zdp7dc"), withSecrets);
    QVERIFY(har.contains("payment_intent.succeeded"));
}

void HarCommandsTest::whatIsGoneIsSaid()
{
    Stage stage;
    stage.commands.exportRequests({});
    QVERIFY(stage.lastTold().contains(text("no requests")));
    stage.commands.save({77}, traffic::Redact::Secrets, stage.path("a.har"));
    QVERIFY(stage.lastTold().contains(text("no longer kept")));
    QVERIFY(!QFile::exists(stage.path("a.har")));
}

void HarCommandsTest::whatCannotBeWrittenIsSaid()
{
    Stage stage;
    stage.commands.save({4}, traffic::Redact::Secrets, stage.folder.path()); // a folder
    QTRY_VERIFY(stage.lastIsError());
    QVERIFY2(stage.lastNotice().contains(text("Nothing was exported")), qPrintable(stage.lastNotice()));
    QVERIFY(stage.told.isEmpty());
}

void HarCommandsTest::importsBesideWhatIsThere()
{
    Stage stage;
    const auto before = stage.store.count();
    stage.load(logOf("http://h/a https://i/b"));
    QCOMPARE(stage.store.count(), before + 2);
    QCOMPARE(stage.imported.size(), 1);
    QCOMPARE(stage.lastNotice(), QString()); // what was said of a file before no longer holds
    QVERIFY2(stage.lastTold().contains(text("2 requests from in.har")), qPrintable(stage.lastTold()));
    const auto &last = stage.store.at(before + 1);
    QCOMPARE(last.summary.importedUrl, text("https://i/b"));
    QVERIFY(stage.store.find(last.summary.key));
    QVERIFY(stage.store.find(4)); // the live ones stay
}

void HarCommandsTest::whatIsLeftOutIsSaid()
{
    Stage stage;
    stage.load(logOf("http://h/a data:,x"));
    QCOMPARE(stage.imported.size(), 1);
    QVERIFY(!stage.lastIsError());
    for (const char *part : {"Imported 1 request", "1 request left out", "entry 2"})
        QVERIFY2(stage.lastNotice().contains(text(part)), qPrintable(stage.lastNotice()));
    stage.load(logOf("data:,x"));
    QCOMPARE(stage.imported.size(), 1);
    QVERIFY(stage.lastIsError());
    QVERIFY2(stage.lastNotice().contains(text("has no requests")), qPrintable(stage.lastNotice()));
}

void HarCommandsTest::mistakesImportNothing()
{
    Stage stage;
    const auto before = stage.store.count();
    stage.load(R"({"log":{"entries":[{"startedDateTime":7}]}})");
    QVERIFY(stage.lastIsError());
    for (const char *part : {"in.har", "entry 1", "startedDateTime", "Nothing was imported"})
        QVERIFY2(stage.lastNotice().contains(text(part)), qPrintable(stage.lastNotice()));
    QCOMPARE(stage.store.count(), before);
    QVERIFY(stage.imported.isEmpty() && stage.told.isEmpty());
}

QTEST_MAIN(HarCommandsTest)
#include "har_commands_test.moc"
