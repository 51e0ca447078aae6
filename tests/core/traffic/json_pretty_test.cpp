#include "traffic/json_pretty.h"
#include "wire/limits.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <nlohmann/json.hpp>

using traffic::isJsonBeginning;
using traffic::prettyJson;

namespace {

QString withoutBlanks(const QString &json)
{
    QString out;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const auto c = json[i];
        if (inString && c == u'\\')
            out += json[i++];
        else if (c == u'"')
            inString = !inString;
        if (inString || !c.isSpace())
            out += json[i];
    }
    return out;
}

QString described(const QString &text)
{
    const auto pretty = prettyJson(text);
    if (pretty)
        return QStringLiteral("valid: ") + *pretty;
    const auto &fault = pretty.error();
    return QStringLiteral("%1:%2 %3").arg(fault.line).arg(fault.column).arg(fault.sentence);
}

// Text that is nearly JSON.
QString nearlyJson(QRandomGenerator &random)
{
    static const QStringList kPieces{
        QStringLiteral("{"),       QStringLiteral("}"),       QStringLiteral("["),     QStringLiteral("]"),
        QStringLiteral(","),       QStringLiteral(":"),       QStringLiteral("\"a\""), QStringLiteral("\"\\u00e9\\n\""),
        QStringLiteral("1"),       QStringLiteral("-0.5e-7"), QStringLiteral("true"),  QStringLiteral("false"),
        QStringLiteral("null"),    QStringLiteral(" "),       QStringLiteral("\n"),    QStringLiteral("0"),
        QStringLiteral("\"\\x\""), QStringLiteral("-"),       QStringLiteral("."),     QStringLiteral("e-")};
    QString text;
    for (auto count = 1 + random.bounded(12); count > 0; --count)
        text += kPieces[random.bounded(int(kPieces.size()))];
    return text;
}

QString validJson(QRandomGenerator &random, int depth = 0)
{
    const auto list = [&](const auto &element) {
        QStringList parts;
        for (auto count = random.bounded(4); count > 0; --count)
            parts += element();
        return parts.join(QStringLiteral(" ,\n"));
    };
    switch (random.bounded(depth > 4 ? 3 : 5)) {
    case 0: return QString::number(random.bounded(2000) - 1000) + QStringLiteral(".250E-3");
    case 1: return QStringLiteral("\"\\\"{[,: \\\\\\u20ac\"");
    case 2: return QStringLiteral("null");
    case 3: return u'[' + list([&] { return validJson(random, depth + 1); }) + u']';
    default:
        return QStringLiteral("{ ") + list([&] { return QStringLiteral("\"k\" : ") + validJson(random, depth + 1); }) +
               u'}';
    }
}

} // namespace

class JsonPrettyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void indents_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pretty");
        const auto row = [](const char *name, const char *text, const char *pretty) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(pretty);
        };
        row("object", "{\"b\":1,\"a\":{\"c\":[true,null]}}",
            "{\n  \"b\": 1,\n  \"a\": {\n    \"c\": [\n      true,\n      null\n    ]\n  }\n}");
        row("empty ones", "{\"a\":{},\"b\":[ ],\"c\":[{}]}",
            "{\n  \"a\": {},\n  \"b\": [],\n  \"c\": [\n    {}\n  ]\n}");
        row("numbers as they are", "[1.0,1e5,-0,12345678901234567890123,0.10E-07]",
            "[\n  1.0,\n  1e5,\n  -0,\n  12345678901234567890123,\n  0.10E-07\n]");
        row("escapes as they are", "[\"\\u00e9é\\/\\ud83d\",\"a\\\\\\\"b\"]",
            "[\n  \"\\u00e9é\\/\\ud83d\",\n  \"a\\\\\\\"b\"\n]");
        row("a name twice", "{\"a\":1,\"a\":2}", "{\n  \"a\": 1,\n  \"a\": 2\n}");
        row("indented already", "{\r\n\t\"a\" :\t1\r\n}\r\n", "{\n  \"a\": 1\n}");
        row("a scalar", " \"x\" ", "\"x\"");
        row("a number", "0", "0");
        row("byte order mark", "\xef\xbb\xbf[]", "[]");
    }
    void indents()
    {
        QFETCH(QString, text);
        QFETCH(QString, pretty);
        QCOMPARE(described(text), QStringLiteral("valid: ") + pretty);
    }

    void tellsTheFirstFault_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char *text, const char *fault) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(fault);
        };
        row("", "1:1 There is no JSON value.");
        row("  \n ", "2:2 There is no JSON value.");
        row("{\n  \"a\": 1,\n  \"b\" 2\n}", "3:7 Expected “:” after the name.");
        row("{\"a\":1,}", "1:8 A “,” before “}” is not allowed.");
        row("[1 2]", "1:4 Expected “,” or “]”.");
        row("{\"a\":1]", "1:7 Expected “,” or “}”.");
        row("[1,,2]", "1:4 Expected a value: a string in double quotes, a number, true, false, null, “{” or “[”.");
        row("{a:1}", "1:2 Expected a name in double quotes.");
        row("['a']", "1:2 A string stands in double quotes in JSON.");
        row("[01]", "1:2 A number must not begin with 0.");
        row("[1.]", "1:4 A digit is missing in this number.");
        row("[-]", "1:3 A digit is missing in this number.");
        row("[1e+]", "1:5 A digit is missing in this number.");
        row("[\"a\nb\"]", "1:4 A line break or control character in a string must be written as an escape.");
        row("[\"a\\q\"]", "1:4 “\\q” is not an escape that JSON knows.");
        row("[\"\\u12g4\"]", "1:3 “\\u” needs four hexadecimal digits.");
        row("[\"abc", "1:2 The closing quote of this string is missing.");
        row("[\"abc\\", "1:2 The closing quote of this string is missing.");
        row("[\"abc\\u12", "1:2 The closing quote of this string is missing.");
        row("{\"a\":[1,\n2", "2:2 The text ends before the JSON value does.");
        row("{\"a\"", "1:5 The text ends before the JSON value does.");
        row("{} {}", "1:4 There is more text after the end of the JSON value.");
        row("{\"a\":1}\n{\"a\":2}\n", "2:1 There is more text after the end of the JSON value.");
        row("nul", "1:1 Expected a value: a string in double quotes, a number, true, false, null, “{” or “[”.");
        row("NaN", "1:1 Expected a value: a string in double quotes, a number, true, false, null, “{” or “[”.");
    }
    void tellsTheFirstFault()
    {
        QFETCH(QString, text);
        QFETCH(QString, fault);
        QCOMPARE(described(text), fault);
    }

    void boundsDepth()
    {
        const auto nested = [](qsizetype depth) { return QString(depth, u'[') + QString(depth, u']'); };
        QVERIFY(prettyJson(nested(qsizetype(wire::kMaxJsonDepth))).has_value());
        QCOMPARE(described(nested(qsizetype(wire::kMaxJsonDepth) + 1)),
                 QStringLiteral("1:257 Nested deeper than 256 levels."));
        QVERIFY(!prettyJson(QString(5'000'000, u'[')).has_value());
    }

    void deepTextGrowsByABoundedFactor()
    {
        constexpr qsizetype kElements = 20'000;
        auto text = QString(200, u'[');
        for (qsizetype i = 0; i < kElements; ++i)
            text += QLatin1String("1,");
        text += u'1' + QString(200, u']');
        const auto pretty = prettyJson(text);
        QVERIFY(pretty.has_value());
        QVERIFY(pretty->size() < 70 * kElements);
    }

    void largeTextTakesLinearTime()
    {
        auto text = QStringLiteral("[");
        while (text.size() < qsizetype(wire::kPrettyBytes))
            text += QLatin1String("{\"id\":17,\"name\":\"a name\",\"tags\":[\"x\",\"y\"]},");
        text += QLatin1String("null]");
        QElapsedTimer clock;
        clock.start();
        QVERIFY(prettyJson(text).has_value());
        qInfo("%lld ms for 2 MiB", clock.elapsed());
        QVERIFY(clock.elapsed() < 5000);
    }

    // nlohmann's parser is the judge of what is JSON, and of whether it still means the same.
    void agreesWithAnotherParser()
    {
        QRandomGenerator random(20240607);
        int valid = 0;
        for (int round = 0; round < 20'000; ++round) {
            const auto text = nearlyJson(random);
            const bool accepted = nlohmann::json::accept(text.toStdString());
            QVERIFY2(prettyJson(text).has_value() == accepted, qPrintable(text));
            valid += accepted ? 1 : 0;
        }
        QVERIFY(valid > 500);
    }

    void changesBlanksOnly()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 500; ++round) {
            const auto text = validJson(random);
            const auto pretty = prettyJson(text);
            QVERIFY2(pretty.has_value(), qPrintable(text));
            QCOMPARE(withoutBlanks(*pretty), withoutBlanks(text));
            QCOMPARE(prettyJson(*pretty).value(), *pretty);
        }
    }

    void survivesMutations()
    {
        QRandomGenerator random(5);
        for (int round = 0; round < 5000; ++round) {
            auto text = validJson(random);
            for (auto edits = random.bounded(3); edits >= 0; --edits)
                text[random.bounded(int(text.size()))] = QChar(random.bounded(0x180));
            const auto pretty = prettyJson(text);
            QVERIFY(pretty ||
                    (pretty.error().line > 0 && pretty.error().column > 0 && !pretty.error().sentence.isEmpty()));
        }
    }

    void knowsABeginning()
    {
        const auto whole = QStringLiteral(" {\"a\": [1.5e3, true, \"x\\u00e9\"], \"b\": null}");
        for (qsizetype kept = 2; kept <= whole.size(); ++kept)
            QVERIFY2(isJsonBeginning(whole.first(kept)), qPrintable(whole.first(kept)));
        for (const char *text :
             {"", " ", "12", "\"a\"", "[2024-01-01] started", "{% if x %}", "{a: 1}", "[] []", "text"})
            QVERIFY2(!isJsonBeginning(QString::fromLatin1(text)), text);
    }
};

QTEST_GUILESS_MAIN(JsonPrettyTest)
#include "json_pretty_test.moc"
