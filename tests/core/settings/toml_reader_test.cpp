#include "settings/toml_reader.h"

#include <QTest>

#include <array>

using settings::TomlReader;

namespace {

wire::Result<int> parseAnswer(std::string_view text)
{
    if (text == "42")
        return 42;
    return wire::fail(wire::Code::InvalidRequest, "not the answer");
}

// What is wrong with `text` when `read` reads it.
std::string complaint(std::string_view text, const std::function<void(TomlReader &, const toml::table &)> &read)
{
    TomlReader reader(QStringLiteral("a.toml"));
    reader.parse(text, [&](const toml::table &top) { read(reader, top); });
    const auto outcome = reader.outcome();
    return outcome ? std::string() : outcome.error().message;
}

} // namespace

class TomlReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesAreRead();
    void whatIsNotThereStaysAsItIs();
    void mistakesNameTheirLine_data();
    void mistakesNameTheirLine();
    void everyMistakeIsToldInOrder();
    void tablesAreListed();
    void badTablesAreRefused_data();
    void badTablesAreRefused();
};

void TomlReaderTest::valuesAreRead()
{
    int answer = 0;
    bool flag = false;
    const auto message = complaint("a = \"42\"\nb = true\n", [&](TomlReader &reader, const toml::table &top) {
        reader.readText(top, "a", parseAnswer, answer);
        reader.readBool(top, "b", flag);
    });
    QCOMPARE(message, std::string());
    QCOMPARE(answer, 42);
    QVERIFY(flag);
}

void TomlReaderTest::whatIsNotThereStaysAsItIs()
{
    int answer = 7;
    bool flag = true;
    const auto message = complaint("", [&](TomlReader &reader, const toml::table &top) {
        reader.readText(top, "a", parseAnswer, answer);
        reader.readBool(top, "b", flag);
        QVERIFY(reader.tables(top, "c", 1).empty());
    });
    QCOMPARE(message, std::string());
    QCOMPARE(answer, 7);
    QVERIFY(flag);
}

void TomlReaderTest::mistakesNameTheirLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("bad value") << QByteArray("\na = \"41\"\n") << QByteArray("a.toml:2: a: not the answer");
    QTest::newRow("no text") << QByteArray("a = 42\n") << QByteArray("a.toml:1: a must be a text in quotes");
    QTest::newRow("no flag") << QByteArray("b = \"yes\"\n") << QByteArray("a.toml:1: b must be true or false");
    QTest::newRow("unknown") << QByteArray("\n\nz = 1\n") << QByteArray("a.toml:3: unknown key \"z\" in the test");
}

void TomlReaderTest::mistakesNameTheirLine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, expected);
    int answer = 7;
    bool flag = true;
    const auto message = complaint(text.toStdString(), [&](TomlReader &reader, const toml::table &top) {
        constexpr std::array<std::string_view, 2> kKnown{"a", "b"};
        reader.refuseUnknownKeys(top, kKnown, "in the test");
        reader.readText(top, "a", parseAnswer, answer);
        reader.readBool(top, "b", flag);
    });
    QCOMPARE(message, expected.toStdString());
    QCOMPARE(answer, 7);
    QVERIFY(flag);
}

void TomlReaderTest::everyMistakeIsToldInOrder()
{
    const auto message = complaint("x = 1\na = 1\n", [](TomlReader &reader, const toml::table &top) {
        int answer = 0;
        reader.readText(top, "a", parseAnswer, answer);
        reader.refuseUnknownKeys(top, std::array<std::string_view, 1>{"a"}, "here");
    });
    QCOMPARE(message, std::string("a.toml:1: unknown key \"x\" here\na.toml:2: a must be a text in quotes"));
    const auto syntax = complaint("a = \n", [](TomlReader &, const toml::table &) {});
    QVERIFY2(syntax.starts_with("a.toml:1: "), syntax.c_str());
}

void TomlReaderTest::tablesAreListed()
{
    const auto message = complaint("[[t]]\nn = 1\n[[t]]\nn = 2\n", [](TomlReader &reader, const toml::table &top) {
        const auto tables = reader.tables(top, "t", 2);
        QCOMPARE(tables.size(), std::size_t{2});
        QCOMPARE(tables[1]->get("n")->value<int>(), std::optional(2));
    });
    QCOMPARE(message, std::string());
}

void TomlReaderTest::badTablesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray brackets("write [[t]], in double brackets, above each t");
    QTest::newRow("one table") << QByteArray("[t]\n") << brackets;
    QTest::newRow("a number") << QByteArray("t = 1\n") << brackets;
    QTest::newRow("numbers") << QByteArray("t = [1]\n") << brackets;
    QTest::newRow("none") << QByteArray("t = []\n") << brackets;
    QTest::newRow("too many") << QByteArray("[[t]]\n[[t]]\n[[t]]\n") << QByteArray("3 ts: at most 2 fit one file");
}

void TomlReaderTest::badTablesAreRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, expected);
    const auto message = complaint(text.toStdString(), [](TomlReader &reader, const toml::table &top) {
        QVERIFY(reader.tables(top, "t", 2).empty());
    });
    QVERIFY2(message.ends_with(expected.toStdString()), message.c_str());
}

QTEST_APPLESS_MAIN(TomlReaderTest)
#include "toml_reader_test.moc"
