#include "discovery/page_answer.h"

#include <QTest>

using discovery::isAnswerEnough;
using discovery::looksLikeTls;
using discovery::parsePageAnswer;

class PageAnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<uint>("status");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const QByteArray &received, uint status, const char *title) {
            QTest::newRow(name) << received << status << QString::fromUtf8(title);
        };
        row("page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: x\r\n\r\n<title>Shop</title>", 200, "Shop");
        row("latin-1", "HTTP/1.0 200 OK\r\ncontent-type: text/html; charset=\"iso-8859-1\"; x=y\r\n\r\n<title>Caf\xe9",
            200, "Café");
        row("xhtml", "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\n<title>X</title>", 200, "X");
        row("no type", "HTTP/1.1 200 OK\r\n\r\n<title>Y</title>", 200, "Y");
        row("json",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer: uvicorn\r\n\r\n{\"a\":\"<title>z</title>\"}",
            200, "uvicorn");
        row("not found", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<title>404 Not Found</title>", 404,
            "404 Not Found");
        row("redirect", "HTTP/1.1 302 Found\r\nServer: nginx\r\n\r\n<title>302 Found</title>", 302, "nginx");
        row("nothing to tell", "HTTP/1.1 204 No Content\r\n\r\n", 204, "");
        row("head not over", "HTTP/1.1 200 OK\r\nServer: slow\r\nContent-Ty", 200, "slow");
        row("start line only", "HTTP/1.1 200", 200, "");
        row("bare line feeds", "HTTP/1.0 200 OK\nServer: old\n\n<title>x</title>", 200, "old");
        row("hostile server", "HTTP/1.1 200 OK\r\nServer: a\x1b[2J\x07\r\n\r\n", 200, "a[2J");
    }
    void reads()
    {
        QFETCH(QByteArray, received);
        const auto answer = parsePageAnswer(received);
        QVERIFY(answer.http);
        QTEST(answer.status, "status");
        QTEST(answer.title, "title");
    }

    void isNotHttp()
    {
        for (const char *received :
             {"", "H", "HTTP/1.1", "HTTP/1.1 abc", "HTTP/1.1 099 x", "HTTP/2 200", "SSH-2.0-OpenSSH_9.2\r\n",
              "-ERR unknown command\r\n", "\x15\x03\x01\x00\x02\x02\x16", "<title>HTTP/1.1 200</title>"}) {
            const auto answer = parsePageAnswer(received);
            QVERIFY2(!answer.http && answer.status == 0 && answer.title.isEmpty(), received);
        }
    }

    void knowsWhenItHasEnough()
    {
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
        QVERIFY(!isAnswerEnough(""));
        QVERIFY(!isAnswerEnough("HTT"));
        QVERIFY(!isAnswerEnough(head.chopped(2)));
        QVERIFY(!isAnswerEnough(head));
        QVERIFY(!isAnswerEnough(head + "<title>x"));
        QVERIFY(isAnswerEnough(head + "<title>x</TITLE>"));
        QVERIFY(isAnswerEnough("HTTP/1.1 301 Moved\r\n\r\n"));
        QVERIFY(isAnswerEnough("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"));
        QVERIFY(isAnswerEnough("SSH-2.0-"));
        QVERIFY(isAnswerEnough("\x15\x03\x03\x01\x02"));
    }

    void knowsTls()
    {
        QVERIFY(looksLikeTls("\x15\x03\x01\x02\x02"));
        QVERIFY(looksLikeTls("\x16\x03"));
        QVERIFY(!looksLikeTls("\x15"));
        QVERIFY(!looksLikeTls("HTTP/1.1 400 Bad Request"));
        QVERIFY(!looksLikeTls(""));
    }
};

QTEST_GUILESS_MAIN(PageAnswerTest)
#include "page_answer_test.moc"
