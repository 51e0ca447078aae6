#include "client/exchange_log.h"
#include "desktop/program.h"
#include "support/raw_origin.h"
#include "ui/models/roles.h"
#include "ui/views/tunnel_list.h"
#include "ui/widgets/toast.h"
#include "ui/windows/main_window_parts.h"
#include "ui/windows/passphrase_dialog.h"
#include "ui/windows/replay_window.h"
#include "ui/windows/settings_token_field.h"
#include "ui/windows/settings_window.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

#include <optional>

using client::Phase;
using desktop::Program;
using desktop::StartRequest;
using support::RawOrigin;

namespace {

StartRequest exposing(quint16 port, const QString &name = {})
{
    return {true, QString::number(port), name};
}

} // namespace

class ProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void anExposedPortIsOpenAndShown();
    void theSameTargetIsTheSameTunnel();
    void withoutAPortTheFormIsShown();
    void aTakenNameIsTold();
    void aLaterStartRaisesTheWindow();
    void hiddenWithoutATrayIsReachable();
    void requestsReachTheListAndAreReplayed();
    void whatWasImportedIsNotSentAtOnce();
    void theLookFollowsTheSettings();
    void aLockedFileOfTokensIsUnlocked();
    void aSignalEndsIt();
    void tunnelsAndWindowComeBack();

private:
    Program &started(const StartRequest &request = {});
    const workspace::TunnelInfo &first() { return m_program->workspace().tunnels().first(); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Program> m_program;
};

void ProgramTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("HTTP_TUNNEL_CONFIG_DIR", m_home->filePath(QStringLiteral("config")).toUtf8());
    qputenv("HTTP_TUNNEL_STATE_DIR", m_home->filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // no keyring
}

void ProgramTest::cleanup()
{
    m_program.reset();
}

Program &ProgramTest::started(const StartRequest &request)
{
    m_program.reset();
    m_program = std::make_unique<Program>(*qApp, false);
    m_program->start(request);
    return *m_program;
}

void ProgramTest::anExposedPortIsOpenAndShown()
{
    Program &program = started(exposing(3000, QStringLiteral("shop")));
    QVERIFY(program.window().isVisible());
    QCOMPARE(program.workspace().tunnels().size(), 1);
    QCOMPARE(first().entry.name, QStringLiteral("shop"));
    QTRY_VERIFY(first().online());
}

void ProgramTest::theSameTargetIsTheSameTunnel()
{
    Program &program = started(exposing(3000));
    program.workspace().stop(first().id);
    program.adopt(exposing(3000));
    QCOMPARE(program.workspace().tunnels().size(), 1);
    QTRY_VERIFY(first().online());
    program.adopt(exposing(3000, QStringLiteral("another")));
    QCOMPARE(program.workspace().tunnels().size(), 2);
    program.adopt(exposing(3001));
    QCOMPARE(program.workspace().tunnels().size(), 3);
}

void ProgramTest::withoutAPortTheFormIsShown()
{
    Program &program = started(exposing(3000));
    program.adopt({.expose = true});
    auto &parts = program.window().parts();
    QVERIFY(parts.middle->currentWidget() != parts.work);
    QCOMPARE(program.workspace().tunnels().size(), 1);
}

void ProgramTest::aTakenNameIsTold()
{
    Program &program = started(exposing(3000, QStringLiteral("shop")));
    program.adopt(exposing(3001, QStringLiteral("shop")));
    QCOMPARE(program.workspace().tunnels().size(), 1);
    QVERIFY(program.window().parts().toast->text().contains(QStringLiteral("shop")));
}

void ProgramTest::aLaterStartRaisesTheWindow()
{
    Program &program = started();
    program.window().hide();
    program.adopt({.hidden = true});
    QVERIFY(!program.window().isVisible());
    program.adopt({});
    QVERIFY(program.window().isVisible());
    program.window().showMinimized();
    program.adopt({});
    QVERIFY(!program.window().isMinimized());
}

void ProgramTest::hiddenWithoutATrayIsReachable()
{
    Program &program = started({.hidden = true});
    QVERIFY(!program.tray().isAvailable());
    QVERIFY(program.window().isVisible());
    QVERIFY(program.window().isMinimized());
}

