// The program in one process: its start, a request through its own relay, and its end by a signal. What needs several
// processes is in tests/e2e.
#include "settings/session_secret_store.h"
#include "ttf/program.h"

#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <signal.h>
#include <unistd.h>

#include <functional>

using namespace ttf;

namespace {

constexpr int kWaitMs = 20'000;
constexpr int kPollMs = 10;

// Puts a file in the place of stdout.
class CapturedStdout {
public:
    CapturedStdout() : m_former(::dup(STDOUT_FILENO))
    {
        if (!m_file.open() || ::dup2(m_file.handle(), STDOUT_FILENO) < 0)
            qFatal("cannot capture stdout");
    }
    ~CapturedStdout()
    {
        ::dup2(m_former, STDOUT_FILENO);
        ::close(m_former);
    }
    CapturedStdout(const CapturedStdout &) = delete;
    CapturedStdout &operator=(const CapturedStdout &) = delete;

    // The first event of this name; empty while there is none.
    [[nodiscard]] QJsonObject event(const QString &name) const
    {
        QFile file(m_file.fileName());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read what was captured");
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            if (json.value(QStringLiteral("event")).toString() == name)
                return json;
        }
        return {};
    }

private:
    QTemporaryFile m_file;
    int m_former;
};

// Runs the event loop; each step is called until it says true, then the next. -1 when they take too long.
int runSteps(std::vector<std::function<bool()>> steps)
{
    std::size_t current = 0;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &poll, [&] {
        while (current < steps.size() && steps[current]())
            ++current;
    });
    poll.start(kPollMs);
    QTimer::singleShot(kWaitMs, &poll, [] { QCoreApplication::exit(-1); });
    return QCoreApplication::exec();
}

Options httpOptions(quint16 port)
{
    Options options;
    options.command = Command::Http;
    options.tunnel.target = {.host = QStringLiteral("127.0.0.1"), .port = port};
    options.tunnel.name = QStringLiteral("shop");
    options.json = true;
    return options;
}

} // namespace

class ProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aRequestGoesThroughAndASignalStops();
    void theSampleSiteIsServed();
    void thePortStaysFromRunToRun();
    void aTakenPortIsReplacedForTheTime();
    void aPortThatWasAskedForIsRemembered();
    void aTakenPortThatWasAskedForIsExitCode5();
    void aBadFileIsExitCode2();
    void aMissingTokenFileIsExitCode2();
    void aReaderThatGoesEndsTheRun();
    void aSavedTokenIsUsed();
    void aGivenTokenComesFirst();
    void aKeychainThatDoesNotAnswerCanBeInterrupted();

private:
    quint16 portOfOneRun(std::optional<quint16> wished = {});

    std::unique_ptr<QTemporaryDir> m_stateFolder;
    settings::SessionSecretStore m_secrets;
};

void ProgramTest::init()
{
    ::signal(SIGPIPE, SIG_IGN);
    m_stateFolder = std::make_unique<QTemporaryDir>();
    qputenv("HTTP_TUNNEL_STATE_DIR", m_stateFolder->path().toUtf8());
}

void ProgramTest::aRequestGoesThroughAndASignalStops()
{
    QTcpServer origin;
    QVERIFY(origin.listen(QHostAddress(QHostAddress::LocalHost)));
    connect(&origin, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = origin.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (socket->readAll().endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    });
    const CapturedStdout captured;
    Program program(httpOptions(origin.serverPort()), {}, m_secrets);
    QVERIFY(!program.start());
    QTcpSocket visitor;
    QByteArray answer;
    const int code = runSteps(
        {[&] {
             const QUrl url(captured.event(QStringLiteral("online")).value(QStringLiteral("public_url")).toString());
             if (url.isEmpty())
                 return false;
             visitor.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(url.port()));
             visitor.write("GET /hello?x=1 HTTP/1.1\r\nHost: shop.localhost\r\n\r\n");
             return true;
         },
         [&] { return (answer += visitor.readAll()).endsWith("hello"); },
         [&] { return !captured.event(QStringLiteral("request")).isEmpty(); }, [] { return ::raise(SIGTERM) == 0; }});
    QCOMPARE(code, 0);
    const QJsonObject request = captured.event(QStringLiteral("request"));
    QCOMPARE(request.value(QStringLiteral("name")).toString(), QStringLiteral("shop"));
    QCOMPARE(request.value(QStringLiteral("path")).toString(), QStringLiteral("/hello?x=1"));
    QCOMPARE(request.value(QStringLiteral("status")).toInt(), 200);
    QCOMPARE(request.value(QStringLiteral("response_bytes")).toInt(), 5);
    QCOMPARE(captured.event(QStringLiteral("stopped")).value(QStringLiteral("requests")).toInt(), 1);
}

void ProgramTest::theSampleSiteIsServed()
{
    Options options;
    options.command = Command::Demo;
    options.json = true;
    const CapturedStdout captured;
    Program program(options, {}, m_secrets);
    QVERIFY(!program.start());
    QTcpSocket visitor;
    QByteArray answer;
    const int code =
        runSteps({[&] {
                      const QJsonObject online = captured.event(QStringLiteral("online"));
                      if (online.isEmpty())
                          return false;
                      const QUrl url(online.value(QStringLiteral("public_url")).toString());
                      visitor.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(url.port()));
                      visitor.write("GET / HTTP/1.1\r\nHost: demo.localhost\r\n\r\n");
                      return true;
                  },
                  [&] { return (answer += visitor.readAll()).contains("HTTP Tunnel sample site"); },
                  [] { return ::raise(SIGINT) == 0; }});
    QCOMPARE(code, 0);
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
}

