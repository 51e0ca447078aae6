#include "client/request_body.h"

#include <QTest>

using client::RequestBody;
using wire::BodyKind;
using wire::Code;

class RequestBodyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsASizedBody()
    {
        RequestBody body(BodyKind::Sized, 5);
        QVERIFY(!body.complete());
        QCOMPARE(*body.frame("abc"), std::string_view("abc"));
        QVERIFY(!body.complete());
        QCOMPARE(*body.frame("de"), std::string_view("de"));
        QVERIFY(body.complete());
        QCOMPARE(*body.finish({}), std::string_view());
    }

    void chunksABodyOfUnknownLength()
    {
        RequestBody body(BodyKind::Unknown, 0);
        QCOMPARE(*body.frame("hello world, hello"), std::string_view("12\r\nhello world, hello\r\n"));
        QVERIFY(!body.complete());
        QCOMPARE(*body.finish({{"X-Sum", "1"}}), std::string_view("0\r\nX-Sum: 1\r\n\r\n"));
        QVERIFY(body.complete());
    }

    void neverSendsAnEmptyChunk()
    {
        RequestBody body(BodyKind::Unknown, 0);
        QCOMPARE(*body.frame(""), std::string_view());
    }

    void refusesMoreThanAnnounced()
    {
        RequestBody body(BodyKind::Sized, 2);
        QCOMPARE(body.frame("abc").error().code, Code::InvalidRequest);
        RequestBody none(BodyKind::None, 0);
        QVERIFY(none.complete());
        QCOMPARE(none.frame("GET /smuggled HTTP/1.1").error().code, Code::InvalidRequest);
    }

    void refusesLessThanAnnounced()
    {
        RequestBody body(BodyKind::Sized, 2);
        QVERIFY(body.frame("a").has_value());
        QCOMPARE(body.finish({}).error().code, Code::InvalidRequest);
    }

    void refusesBytesAfterTheEnd()
    {
        RequestBody body(BodyKind::Unknown, 0);
        QVERIFY(body.finish({}).has_value());
        QCOMPARE(body.frame("a").error().code, Code::InvalidRequest);
    }
};

QTEST_APPLESS_MAIN(RequestBodyTest)
#include "request_body_test.moc"
