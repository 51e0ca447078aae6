#include "ui/views/syntax.h"

#include <QTest>

using namespace ui;

namespace {

// Each part as "text:colour's name".
QStringList parts(const char *utf8, Syntax syntax)
{
    const auto colors = lightColors();
    const QList<std::pair<QColor, const char *>> names{{colors.key, "key"},
                                                       {colors.string, "string"},
                                                       {colors.number, "number"},
                                                       {colors.keyword, "keyword"},
                                                       {colors.muted, "muted"}};
    const QString line = QString::fromUtf8(utf8);
    QStringList result;
    for (const auto &part : colouredParts(line, syntax, colors)) {
        const auto color = part.format.foreground().color();
        const auto name = std::ranges::find(names, color, &std::pair<QColor, const char *>::first);
        result << line.mid(part.start, part.length) + QLatin1Char(' ') +
                      QLatin1String(name == names.end() ? "?" : name->second);
    }
    return result;
}

QStringList list(std::initializer_list<const char *> texts)
{
    QStringList result;
    for (const auto *text : texts)
        result << QString::fromUtf8(text);
    return result;
}

} // namespace

class SyntaxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void colours_data();
    void colours();
    void aHostileLineEnds_data();
    void aHostileLineEnds();
};

void SyntaxTest::colours_data()
{
    QTest::addColumn<Syntax>("syntax");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *line, Syntax syntax, std::initializer_list<const char *> expected) {
        QTest::newRow(line) << syntax << list(expected);
    };
    row(R"(  "amount": -4.2e3,)", Syntax::Json, {R"("amount" key)", "-4.2e3 number"});
    row(R"(  "note" : "a \" b",)", Syntax::Json, {R"("note" key)", R"("a \" b" string)"});
    row(R"([true, null, "x"])", Syntax::Json, {"true keyword", "null keyword", R"("x" string)"});
    row("a: 1: 2", Syntax::Form, {"a key", " 1: 2 string"});
    row("no colon", Syntax::Form, {});
    row(R"(<a href="x">text</a>)", Syntax::Markup,
        {"<a keyword", "href key", R"("x" string)", "> keyword", "</a keyword", "> keyword"});
    row("1 < 2 <!-- why --> <br/>", Syntax::Markup, {"<!-- why --> muted", "<br/ keyword", "> keyword"});
    row("<b>", Syntax::None, {});
}

void SyntaxTest::colours()
{
    QFETCH(Syntax, syntax);
    QFETCH(QStringList, expected);
    QCOMPARE(parts(QTest::currentDataTag(), syntax), expected);
}

void SyntaxTest::aHostileLineEnds_data()
{
    QTest::addColumn<Syntax>("syntax");
    for (const char *line : {"\"", "\"\\", "<", "<!--", "<a '", "<a \"\\", "-", "<<<<", "", ":", "é<ü>\"\\u"}) {
        QTest::addRow("json %s", line) << Syntax::Json;
        QTest::addRow("markup %s", line) << Syntax::Markup;
        QTest::addRow("form %s", line) << Syntax::Form;
    }
}

void SyntaxTest::aHostileLineEnds()
{
    QFETCH(Syntax, syntax);
    const QString tag = QString::fromUtf8(QTest::currentDataTag());
    const QString line = tag.mid(tag.indexOf(QLatin1Char(' ')) + 1);
    for (const auto &part : colouredParts(line, syntax, lightColors()))
        QVERIFY(part.start >= 0 && part.length >= 0 && part.start + part.length <= line.size());
}

QTEST_MAIN(SyntaxTest)
#include "syntax_test.moc"