quint16 ProgramTest::portOfOneRun(std::optional<quint16> wished)
{
    const CapturedStdout captured;
    Options options = httpOptions(1);
    options.relayPort = wished;
    Program program(options, {}, m_secrets);
    if (program.start())
        return 0;
    QUrl url;
    const int code =
        runSteps({[&] {
                      url =
                          QUrl(captured.event(QStringLiteral("online")).value(QStringLiteral("public_url")).toString());
                      return !url.isEmpty();
                  },
                  [] { return ::raise(SIGTERM) == 0; }});
    return code == 0 ? static_cast<quint16>(url.port(0)) : quint16{0};
}

void ProgramTest::thePortStaysFromRunToRun()
{
    const quint16 first = portOfOneRun();
    QVERIFY(first != 0);
    QCOMPARE(portOfOneRun(), first);
}

void ProgramTest::aTakenPortIsReplacedForTheTime()
{
    const quint16 first = portOfOneRun();
    QVERIFY(first != 0);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), first));
    const quint16 second = portOfOneRun();
    QVERIFY(second != 0);
    QVERIFY(second != first);
    QCOMPARE(portOfOneRun(), second);
    other.close();
    QCOMPARE(portOfOneRun(), first);
}

void ProgramTest::aPortThatWasAskedForIsRemembered()
{
    const quint16 first = portOfOneRun();
    quint16 free = 0;
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
        free = other.serverPort();
    }
    QVERIFY(free != first);
    QCOMPARE(portOfOneRun(free), free);
    QCOMPARE(portOfOneRun(), free);
}

void ProgramTest::aTakenPortThatWasAskedForIsExitCode5()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
    Options options = httpOptions(1);
    options.relayPort = other.serverPort();
    QVERIFY(Program(options, {}, m_secrets).start() == ExitCode::RelayNotStarted);
}

void ProgramTest::aBadFileIsExitCode2()
{
    Options options;
    options.command = Command::Start;
    options.configPath = m_stateFolder->filePath(QStringLiteral("none.toml"));
    QVERIFY(Program(options, {}, m_secrets).start() == ExitCode::Usage);
}

void ProgramTest::aMissingTokenFileIsExitCode2()
{
    Options options = httpOptions(1);
    options.tunnel.server = QUrl(QStringLiteral("https://relay.invalid"));
    options.tokenFile = QStringLiteral("/nowhere/token");
    QVERIFY(Program(options, {}, m_secrets).start() == ExitCode::Usage);
}

void ProgramTest::aReaderThatGoesEndsTheRun()
{
    const int former = ::dup(STDOUT_FILENO);
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    int code = -1;
    {
        Program program(httpOptions(1), {}, m_secrets);
        if (!program.start())
            code = runSteps({}); // the first line ends it
    }
    ::dup2(former, STDOUT_FILENO);
    ::close(former);
    ::close(ends[1]);
    QCOMPARE(code, 0);
}

void ProgramTest::aSavedTokenIsUsed()
{
    const auto relay = embedded::EmbeddedRelay::start(0, false);
    QVERIFY(relay);
    Options options = httpOptions(1);
    options.tunnel.server = (*relay)->url();
    {
        Program program(options, {}, m_secrets); // nothing is saved yet
        QVERIFY(!program.start());
        QCOMPARE(runSteps({}), static_cast<int>(ExitCode::Unauthorized));
    }
    m_secrets.set(settings::secretAccount((*relay)->url()), settings::Secret((*relay)->token().reveal()));
    const CapturedStdout captured;
    Program program(options, {}, m_secrets);
    QVERIFY(!program.start());
    const int code = runSteps(
        {[&] { return !captured.event(QStringLiteral("online")).isEmpty(); }, [] { return ::raise(SIGTERM) == 0; }});
    QCOMPARE(code, 0);
}

void ProgramTest::aGivenTokenComesFirst()
{
    const auto relay = embedded::EmbeddedRelay::start(0, false);
    QVERIFY(relay);
    Options options = httpOptions(1);
    options.tunnel.server = (*relay)->url();
    m_secrets.set(settings::secretAccount((*relay)->url()), settings::Secret((*relay)->token().reveal()));
    Program program(options, "a-wrong-one", m_secrets);
    QVERIFY(!program.start());
    QCOMPARE(runSteps({}), static_cast<int>(ExitCode::Unauthorized));
}

void ProgramTest::aKeychainThatDoesNotAnswerCanBeInterrupted()
{
    class Silent : public settings::SessionSecretStore {
    public:
        void read(const QString &, QObject *, ReadDone) override {}
    } silent;
    Options options = httpOptions(1);
    options.tunnel.server = QUrl(QStringLiteral("https://relay.invalid"));
    const CapturedStdout captured;
    Program program(options, {}, silent);
    QVERIFY(!program.start());
    QCOMPARE(runSteps({[] { return ::raise(SIGINT) == 0; }}), 0);
    QVERIFY(!captured.event(QStringLiteral("stopped")).isEmpty());
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
