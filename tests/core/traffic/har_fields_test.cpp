#include "traffic/har_fields.h"

#include <QJsonDocument>
#include <QTest>

using traffic::HarFields;

namespace {

constexpr QLatin1String kName("a");

QJsonObject parsed(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class HarFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void missingAndNullReadAsEmpty()
    {
        for (const char *json : {"{}", R"({"a":null})"}) {
            QString fault;
            HarFields fields(parsed(json), {}, fault);
            QCOMPARE(fields.text(kName), QString());
            QVERIFY(!fields.number(kName));
            QVERIFY(fields.objects(kName, 9).isEmpty());
            QCOMPARE(fields.object(kName).text(kName), QString());
            QCOMPARE(fault, QString());
            QCOMPARE(fields.needText(kName), QString());
            QCOMPARE(fault, QStringLiteral("“a” is missing"));
        }
    }

    void theFirstWrongTypeIsTheFault()
    {
        QString fault;
        HarFields fields(parsed(R"({"a":{"a":[{"a":"x"},{"a":1}]},"b":true})"), {}, fault);
        auto list = fields.object(kName).objects(kName, 9);
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0].text(kName), QStringLiteral("x"));
        QCOMPARE(fault, QString());
        QCOMPARE(list[1].text(kName), QString());
        QCOMPARE(fault, QStringLiteral("“a.a[1].a” is a number instead of a text"));
        QVERIFY(!fields.number(QLatin1String("b")));
        QCOMPARE(fault, QStringLiteral("“a.a[1].a” is a number instead of a text"));
    }

    void elementsMustBeObjects()
    {
        QString fault;
        HarFields fields(parsed(R"({"a":[1]})"), QStringLiteral("log"), fault);
        QCOMPARE(fields.objects(kName, 9).size(), 1);
        QCOMPARE(fault, QStringLiteral("“log.a[0]” is a number instead of an object"));
    }

    void noMoreObjectsThanAskedFor()
    {
        QString fault;
        HarFields fields(parsed(R"({"a":[{"a":"x"},{},{}]})"), {}, fault);
        auto list = fields.objects(kName, 1);
        QCOMPARE(list.size(), 1);
        QCOMPARE(list[0].text(kName), QStringLiteral("x"));
        QCOMPARE(fault, QString());
    }
};

QTEST_GUILESS_MAIN(HarFieldsTest)
#include "har_fields_test.moc"
