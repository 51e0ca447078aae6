#include "traffic/request_draft.h"

#include <QTest>

using client::HostHeader;
using client::LocalTarget;
using traffic::draftFrom;
using traffic::DraftHeader;
using traffic::Exchange;
using traffic::RequestDraft;
using traffic::toReplay;

namespace {

LocalTarget service(bool tls = false, const QString &host = QStringLiteral("localhost"), quint16 port = 3000)
{
    LocalTarget target;
    target.tls = tls;
    target.host = host;
    target.port = port;
    return target;
}

Exchange recorded(wire::HeaderList headers, const char *uri = "/hook?id=1", const char *method = "POST")
{
    auto head = std::make_shared<wire::RequestHead>();
    head->method = method;
    head->uri = uri;
    head->headers = std::move(headers);
    Exchange exchange;
    exchange.request = head;
    exchange.requestBody = "a=1";
    return exchange;
}

RequestDraft draft(const QList<DraftHeader> &headers = {}, const QString &method = QStringLiteral("GET"),
                   const QString &url = QStringLiteral("http://localhost:3000/"))
{
    return {method, url, headers, {}};
}

DraftHeader header(const char *name, const char *value, bool enabled = true)
{
    return {enabled, QString::fromUtf8(name), QString::fromUtf8(value)};
}

QString refusal(const RequestDraft &made)
{
    const auto request = toReplay(made, service());
    return request ? QStringLiteral("sent") : QString::fromStdString(request.error().message);
}

} // namespace

class RequestDraftTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWasRecorded()
    {
        const auto made = draftFrom(recorded({{"Host", "shop.example"},
                                              {"X-Name", "caf\xe9"},
                                              {"Cookie", "a=1"},
                                              {"content-LENGTH", "3"},
                                              {"cookie", "b=2"}}),
                                    service());
        QCOMPARE(made.method, QStringLiteral("POST"));
        QCOMPARE(made.url, QStringLiteral("http://localhost:3000/hook?id=1"));
        QCOMPARE(made.body, "a=1");
        QCOMPARE(made.headers, (QList<DraftHeader>{header("Host", "shop.example"), header("X-Name", "café"),
                                                   header("Cookie", "a=1"), header("cookie", "b=2")}));
    }

    void showsTheRowWhereNothingWasRecorded()
    {
        Exchange exchange;
        exchange.summary.method = QStringLiteral("DELETE");
        exchange.summary.target = QStringLiteral("/x");
        QCOMPARE(draftFrom(exchange, service(true, QStringLiteral("::1"), 443)),
                 draft({}, QStringLiteral("DELETE"), QStringLiteral("https://[::1]/x")));
    }

    // Unedited, the same bytes go out again.
    void sendsAgainByteForByte_data()
    {
        QTest::addColumn<QByteArray>("uri");
        for (const char *uri :
             {"/", "/a//b/./../c?x=%2f%2F+%zz&&y", "//", "/?", "/{}|\\^`\"<>", "/a;b=c:d@e", "/*", "/%00%0d%0a"})
            QTest::newRow(uri) << QByteArray(uri);
    }
    void sendsAgainByteForByte()
    {
        QFETCH(QByteArray, uri);
        const wire::HeaderList headers{{"Host", "shop.example"}, {"X-Name", "caf\xe9"}, {"A", ""}, {"a", "x\ty"}};
        const auto exchange = recorded(headers, uri.constData());
        const auto request = toReplay(draftFrom(exchange, service()), service());
        QVERIFY2(request.has_value(), request ? "" : request.error().message.c_str());
        QCOMPARE(request->head.method, "POST");
        QCOMPARE(QByteArray::fromStdString(request->head.uri), uri);
        QVERIFY(request->head.headers == headers);
        QCOMPARE(request->body, "a=1");
        QCOMPARE(request->target, service());
    }

    void escapesWhatIsNotAscii()
    {
        QCOMPARE(draftFrom(recorded({}, "/caf\xe9/%20"), service()).url,
                 QStringLiteral("http://localhost:3000/caf%E9/%20"));
        Exchange exchange;
        exchange.summary.target = QStringLiteral("/café");
        QCOMPARE(draftFrom(exchange, service()).url, QStringLiteral("http://localhost:3000/caf%C3%A9"));
        const auto typed =
            toReplay(draft({}, QStringLiteral("GET"), QStringLiteral("http://localhost:3000/größe?q=€")), service());
        QCOMPARE(typed.value().head.uri, "/gr%C3%B6%C3%9Fe?q=%E2%82%AC");
    }

    void asksForTheWholeServer()
    {
        const auto made = draftFrom(recorded({}, "*", "OPTIONS"), service());
        const auto request = toReplay(made, service());
        QVERIFY(request.has_value());
        QCOMPARE(request->head.uri, "*");
    }

    void keepsTheTunnelsRulesForItsOrigin()
    {
        auto tunnel = service(true, QStringLiteral("App.local"), 8443);
        tunnel.hostHeader = HostHeader::Custom;
        tunnel.customHost = QStringLiteral("shop.example");
        tunnel.verify = client::UpstreamTls::Off;
        const auto targetFor = [&](const char *url) {
            return toReplay(draft({}, QStringLiteral("GET"), QString::fromUtf8(url)), tunnel).value().target;
        };
        QCOMPARE(targetFor("https://app.local:8443/x"), tunnel);
        QCOMPARE(targetFor("https://app.local/"), service(true, QStringLiteral("app.local"), 443));
        QCOMPARE(targetFor("http://app.local:8443/"), service(false, QStringLiteral("app.local"), 8443));
        QCOMPARE(targetFor("https://[::1]:8443/"), service(true, QStringLiteral("::1"), 8443));
    }

    void leavesOutWhatIsNotSent()
    {
        const auto request = toReplay(
            draft({header("X-Off", "1", false), header("", ""), header(" ", " "), header(" X-On ", " 1 "),
                   header("Content-Length", "99"), header("Connection", "keep-alive, X-Gone"), header("X-Gone", "1"),
                   header("Keep-Alive", "5"), header("TE", "trailers, gzip"), header("Not a name", "x", false)}),
            service());
        QVERIFY(request.has_value());
        QVERIFY(request->head.headers == (wire::HeaderList{{"X-On", "1"}, {"TE", "trailers"}}));
    }

    void trimsTheMethod()
    {
        QCOMPARE(toReplay(draft({}, QStringLiteral(" patch ")), service()).value().head.method, "patch");
    }

    void refusesHeaders_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *value, const char *sentence) {
            QTest::newRow(sentence) << QString::fromUtf8(name) << QString::fromUtf8(value)
                                    << QString::fromUtf8(sentence);
        };
        row("", "x", "A header has a value and no name. Name it, or remove the row.");
        row("X Name", "x",
            "“X Name” is not a header name: it has a character other than letters, digits and !#$%&'*+-.^_`|~.");
        row("Näme", "x",
            "“Näme” is not a header name: it has a character other than letters, digits and !#$%&'*+-.^_`|~.");
        row("X-A", "10 €",
            "The value of X-A has “€”, which a header cannot carry. Write it in percent-escapes, or as the "
            "service expects it.");
        row("X-B", "a\r\nEvil: 1", "The value of X-B has a line break or another control character. Remove it.");
        row("Upgrade", "websocket",
            "Requests that ask for another protocol, as WebSockets do, cannot be sent from here. "
            "Turn off Upgrade to send it as plain HTTP.");
        row("transfer-encoding", "chunked",
            "Transfer-Encoding cannot be chosen: the body is sent with its Content-Length. Turn that header off.");
    }
    void refusesHeaders()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QTEST(refusal(draft({{true, name, value}})), "sentence");
    }

    void refusesMethods()
    {
        QCOMPARE(refusal(draft({}, QString())), QStringLiteral("The method is missing: GET, POST or another."));
        QVERIFY(refusal(draft({}, QStringLiteral("GET /"))).startsWith(QStringLiteral("“GET /” is not a method")));
        QVERIFY(refusal(draft({}, QString(33, u'A'))).contains(QStringLiteral("is not a method")));
        QVERIFY(refusal(draft({}, QStringLiteral("CONNECT"))).startsWith(QStringLiteral("CONNECT is for proxies")));
        QVERIFY(
            refusal(draft({}, QStringLiteral("GET"), QStringLiteral("http://h*"))).contains(QStringLiteral("OPTIONS")));
    }

    void refusesUrlsAndTooMuch()
    {
        QCOMPARE(refusal(draft({}, QStringLiteral("GET"), QStringLiteral("ftp://h/"))),
                 QStringLiteral("“ftp://” cannot be sent from here; the URL must begin with http:// or https://."));
        const QList<DraftHeader> many(600, header("X-A", "1"));
        QCOMPARE(refusal(draft(many)), QStringLiteral("The request cannot be sent: more than 512 header fields."));
        QCOMPARE(refusal(draft({{true, QStringLiteral("X-A"), QString(70'000, u'a')}})),
                 QStringLiteral("The request cannot be sent: the head is larger than 65536 bytes."));
    }
};

QTEST_GUILESS_MAIN(RequestDraftTest)
#include "request_draft_test.moc"
