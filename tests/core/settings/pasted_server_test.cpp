#include "settings/pasted_server.h"
#include "wire/limits.h"

#include <QTest>

using namespace settings;

namespace {

const QByteArray kJwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
const QByteArray kPlain = "token-0123456789-abcdefghijklmnop";
const QByteArray kRelay = "https://relay.example.com";

} // namespace

class PastedServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void PastedServerTest::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("token");
    const QByteArray none;
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &server, const QByteArray &token) {
        QTest::newRow(name) << text << server << token;
    };
    row("a JWT", kJwt, none, kJwt);
    row("what token create prints", kJwt + "\n", none, kJwt);
    row("another token", "  " + kPlain + "\r\n", none, kPlain);
    row("in quotes", "\"" + kPlain + "\"", none, kPlain);
    row("bearer", "Bearer " + kPlain, none, kPlain);
    row("small bearer", "bearer  " + kJwt, none, kJwt);
    row("a header", "Authorization: Bearer " + kJwt, none, kJwt);
    row("a header of curl", "curl -H 'Authorization: Bearer " + kJwt + "'", none, kJwt);
    row("a variable", "TUNNEL_TOKEN=" + kPlain, none, kPlain);
    row("exported", "export TUNNEL_TOKEN='" + kPlain + "'", none, kPlain);
    row("a short variable", QByteArray("TUNNEL_TOKEN=s3cret"), none, QByteArray("s3cret"));
    row("with an equals sign", "TUNNEL_TOKEN=abc=def==", none, QByteArray("abc=def=="));
    row("before a command", "TUNNEL_TOKEN=" + kPlain + " ttf http 3000 --relay " + kRelay, kRelay, kPlain);
    row("a command", "ttf http 3000 --relay " + kRelay + " --token " + kJwt, kRelay, kJwt);
    row("with equals signs", "ttf http 3000 --token=" + kPlain + " --relay=" + kRelay, kRelay, kPlain);
    row("of several lines", "ttf http 3000 \\\n  --relay '" + kRelay + "' \\\n  --token " + kJwt, kRelay, kJwt);
    row("the earlier form", "ttf -e wss://abc.example.com/prod -t " + kPlain + " -p 3000",
        QByteArray("wss://abc.example.com/prod"), kPlain);
    row("a token file", "ttf http 3000 --relay " + kRelay + " --token-file relay-token-of-mine", kRelay, none);
    row("JSON", R"({"url": "https://relay.example.com", "token": ")" + kPlain + "\"}", kRelay, kPlain);
    row("nested JSON", R"({"tunnel":{"server":"https://relay.example.com","auth":{"token":")" + kJwt + "\"}}}", kRelay,
        kJwt);
    row("JSON with a header", R"({"Authorization": "Bearer )" + kJwt + "\"}", none, kJwt);
    row("TOML", "# mine\nserver = \"" + kRelay + "\"\ntoken = \"" + kPlain + "\"\n", kRelay, kPlain);
    row("a file of tunnels", "server = \"" + kRelay + "\" # the default\ntoken_file = \"relay.token\"\n", kRelay, none);
    row("YAML", "url: " + kRelay + "\ntoken: " + kPlain, kRelay, kPlain);
    row("an address", kRelay, kRelay, none);
    row("an address and a token", kRelay + "\n" + kPlain, kRelay, kPlain);
    row("a sentence around it", "Use <" + kRelay + "> with this token: " + kJwt, kRelay, kJwt);
    row("a sentence with a JWT", "here is yours " + kJwt + " have fun", none, kJwt);
    row("the same one twice", kJwt + "\n" + kJwt, none, kJwt);
}

void PastedServerTest::reads()
{
    QFETCH(const QByteArray, text);
    const auto pasted = readPastedServer(text.toStdString());
    QVERIFY2(pasted.has_value(), pasted ? "" : pasted.error().message.c_str());
    QTEST(pasted->server.toEncoded(), "server");
    QTEST(pasted->token.reveal(), "token");
}

void PastedServerTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("nothing") << QByteArray() << QByteArray("no text");
    QTest::newRow("blanks") << QByteArray(" \n\t ") << QByteArray("no text");
    QTest::newRow("a book") << QByteArray(int(wire::kMaxPastedBytes) + 1, 'x') << QByteArray("too long");
    QTest::newRow("a word") << QByteArray("hello") << QByteArray("neither a token nor");
    QTest::newRow("a sentence") << QByteArray("buy milk, bread and twelve-very-fresh-eggs") << QByteArray("neither");
    QTest::newRow("other JSON") << QByteArray(R"({"name": "shop"})") << QByteArray("neither");
    QTest::newRow("deep JSON") << QByteArray(5000, '[') << QByteArray("neither");
    QTest::newRow("an empty variable") << QByteArray("TUNNEL_TOKEN=") << QByteArray("neither");
    QTest::newRow("bytes") << QByteArray("token: \xff\xfe\x01\x02") << QByteArray("is not one");
    QTest::newRow("a page's address") << QByteArray("https://relay.example.com/docs?page=2") << QByteArray("address");
    QTest::newRow("a password in the address")
        << QByteArray("--relay https://me:pw@relay.example.com") << QByteArray("address");
    QTest::newRow("two tokens") << kJwt + " " + kJwt + "x" << QByteArray("two tokens");
}

void PastedServerTest::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, why);
    const auto pasted = readPastedServer({text.constData(), std::size_t(text.size())});
    QVERIFY(!pasted);
    const auto sentence = QByteArray::fromStdString(pasted.error().message);
    QVERIFY2(sentence.contains(why), sentence.constData());
    QVERIFY(text.trimmed().size() < 8 || !sentence.contains(text.trimmed()));
}

QTEST_GUILESS_MAIN(PastedServerTest)
#include "pasted_server_test.moc"
