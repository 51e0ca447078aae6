#include "settings/tunnel_text.h"

#include <QTest>

using namespace settings;

namespace {

const QUrl kServer(QStringLiteral("https://relay.example.com"));
const TunnelDefaults kDefaults{kServer, QStringLiteral("/etc/relay.token")};

TunnelEntry entryFor(quint16 port)
{
    return {.target = {.port = port}};
}

std::string text(const TunnelEntry &entry, const TunnelDefaults &defaults = {})
{
    return tunnelText(entry, defaults, QStringLiteral("/etc"));
}

} // namespace

class TunnelTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultsAreLeftOut();
    void everyFieldIsWritten();
    void choicesAreWritten();
    void theDefaultServerIsLeftOut();
    void theEmbeddedRelayIsNamedUnderADefault();
    void theDefaultTokenCanBeRefused();
    void tokenFilesAreRelativeToTheFolder_data();
    void tokenFilesAreRelativeToTheFolder();
};

void TunnelTextTest::defaultsAreLeftOut()
{
    QCOMPARE(text(entryFor(3000)), std::string("[[tunnel]]\ntarget = \"http://localhost:3000\"\n"));
}

void TunnelTextTest::everyFieldIsWritten()
{
    const TunnelEntry entry{.name = QStringLiteral("api"),
                            .target = {true, QStringLiteral("::1"), 8443},
                            .server = QUrl(QStringLiteral("wss://other.example.com/prod?x=%20y")),
                            .hostHeader = {HostHeaderKind::Custom, QStringLiteral("api.test:80")},
                            .upstreamTls = {UpstreamTlsKind::Pin, QByteArray(64, 'a')},
                            .tokenFile = QStringLiteral("/run/secrets/other"),
                            .takeover = true,
                            .autostart = false};
    QCOMPARE(text(entry), "[[tunnel]]\n"
                          "name = \"api\"\n"
                          "target = \"https://[::1]:8443\"\n"
                          "server = \"wss://other.example.com/prod?x=%20y\"\n"
                          "token_file = \"/run/secrets/other\"\n"
                          "host_header = \"api.test:80\"\n"
                          "upstream_tls = \"pin:" +
                              std::string(64, 'a') +
                              "\"\n"
                              "takeover = true\n"
                              "autostart = false\n");
}

void TunnelTextTest::choicesAreWritten()
{
    TunnelEntry entry = entryFor(1);
    entry.hostHeader.kind = HostHeaderKind::Preserve;
    entry.target.tls = true;
    entry.upstreamTls.kind = UpstreamTlsKind::Off;
    QVERIFY(text(entry).ends_with("\nhost_header = \"preserve\"\nupstream_tls = \"off\"\n"));
}

void TunnelTextTest::theDefaultServerIsLeftOut()
{
    TunnelEntry entry = entryFor(1);
    entry.server = kServer;
    entry.tokenFile = kDefaults.tokenFile;
    QCOMPARE(text(entry, kDefaults), std::string("[[tunnel]]\ntarget = \"http://localhost:1\"\n"));
    QVERIFY(text(entry).ends_with("\nserver = \"https://relay.example.com\"\ntoken_file = \"relay.token\"\n"));
}

void TunnelTextTest::theEmbeddedRelayIsNamedUnderADefault()
{
    QVERIFY(text(entryFor(1), kDefaults).ends_with("\nserver = \"embedded\"\n"));
}

void TunnelTextTest::theDefaultTokenCanBeRefused()
{
    TunnelEntry entry = entryFor(1);
    entry.server = kServer;
    QCOMPARE(text(entry, kDefaults), std::string("[[tunnel]]\ntarget = \"http://localhost:1\"\ntoken_file = \"\"\n"));
    entry.tokenFile = QStringLiteral("/etc/own");
    QVERIFY(text(entry, kDefaults).ends_with("\ntoken_file = \"own\"\n"));
}

void TunnelTextTest::tokenFilesAreRelativeToTheFolder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *path, const char *written) {
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(written);
    };
    row("/etc/t", "t");
    row("/etc/a/t", "a/t");
    row("/etc/../t", "../t");
    row("/etcetera/t", "/etcetera/t");
    row("/etc//t", "/etc//t");
    row("/etc/", "/etc/");
    row("/run/t", "/run/t");
}

void TunnelTextTest::tokenFilesAreRelativeToTheFolder()
{
    QFETCH(const QString, path);
    QFETCH(const QString, written);
    TunnelEntry entry = entryFor(1);
    entry.tokenFile = path;
    const std::string expected = "\ntoken_file = \"" + written.toStdString() + "\"\n";
    QVERIFY2(text(entry).ends_with(expected), text(entry).c_str());
    QVERIFY(tunnelText(entry, {}, {}).ends_with("\ntoken_file = \"" + path.toStdString() + "\"\n"));
}

QTEST_APPLESS_MAIN(TunnelTextTest)
#include "tunnel_text_test.moc"
