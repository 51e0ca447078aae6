// What readTunnelsText() says beside the entries; those are tested in tunnels_file_test.cpp.
#include "settings/tunnels_reader.h"

#include <QTest>

using namespace settings;

namespace {

wire::Result<TunnelsText> read(std::string_view text, NoTunnels none = NoTunnels::Refused)
{
    return readTunnelsText(text, QStringLiteral("/etc/tunnels.toml"), none);
}

} // namespace

class TunnelsReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesAreTold();
    void multiLineValuesCount();
    void anInlineListIsOnePlace();
    void noTunnelsMayBeFine();
    void theEmbeddedRelayHasAWord();
    void anEmptyTokenFileIsNone();
};

void TunnelsReaderTest::placesAreTold()
{
    const auto text = read("# top\n"
                           "server = \"https://a.example\"\n"
                           "token_file = \"t\" # after\n"
                           "\n"
                           "[[tunnel]] # one\n"
                           "target = 1\n"
                           "\n"
                           "name = \"aa\"\n"
                           "# below\n"
                           "[[ tunnel ]]\n"
                           "target = 2\n");
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QVERIFY(text->spans == std::vector<LineSpan>({{5, 8}, {10, 11}}));
    QCOMPARE(text->lastTopLine, std::size_t{3});
    QVERIFY(!text->inlineList);
    const TunnelDefaults expected{QUrl(QStringLiteral("https://a.example")), QStringLiteral("/etc/t")};
    QVERIFY(text->defaults == expected);
    QCOMPARE(text->entries.size(), 2);
}

void TunnelsReaderTest::multiLineValuesCount()
{
    const auto text = read("token_file = \"\"\"t\\\n\n# no comment\"\"\"\n"
                           "[[tunnel]]\n"
                           "target = 1\n"
                           "token_file = '''a\n# b'''\n"
                           "[[tunnel]]\n"
                           "target = 1\n");
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QCOMPARE(text->lastTopLine, std::size_t{3});
    QVERIFY(text->spans == std::vector<LineSpan>({{4, 7}, {8, 9}}));
}

void TunnelsReaderTest::anInlineListIsOnePlace()
{
    const auto text = read("\ntunnel = [\n {target = 1},\n {target = 2, name = \"bb\"},\n]\ntoken_file = \"t\"\n");
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QCOMPARE(text->entries.size(), 2);
    QVERIFY(text->spans.empty());
    QVERIFY(text->inlineList == LineSpan({2, 5}));
    QCOMPARE(text->lastTopLine, std::size_t{6});
}

void TunnelsReaderTest::noTunnelsMayBeFine()
{
    for (const std::string_view text : {"", "# nothing yet\n", "server = \"https://a.example\"\n"}) {
        QVERIFY(!read(text));
        QVERIFY(read(text, NoTunnels::Fine));
        QVERIFY(read(text, NoTunnels::Fine)->entries.isEmpty());
    }
    QVERIFY(!read("[tunnel]\n", NoTunnels::Fine));
}

void TunnelsReaderTest::theEmbeddedRelayHasAWord()
{
    const auto text = read("server = \"https://a.example\"\ntoken_file = \"t\"\n"
                           "[[tunnel]]\ntarget = 1\n"
                           "[[tunnel]]\ntarget = 2\nserver = \"embedded\"\n");
    QVERIFY(text);
    QCOMPARE(text->entries[0].server, QUrl(QStringLiteral("https://a.example")));
    QVERIFY(text->entries[1].server.isEmpty());
    QCOMPARE(text->entries[1].tokenFile, QString());
    QVERIFY(read("server = \"embedded\"\n[[tunnel]]\ntarget = 1\n")->defaults == TunnelDefaults{});
    QVERIFY(parseServerOrEmbedded("embedded")->isEmpty());
    QVERIFY(!parseServerOrEmbedded(""));
    QVERIFY(!parseServerOrEmbedded("Embedded"));
}

void TunnelsReaderTest::anEmptyTokenFileIsNone()
{
    const auto text = read("server = \"https://a.example\"\ntoken_file = \"t\"\n"
                           "[[tunnel]]\ntarget = 1\ntoken_file = \"\"\n");
    QVERIFY(text);
    QCOMPARE(text->entries[0].tokenFile, QString());
}

QTEST_APPLESS_MAIN(TunnelsReaderTest)
#include "tunnels_reader_test.moc"
