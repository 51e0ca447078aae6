#include "ui/text.h"
#include "ui/traffic_samples.h"
#include "ui/views/body_content.h"
#include "wire/limits.h"

#include <QTest>

using namespace ui;
using samples::text;
using traffic::BodyType;

namespace {

BodyContent prepared(const char *type, const QByteArray &body, const char *encoding = "", bool cut = false)
{
    return prepareBody({type, encoding, body, cut});
}

// zlib's own format, which Content-Encoding calls deflate.
QByteArray deflated(const QByteArray &body)
{
    return qCompress(body).mid(4);
}

QByteArray longJson(qsizetype bytes)
{
    QByteArray body = "[1";
    while (body.size() < bytes)
        body += ",\"a line that is neither short nor long\"";
    return body + "]";
}

} // namespace

class BodyContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonIsIndented();
    void jsonThatIsNoneSaysWhere();
    void jsonWithoutItsEndIsNotAtFault();
    void formsReadAsLines();
    void markupIsColouredAsItCame();
    void picturesAreShownWithTheirSize();
    void aPictureThatCannotBeShownSaysWhy();
    void anSvgHasATextToo();
    void binaryIsDumped();
    void encodedBodiesAreDecodedAndSaySo();
    void whatCannotBeDecodedIsShownAsItCame();
    void aCutBodySaysSo();
    void longBodiesAreBounded();
    void veryLongJsonIsNotIndented();
    void anEmptyOneIsEmpty();
};

void BodyContentTest::jsonIsIndented()
{
    const auto content = prepared("application/json", R"({"a":[1,2]})");
    QCOMPARE(content.type, BodyType::Json);
    QCOMPARE(content.pretty, text("{\n  \"a\": [\n    1,\n    2\n  ]\n}"));
    QCOMPARE(content.raw, text(R"({"a":[1,2]})"));
    QCOMPARE(content.prettySyntax, Syntax::Json);
    QVERIFY(!content.fault);
    QVERIFY2(content.facts.contains(text("JSON")) && content.facts.contains(text("11 B")), qPrintable(content.facts));
    QVERIFY(content.notes.isEmpty());
}

void BodyContentTest::jsonThatIsNoneSaysWhere()
{
    const auto content = prepared("application/json", "{\n  \"a\": oops\n}");
    QVERIFY(content.fault.has_value());
    QCOMPARE(content.fault->line, 2);
    QVERIFY(content.pretty.isNull());
    QCOMPARE(content.raw, text("{\n  \"a\": oops\n}"));
}

void BodyContentTest::jsonWithoutItsEndIsNotAtFault()
{
    const auto content = prepared("application/json", R"({"a":[1,)", "", true);
    QVERIFY(!content.fault);
    QVERIFY(content.pretty.isNull());
    QVERIFY2(content.notes.join(u' ').contains(text("end is missing")), qPrintable(content.notes.join(u' ')));
}

void BodyContentTest::formsReadAsLines()
{
    const auto content = prepared("application/x-www-form-urlencoded", "name=Zo%C3%AB&city=K+L");
    QVERIFY(content.pretty.contains(text("name: Zoë")));
    QCOMPARE(content.prettySyntax, Syntax::Form);
    QCOMPARE(content.raw, text("name=Zo%C3%AB&city=K+L"));
}

void BodyContentTest::markupIsColouredAsItCame()
{
    const auto content = prepared("text/html", "<p>x</p>");
    QVERIFY(content.pretty.isNull());
    QCOMPARE(content.rawSyntax, Syntax::Markup);
}

void BodyContentTest::picturesAreShownWithTheirSize()
{
    const auto content = prepared("image/png", samples::png({64, 32}));
    QCOMPARE(content.image.size(), QSize(64, 32));
    QVERIFY2(content.facts.startsWith(text("64 × 32 · PNG · ")), qPrintable(content.facts));
}

void BodyContentTest::aPictureThatCannotBeShownSaysWhy()
{
    const auto content = prepared("image/png", samples::png().left(100));
    QVERIFY(content.image.isNull());
    QVERIFY(!content.notes.isEmpty());
    QVERIFY(!content.hex.isEmpty());
}

void BodyContentTest::anSvgHasATextToo()
{
    const auto content =
        prepared("image/svg+xml",
                 R"(<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>)");
    QVERIFY(!content.image.isNull());
    QCOMPARE(content.rawSyntax, Syntax::Markup);
}

void BodyContentTest::binaryIsDumped()
{
    const auto content = prepared("application/octet-stream", QByteArray("\x00\x01\xff", 3));
    QCOMPARE(content.type, BodyType::Binary);
    QVERIFY2(content.hex.contains(text("00 01 ff")), qPrintable(content.hex));
}

void BodyContentTest::encodedBodiesAreDecodedAndSaySo()
{
    const QByteArray body = "{\"a\":\"" + QByteArray(5000, 'x') + "\"}";
    const auto content = prepared("application/json", deflated(body), "deflate");
    QVERIFY(content.pretty.contains(text("xxxx")));
    QVERIFY2(content.facts.contains(text("5.0 kB")) && content.facts.contains(text("on the wire (deflate)")),
             qPrintable(content.facts));
}

void BodyContentTest::whatCannotBeDecodedIsShownAsItCame()
{
    const auto content = prepared("text/plain", "plain after all", "gzip");
    QCOMPARE(content.raw, text("plain after all"));
    QVERIFY2(content.notes.value(0).startsWith(text("Shown as it was received")), qPrintable(content.notes.join(u' ')));
    QVERIFY(!content.facts.contains(text("on the wire")));
}

void BodyContentTest::aCutBodySaysSo()
{
    const auto content = prepared("text/plain", QByteArray(2000, 'x'), "", true);
    QVERIFY2(content.notes.value(0).contains(text("first 2.0 kB were recorded")), qPrintable(content.notes.join(u' ')));
    QVERIFY2(content.facts.contains(u'+'), qPrintable(content.facts));
}

void BodyContentTest::longBodiesAreBounded()
{
    const QByteArray body(qsizetype(3 * wire::kMiB), 'x');
    const auto content = prepared("text/plain", body);
    QCOMPARE(content.raw.size(), qsizetype(wire::kShownBodyBytes));
    QVERIFY2(content.textNote.startsWith(text("First ")), qPrintable(content.textNote));
    QVERIFY(content.textNote != content.hexNote);
    const auto json = prepared("application/json", longJson(500'000));
    QVERIFY(json.pretty.size() <= qsizetype(wire::kShownBodyBytes) + 1);
    QVERIFY(json.pretty.endsWith(u'\n'));
    QVERIFY(!json.textNote.isEmpty());
    const auto grown = prepared("application/json", "[" + QByteArray("1,").repeated(60'000) + "1]");
    QVERIFY2(grown.notes.join(u' ').contains(text("Indented")), qPrintable(grown.notes.join(u' ')));
}

void BodyContentTest::veryLongJsonIsNotIndented()
{
    const auto content = prepared("application/json", longJson(qsizetype(wire::kIndentedBodyBytes) + 1));
    QVERIFY(content.pretty.isNull());
    QVERIFY2(content.notes.value(0).contains(text("Too long")), qPrintable(content.notes.join(u' ')));
    QVERIFY(!content.raw.isEmpty());
}

void BodyContentTest::anEmptyOneIsEmpty()
{
    const auto content = prepared("application/json", {});
    QCOMPARE(content.type, BodyType::Empty);
    QVERIFY(content.raw.isEmpty() && content.notes.isEmpty());
}

QTEST_MAIN(BodyContentTest)
#include "body_content_test.moc"
