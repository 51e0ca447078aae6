#include "client/replay_head.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <QTest>

using namespace client;
using wire::BodyKind;

namespace {

ReplayRequest requestOf(const char *method, wire::HeaderList headers = {}, const QByteArray &body = {})
{
    ReplayRequest request;
    request.head.method = method;
    request.head.uri = "/a?b=c";
    request.head.headers = std::move(headers);
    request.body = body;
    request.target.port = 3000;
    return request;
}

} // namespace

class ReplayHeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fitsTheBody_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("recordedLength");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("sized");
        QTest::addColumn<QByteArray>("length");
        const auto row = [](const char *name, const char *method, const char *recorded, const char *body, bool sized,
                            const char *length) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(recorded) << QByteArray(body) << sized
                                << QByteArray(length);
        };
        row("no body", "GET", "", "", false, "(absent)");
        row("a removed body", "DELETE", "7", "", false, "(absent)");
        row("an empty body of a POST", "POST", "7", "", true, "0");
        row("an empty body of a PUT", "PUT", "", "", true, "0");
        row("another body", "POST", "7", "hello", true, "5");
        row("a body that was chunked", "PATCH", "", "hello", true, "5");
        row("a body where none is usual", "GET", "", "hello", true, "5");
    }
    void fitsTheBody()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, recordedLength);
        QFETCH(QByteArray, body);
        auto request = requestOf(method.constData(), {{"X-A", "1"}}, body);
        request.head.body = BodyKind::Unknown;
        if (!recordedLength.isEmpty())
            request.head.headers.push_back({"content-length", recordedLength.toStdString()});
        const auto head = replayHead(request);
        QVERIFY(head.has_value());
        QTEST(head->body == BodyKind::Sized, "sized");
        const auto length = wire::findHeader(head->headers, "content-length").value_or("(absent)");
        QTEST(QByteArray(length.data(), qsizetype(length.size())), "length");
        QVERIFY(wire::checkFraming(*head).has_value());
        QCOMPARE(head->headers[0], (wire::Header{"X-A", "1"}));
    }

    void severalLengthsBecomeOne()
    {
        const auto head = replayHead(requestOf("POST", {{"Content-Length", "1"}, {"Content-Length", "2"}}, "hello"));
        QVERIFY(head.has_value());
        QCOMPARE(head->headers, (wire::HeaderList{{"Content-Length", "5"}}));
    }

    void drawsAnIdWhereThereIsNone()
    {
        auto request = requestOf("GET");
        QVERIFY(wire::isRequestId(replayHead(request)->requestId));
        request.head.requestId = wire::drawRequestId();
        QCOMPARE(replayHead(request)->requestId, request.head.requestId);
    }

    void refusesWhatCannotBeSent_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("told");
        const auto row = [](const char *what, const char *method, const char *uri, const char *name, const char *value,
                            const char *told) {
            QTest::newRow(what) << QByteArray(method) << QByteArray(uri) << QByteArray(name) << QByteArray(value)
                                << QByteArray(told);
        };
        row("method", "GE T", "/", "X", "1", "method");
        row("no target", "GET", "", "X", "1", "target");
        row("a space in the target", "GET", "/a b", "X", "1", "target");
        row("field name", "GET", "/", "X Y", "1", "field name");
        row("field value", "GET", "/", "X", "1\r\nHost: evil", "control character");
        row("upgrade", "GET", "/", "Upgrade", "websocket", "Upgrade");
        row("transfer-encoding", "POST", "/", "transfer-encoding", "chunked", "Transfer-Encoding");
    }
    void refusesWhatCannotBeSent()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, uri);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, told);
        auto request = requestOf(method.constData(), {{name.toStdString(), value.toStdString()}});
        request.head.uri = uri.toStdString();
        const auto head = replayHead(request);
        QVERIFY(!head.has_value());
        QCOMPARE(head.error().code, wire::Code::InvalidRequest);
        QVERIFY2(head.error().message.find(told.toStdString()) != std::string::npos, head.error().message.c_str());
    }

    void refusesRecordedUpgrades()
    {
        auto request = requestOf("GET");
        request.head.upgrade = "websocket";
        QVERIFY(!replayHead(request).has_value());
    }

    void aRequestTooLargeIsInvalidToo()
    {
        const auto head = replayHead(requestOf("GET", {{"X", std::string(wire::kMaxHeadBytes, 'x')}}));
        QVERIFY(!head.has_value());
        QCOMPARE(head.error().code, wire::Code::InvalidRequest);
    }

    void alwaysHasAHost()
    {
        auto request = requestOf("GET");
        QCOMPARE(replayHostField(request).value_or(""), std::string("localhost:3000"));
        request.target.hostHeader = HostHeader::Preserve;
        QCOMPARE(replayHostField(request).value_or(""), std::string("localhost:3000"));
        request.head.headers = {{"host", "shop.example"}};
        QVERIFY(!replayHostField(request)); // its own
        request.target.hostHeader = HostHeader::Custom;
        request.target.customHost = QStringLiteral("custom.test");
        QCOMPARE(replayHostField(request).value_or(""), std::string("custom.test"));
    }
};

QTEST_GUILESS_MAIN(ReplayHeadTest)
#include "replay_head_test.moc"