void ProgramTest::requestsReachTheListAndAreReplayed()
{
    RawOrigin origin(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    Program &program = started(exposing(origin.port(), QStringLiteral("shop")));
    QTRY_VERIFY(first().online());
    QTcpSocket visitor;
    visitor.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(QUrl(first().publicUrl).port()));
    visitor.write("GET /x HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n");
    auto &requests = program.window().parts().requests;
    QTRY_COMPARE(requests.rowCount(), 1);
    QTRY_COMPARE(requests.summary(0).state, client::ExchangeState::Done);
    const auto key = requests.index(0, 0).data(ui::KeyRole).value<quint64>();
    Q_EMIT program.window().replayRequested(key, false);
    QTRY_COMPARE(requests.rowCount(), 2);
    QVERIFY(program.replayWindow().isVisible());
    QCOMPARE(program.replayWindow().session()->key(), key);
}

void ProgramTest::whatWasImportedIsNotSentAtOnce()
{
    RawOrigin origin(RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    Program &program = started();
    traffic::Exchange imported;
    imported.summary.key = client::drawExchangeKey();
    imported.summary.origin = client::ExchangeOrigin::Import;
    imported.summary.state = client::ExchangeState::Done;
    imported.summary.method = QStringLiteral("GET");
    imported.summary.target = QStringLiteral("/x");
    imported.summary.importedUrl = QStringLiteral("http://127.0.0.1:%1/x").arg(origin.port());
    program.store().addWhole({imported});
    Q_EMIT program.window().replayRequested(imported.summary.key, false);
    QVERIFY(program.replayWindow().isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(program.store().count(), 1);
    program.replayWindow().send();
    QTRY_COMPARE(program.store().count(), 2);
    QTRY_COMPARE(program.store().at(1).summary.status, 200U);
}

void ProgramTest::theLookFollowsTheSettings()
{
    Program &program = started();
    Q_EMIT program.window().settingsRequested();
    QVERIFY(program.settingsWindow().isVisible());
    auto preferences = program.workspace().preferences();
    preferences.appearance = settings::Appearance::Dark;
    QVERIFY(program.workspace().setPreferences(preferences));
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
    preferences.appearance = settings::Appearance::Light;
    QVERIFY(program.workspace().setPreferences(preferences));
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
}

void ProgramTest::aLockedFileOfTokensIsUnlocked()
{
    const QString passphrase = QStringLiteral("correct horse battery");
    const QString path = settings::secretsFilePath(m_home->filePath(QStringLiteral("config")));
    settings::FileSecretStore store(path);
    std::optional<wire::Result<>> made;
    store.create(settings::WipedBytes(passphrase.toStdString()), settings::SecretMap(), this,
                 [&made](const auto &result) { made = result; });
    QTRY_VERIFY_WITH_TIMEOUT(made, 30'000);
    QVERIFY(*made);
    Program &program = started();
    QCOMPARE(program.unlockDialog(), nullptr); // nothing needs a token yet
    settings::TunnelEntry entry;
    entry.target.port = 3000;
    entry.server = QUrl(QStringLiteral("http://127.0.0.1:9"));
    QVERIFY(program.workspace().add(entry));
    auto *dialog = program.unlockDialog();
    QVERIFY(dialog && dialog->isVisible());
    dialog->former()->edit()->setText(passphrase);
    dialog->acceptButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(program.workspace().vault()->file().state(), settings::FileSecretStore::State::Unlocked,
                              30'000);
    QTRY_VERIFY(!dialog->isVisible());

    Program &again = started(); // whose user says no
    QTRY_VERIFY(again.unlockDialog() && again.unlockDialog()->isVisible());
    again.unlockDialog()->reject();
    QCOMPARE(again.workspace().vault()->file().state(), settings::FileSecretStore::State::Postponed);
}

void ProgramTest::aSignalEndsIt()
{
    started();
    QTimer::singleShot(0, this, [] { ::raise(SIGTERM); });
    QCOMPARE(QApplication::exec(), 0);
}

void ProgramTest::tunnelsAndWindowComeBack()
{
    Program &before = started(exposing(3000, QStringLiteral("shop")));
    QTRY_VERIFY(first().online());
    const QString url = first().publicUrl;
    before.window().resize(900, 640);
    started();
    QTRY_VERIFY(first().online());
    QCOMPARE(first().publicUrl, url);
    QCOMPARE(m_program->window().size(), QSize(900, 640));
    QCOMPARE(m_program->window().parts().rail->chosen(), first().id);
}

QTEST_MAIN(ProgramTest)
#include "program_test.moc"
