#include "core/traffic/all_bytes.h"
#include "traffic/har_body.h"

#include <QTest>

class HarBodyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bodiesComeBack_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("text");
        QTest::newRow("text") << QByteArray("Grüße\r\n\t\x01") << true;
        QTest::newRow("nothing") << QByteArray() << true;
        QTest::newRow("a NUL") << QByteArray("a\0b", 3) << true;
        QTest::newRow("a noncharacter") << QByteArray("\xef\xbf\xbf") << true;
        QTest::newRow("all bytes") << support::allBytes() << false;
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbfx") << false;
        QTest::newRow("Latin-1") << QByteArray("Gr\xfc\xdf"
                                               "e")
                                 << false;
    }
    void bodiesComeBack()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, text);
        const auto encoding = QStringLiteral("encoding");
        QJsonObject object;
        traffic::putHarBody(object, body, encoding);
        QCOMPARE(object.contains(encoding), !text);
        const auto back = traffic::harBody(object.value(u"text").toString(), object.value(encoding).toString());
        QVERIFY(back);
        QCOMPARE(*back, body);
    }

    void whatCannotBeReadIsSaid()
    {
        for (const char *bad : {"a", "abc=d", "&&&&", "abc\xc3\xa9"})
            QVERIFY2(!traffic::harBody(QString::fromUtf8(bad), QStringLiteral("base64")), bad);
        const auto unknown = traffic::harBody(QStringLiteral("x"), QStringLiteral("base32"));
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.find("base32") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(HarBodyTest)
#include "har_body_test.moc"
