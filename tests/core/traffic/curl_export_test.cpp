#include "core/traffic/all_bytes.h"
#include "support/raw_origin.h"
#include "traffic/curl_export.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using support::allBytes;
using support::RawOrigin;
using traffic::curlCommand;
using traffic::Exchange;
using traffic::Redact;

namespace {

Exchange recorded(const char *method, wire::HeaderList headers, const QByteArray &body = {})
{
    auto head = std::make_shared<wire::RequestHead>();
    head->method = method;
    head->headers = std::move(headers);
    Exchange exchange;
    exchange.summary.method = QString::fromLatin1(method);
    exchange.request = head;
    exchange.requestBody = body;
    return exchange;
}

// Answers when the whole request came. Chunked requests would hang: curl must not send them here.
void answer(RawOrigin::Client &client)
{
    const auto end = client.received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const auto head = client.received.first(end).toLower();
    const auto at = head.indexOf("\r\ncontent-length: ");
    const auto length = at < 0 ? 0 : head.sliced(at + 18).split('\r').first().toLongLong();
    if (client.received.size() < end + 4 + length)
        return;
    client.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    client.socket->disconnectFromHost();
}

// What arrives at a service when a shell runs the command.
class Sent {
public:
    Sent(const char *shell, const Exchange &exchange, const QByteArray &target, Redact redact = Redact::Nothing)
    {
        RawOrigin origin(answer);
        const auto url = QStringLiteral("http://127.0.0.1:%1").arg(origin.port()) + QString::fromUtf8(target);
        m_command = curlCommand(exchange, url, redact);
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setWorkingDirectory(m_folder.path());
        process.start(QString::fromLatin1(shell), {QStringLiteral("-s")});
        process.write(m_command.toUtf8() + '\n');
        process.closeWriteChannel();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(process.state() == QProcess::NotRunning, 20'000); }();
        m_complaints = process.readAllStandardError();
        m_exitCode = process.exitCode();
        m_connections = origin.connectionCount();
        const auto received = origin.received();
        const auto end = received.indexOf("\r\n\r\n");
        m_lines = received.first(std::max<qsizetype>(end, 0)).split('\n');
        for (auto &line : m_lines)
            line = line.endsWith('\r') ? line.chopped(1) : line;
        body = end < 0 ? QByteArray() : received.sliced(end + 4);
    }

    [[nodiscard]] bool isClean() const { return m_exitCode == 0 && m_connections == 1; }
    [[nodiscard]] QByteArray startLine() const { return m_lines.value(0); }
    // Without Host, which is the URL's, and Content-Length, which is the body's.
    [[nodiscard]] QByteArrayList fields() const
    {
        auto fields = m_lines.mid(1);
        fields.removeIf(
            [](const auto &line) { return line.startsWith("Host: ") || line.startsWith("Content-Length: "); });
        return fields;
    }
    [[nodiscard]] QByteArray field(const char *name) const
    {
        for (const auto &line : m_lines)
            if (line.startsWith(name))
                return line;
        return {};
    }
    [[nodiscard]] QString told() const
    {
        return QStringLiteral("exit code %1, %2 connections, %3\n%4")
            .arg(m_exitCode)
            .arg(m_connections)
            .arg(QString::fromUtf8(m_complaints), m_command);
    }

    QByteArray body;

private:
    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment made; // no proxy, no .curlrc
        made.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        made.insert(QStringLiteral("HOME"), m_folder.path());
        made.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        return made;
    }

    QTemporaryDir m_folder;
    QString m_command;
    QByteArray m_complaints;
    QByteArrayList m_lines;
    qsizetype m_connections = 0;
    int m_exitCode = -1;
};

} // namespace

class CurlExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWell()
    {
        const auto exchange = recorded("POST",
                                       {{"Host", "shop.example"},
                                        {"User-Agent", "Stripe/1.0"},
                                        {"Accept", "*/*"},
                                        {"Content-Type", "application/json"},
                                        {"Content-Length", "13"},
                                        {"Authorization", "Bearer sk_live_1"}},
                                       "{\"id\": \"it's\"}");
        QCOMPARE(curlCommand(exchange, QStringLiteral("https://shop.example/hook?id=1")),
                 QStringLiteral("curl 'https://shop.example/hook?id=1' \\\n"
                                "  -H 'User-Agent: Stripe/1.0' \\\n"
                                "  -H 'Accept: */*' \\\n"
                                "  -H 'Content-Type: application/json' \\\n"
                                "  -H 'Authorization: Bearer REDACTED' \\\n"
                                "  --data-raw '{\"id\": \"it'\\''s\"}'"));
        QVERIFY(
            curlCommand(exchange, QStringLiteral("https://h/"), Redact::Nothing).contains(QStringLiteral("sk_live_1")));
    }

    void hidesSecretsUnlessAsked()
    {
        const auto exchange = recorded(
            "GET", {{"Cookie", "session=s3cret1"}, {"X-Api-Key", "s3cret2"}, {"Proxy-Authorization", "Basic s3cret3"}});
        const auto url = QStringLiteral("https://h/?access_token=s3cret4&page=2");
        QVERIFY(!curlCommand(exchange, url).contains(QStringLiteral("s3cret")));
        QVERIFY(curlCommand(exchange, url).contains(QStringLiteral("page=2")));
        QCOMPARE(curlCommand(exchange, url, Redact::Nothing).count(QStringLiteral("s3cret")), 4);
    }

    void hidesSecretsOfForms()
    {
        const auto exchange = recorded("POST", {{"Content-Type", "application/x-www-form-urlencoded"}},
                                       "user=ann&password=s3cret1&page=2");
        const auto url = QStringLiteral("https://h/login");
        QVERIFY(curlCommand(exchange, url).endsWith(QStringLiteral("--data-raw 'user=ann&password=REDACTED&page=2'")));
        QVERIFY(curlCommand(exchange, url, Redact::Nothing).contains(QStringLiteral("password=s3cret1")));
    }

    void writesWhatLittleIsKnown()
    {
        Exchange exchange;
        exchange.summary.method = QStringLiteral("DELETE");
        QCOMPARE(curlCommand(exchange, QStringLiteral("http://h/x")),
                 QStringLiteral("curl 'http://h/x' \\\n  -X 'DELETE'"));
    }

    void sendsTheSame_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArrayList>("fields");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const char *method, const char *target, const QByteArrayList &fields,
                            const QByteArray &body = {}) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(target) << fields << body;
        };
        const QByteArrayList usual{"User-Agent: x", "Accept: text/html"};
        row("get", "GET", "/", usual);
        row("no fields at all", "GET", "/", {});
        row("get with a body", "GET", "/", usual, "q=1");
        row("delete", "DELETE", "/items/1", usual);
        row("strange method", "M'$(id)`!", "/", usual);
        row("options", "OPTIONS", "/", usual);
        row("put", "PUT", "/", {"Content-Type: text/plain"}, "text");
        row("post without content type", "POST", "/", {"Accept: */*"}, "text");
        row("post of nothing", "POST", "/", {"Content-Length: 0", "Accept: */*"});
        row("form", "POST", "/", {"Content-Type: application/x-www-form-urlencoded"}, "a=1&b=%20&c=+");
        row("target for curl's globbing", "GET", "/{a,b}/[1-3]?x[]=1&y={}", usual);
        row("target with dots", "GET", "/a/./b/../c/..", usual);
        row("target for the shell", "GET", "/$HOME/`id`/$(id)?a='b'&c=\"d\";e|f>g!h~i*", usual);
        row("escapes", "GET", "/%7e%2F%zz%?q=%20+", usual);
        row("fields for the shell", "GET", "/",
            {"X-A: it's \"$HOME\" `id` $(id) \\n \\ !x #y", "X-B: -H @/etc/passwd", "X-C: a;b|c&d"});
        row("empty field", "GET", "/", {"X-Empty:", "Accept: a"});
        row("the same field twice", "GET", "/", {"Cookie: a=1", "Cookie: b=2", "cookie: c=3"});
        row("bytes in fields", "GET", "/", {"X-Latin: caf\xe9", "X-Utf: caf\xc3\xa9", "X-Tab: a\tb"});
        row("encodings", "GET", "/", {"Accept-Encoding: gzip, br;q=0.5, zstd"});
        row("expectation", "PUT", "/", {"Content-Type: a/b"}, QByteArray(1'500'000, 'x'));
        row("json in lines", "POST", "/", {"Content-Type: application/json"}, "{\n  \"a\": \"it's 100% \\u00e9\"\n}\n");
        row("body like a file name", "POST", "/", {"Content-Type: a/b"}, "@/etc/passwd");
        row("body like an option", "POST", "/", {"Content-Type: a/b"}, "--help");
        row("crlf", "POST", "/", {"Content-Type: a/b"}, "a\r\nb\r\n");
        row("binary", "POST", "/", {"Content-Type: a/b"}, allBytes() + allBytes());
        row("large text", "POST", "/", {"Content-Type: a/b"}, QByteArray("caf\xc3\xa9 ").repeated(50'000));
        row("large binary", "PATCH", "/", {"Content-Type: a/b"}, allBytes().repeated(3000));
    }
    void sendsTheSame()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArrayList, fields);
        QFETCH(QByteArray, body);
        wire::HeaderList headers{{"Host", "shop.example"}};
        for (const auto &line : fields) {
            const auto colon = line.indexOf(':');
            headers.push_back({line.first(colon).toStdString(), line.sliced(colon + 1).trimmed().toStdString()});
        }
        fields.removeIf([](const auto &line) { return line.startsWith("Content-Length:"); });
        const bool sized = !body.isEmpty() || fields.size() + 1 < qsizetype(headers.size());
        const auto exchange = recorded(method.constData(), headers, body);
        for (const char *shell : {"/bin/sh", "/bin/bash"}) {
            const Sent sent(shell, exchange, target);
            QVERIFY2(sent.isClean(), qPrintable(sent.told().left(3000)));
            QCOMPARE(sent.startLine(), method + ' ' + target + " HTTP/1.1");
            QCOMPARE(sent.fields(), fields);
            QVERIFY(sent.body == body);
            QCOMPARE(sent.field("Content-Length: "),
                     sized ? "Content-Length: " + QByteArray::number(body.size()) : QByteArray());
        }
    }

    void escapesWhatIsNotAscii() // curl does
    {
        const Sent sent("/bin/sh", recorded("GET", {}), "/caf\xc3\xa9");
        QCOMPARE(sent.startLine(), "GET /caf%c3%a9 HTTP/1.1");
    }

    void asksForTheHead()
    {
        const Sent sent("/bin/sh", recorded("HEAD", {{"Accept", "*/*"}, {"User-Agent", "x"}}), "/");
        QVERIFY2(sent.isClean(), qPrintable(sent.told()));
        QCOMPARE(sent.startLine(), "HEAD / HTTP/1.1");
    }
};

QTEST_GUILESS_MAIN(CurlExportTest)
#include "curl_export_test.moc"
