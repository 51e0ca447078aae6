#include "traffic/body_type.h"

#include <QTest>

using traffic::BodyType;
using traffic::bodyType;

class BodyTypeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsContentType_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<int>("type");
        const auto row = [](const char *field, BodyType type) {
            QTest::newRow(field) << QByteArray(field) << int(type);
        };
        row("application/json", BodyType::Json);
        row("Application/JSON; charset=utf-8", BodyType::Json);
        row("application/problem+json", BodyType::Json);
        row("application/vnd.api+json;v=1", BodyType::Json);
        row("application/xml", BodyType::Xml);
        row("application/atom+xml", BodyType::Xml);
        row("text/html", BodyType::Html);
        row("application/xhtml+xml", BodyType::Html);
        row("text/css", BodyType::Css);
        row("text/javascript", BodyType::JavaScript);
        row("application/javascript ; charset=x", BodyType::JavaScript);
        row("application/x-www-form-urlencoded", BodyType::Form);
        row("image/png", BodyType::Image);
        row("image/svg+xml", BodyType::Image);
        row("text/plain", BodyType::Text);
        row("text/event-stream", BodyType::Text);
        row("application/x-ndjson", BodyType::Text);
        row("application/pdf", BodyType::Binary);
        row("video/mp4", BodyType::Binary);
    }
    void readsContentType()
    {
        QFETCH(QByteArray, field);
        QFETCH(int, type);
        QCOMPARE(int(bodyType(field.toStdString(), "a body")), type);
    }

    void looksAtTheBytesWhereTheFieldSaysNothing_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("type");
        const auto row = [](const char *name, const QByteArray &body, BodyType type) {
            QTest::newRow(name) << body << int(type);
        };
        row("json", "\n{\"a\": [1, 2]}", BodyType::Json);
        row("long json", "[" + QByteArray("\"\xc3\xa9\",").repeated(1000) + "1]", BodyType::Json);
        row("log", "[2024-01-01] started", BodyType::Text);
        row("html", "  <!DOCTYPE HTML><p>x", BodyType::Html);
        row("html without doctype", "<h1>Hello</h1>", BodyType::Html);
        row("xml", "<?xml version='1.0'?><a/>", BodyType::Xml);
        row("svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", BodyType::Image);
        row("png", "\x89PNG\r\n\x1a\n\x00\x00", BodyType::Image);
        row("jpeg", "\xff\xd8\xff\xe0 JFIF", BodyType::Image);
        row("gif", "GIF89a", BodyType::Image);
        row("webp", QByteArray("RIFF\0\0\0\0WEBPVP8 ", 16), BodyType::Image);
        row("not webp", QByteArray("RIFF\0\0", 6), BodyType::Binary);
        row("text", "hello\tworld\r\n", BodyType::Text);
        row("coloured log", "\x1b[31merror\x1b[0m", BodyType::Text);
        row("utf-16", QByteArray("\xff\xfeh\0i\0", 6), BodyType::Text);
        row("zeros", QByteArray(10, '\0'), BodyType::Binary);
        row("one byte", "\x01", BodyType::Binary);
    }
    void looksAtTheBytesWhereTheFieldSaysNothing()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, type);
        for (const char *field : {"", "application/octet-stream", "application/x-unheard-of", "nonsense", "*/*"})
            QCOMPARE(int(bodyType(field, body)), type);
    }

    void nothingIsEmptyWhateverItClaims()
    {
        QCOMPARE(bodyType("application/json", {}), BodyType::Empty);
        QCOMPARE(bodyType("", {}), BodyType::Empty);
    }
};

QTEST_GUILESS_MAIN(BodyTypeTest)
#include "body_type_test.moc"
