#include "settings/toml_text.h"

#include <QTest>
#include <toml++/toml.h>

using namespace settings;

class TomlTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesReadAsWritten();
    void everyTextReadsBack_data();
    void everyTextReadsBack();
};

void TomlTextTest::linesReadAsWritten()
{
    QCOMPARE(tomlLine("name", QStringLiteral("shop")), std::string("name = \"shop\"\n"));
    QCOMPARE(tomlLine("takeover", true), std::string("takeover = true\n"));
    QCOMPARE(tomlLine("autostart", false), std::string("autostart = false\n"));
    QCOMPARE(tomlString(QStringLiteral("a\"b\\c\nd")), std::string("\"a\\\"b\\\\c\\u000ad\""));
}

void TomlTextTest::everyTextReadsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes") << QStringLiteral("\"'\"\"\"'''");
    QTest::newRow("backslashes") << QStringLiteral("C:\\new\\table\\");
    QTest::newRow("hash") << QStringLiteral("a # b = [c]");
    QTest::newRow("not ASCII") << QString::fromUtf8("Größe 測試 🚇");
    QString controls;
    for (char16_t c = 1; c < 0x20; ++c)
        controls += QChar(c);
    QTest::newRow("controls") << controls + QChar(0x7f);
}

void TomlTextTest::everyTextReadsBack()
{
    QFETCH(const QString, text);
    const std::string line = tomlLine("key", text);
    QCOMPARE(line.find('\n'), line.size() - 1);
    const auto table = toml::parse(line);
    QCOMPARE(QString::fromStdString(table["key"].value_or(std::string("nothing"))), text);
}

QTEST_APPLESS_MAIN(TomlTextTest)
#include "toml_text_test.moc"
