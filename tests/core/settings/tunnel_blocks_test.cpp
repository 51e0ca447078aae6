#include "settings/tunnel_blocks.h"

#include <QTest>

using namespace settings;

namespace {

constexpr std::string_view kFile = "# Tunnels of this computer\n"
                                   "server = \"https://a.example\"\n"
                                   "\n"
                                   "# The shop,\n"
                                   "# not the API\n"
                                   "[[tunnel]]\n"
                                   "target = 1\n"
                                   "# takeover = true\n"
                                   "\n"
                                   "# --- staging ---\n"
                                   "\n"
                                   "[[tunnel]]\n"
                                   "target = 2   # inside\n"
                                   "\n"
                                   "# Mail\n"
                                   "[[tunnel]]\n"
                                   "target = 3\n";
constexpr std::string_view kNew = "[[tunnel]]\ntarget = 9\n";

TunnelBlocks blocksOf(std::string_view text)
{
    const auto read = readTunnelsText(text, QStringLiteral("t.toml"), NoTunnels::Fine);
    if (!read)
        qFatal("%s", read.error().message.c_str());
    return {text, *read};
}

std::string cut(std::string_view text, std::string_view part)
{
    std::string out(text);
    return out.erase(out.find(part), part.size());
}

std::string swapped(std::string_view text, std::string_view part, std::string_view with)
{
    std::string out(text);
    return out.replace(out.find(part), part.size(), with);
}

} // namespace

class TunnelBlocksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anUnchangedTextStays_data();
    void anUnchangedTextStays();
    void aReplacedBlockKeepsWhatIsAroundIt();
    void aRemovedBlockTakesItsOwnComments();
    void theLastBlockLeavesNoBlankLines();
    void aNewBlockIsSetOff();
    void whatIsInsertedCanBeRemoved();
    void everythingCanBeRemoved();
    void aByteOrderMarkGoes();
    void aStringIsNoComment();
};

void TunnelBlocksTest::anUnchangedTextStays_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("comment") << QByteArray("# nothing\n\n");
    QTest::newRow("file") << QByteArray(kFile.data(), static_cast<qsizetype>(kFile.size()));
    QTest::newRow("tight") << QByteArray("[[tunnel]]\ntarget=1\n[[tunnel]]\ntarget=2\n");
    QTest::newRow("CRLF") << QByteArray("# a\r\n\r\n# b\r\n[[tunnel]]\r\ntarget=1\r\n\r\n\r\n");
    QTest::newRow("indented") << QByteArray("  # a\n  [[tunnel]]\n\ttarget = 1\n\n\n  # end\n");
}

void TunnelBlocksTest::anUnchangedTextStays()
{
    QFETCH(const QByteArray, text);
    QCOMPARE(blocksOf(text.toStdString()).text(), text.toStdString());
}

void TunnelBlocksTest::aReplacedBlockKeepsWhatIsAroundIt()
{
    TunnelBlocks blocks = blocksOf(kFile);
    blocks.replace(1, std::string(kNew));
    QCOMPARE(blocks.text(), swapped(kFile, "[[tunnel]]\ntarget = 2   # inside\n", kNew));
    blocks = blocksOf(kFile);
    blocks.replace(0, std::string(kNew));
    QCOMPARE(blocks.text(), swapped(kFile, "[[tunnel]]\ntarget = 1\n", kNew));
}

void TunnelBlocksTest::aRemovedBlockTakesItsOwnComments()
{
    TunnelBlocks blocks = blocksOf(kFile);
    blocks.remove(0);
    QCOMPARE(blocks.text(), cut(kFile, "# The shop,\n# not the API\n[[tunnel]]\ntarget = 1\n# takeover = true\n\n"));
    blocks.remove(0);
    QCOMPARE(blocks.text(), std::string("# Tunnels of this computer\nserver = \"https://a.example\"\n\n"
                                        "# --- staging ---\n\n# Mail\n[[tunnel]]\ntarget = 3\n"));
}

void TunnelBlocksTest::theLastBlockLeavesNoBlankLines()
{
    TunnelBlocks blocks = blocksOf(kFile);
    blocks.remove(2);
    QCOMPARE(blocks.text(), cut(kFile, "\n# Mail\n[[tunnel]]\ntarget = 3\n"));
}

void TunnelBlocksTest::aNewBlockIsSetOff()
{
    TunnelBlocks blocks = blocksOf(kFile);
    blocks.insert(3, std::string(kNew));
    QCOMPARE(blocks.text(), std::string(kFile) + "\n" + std::string(kNew));
    blocks = blocksOf(kFile);
    blocks.insert(0, std::string(kNew));
    QCOMPARE(blocks.text(), swapped(kFile, "# The shop", std::string(kNew) + "\n# The shop"));
    blocks = blocksOf("server = \"https://a.example\""); // no line end
    blocks.insert(0, std::string(kNew));
    QCOMPARE(blocks.text(), "server = \"https://a.example\"\n\n" + std::string(kNew));
    blocks = TunnelBlocks();
    blocks.insert(0, std::string(kNew));
    QCOMPARE(blocks.text(), std::string(kNew));
}

void TunnelBlocksTest::whatIsInsertedCanBeRemoved()
{
    for (const std::string_view text : {kFile, std::string_view("[[tunnel]]\ntarget=1\n[[tunnel]]\ntarget=2\n"
                                                                "[[tunnel]]\ntarget=3\n")}) {
        for (std::size_t index = 0; index <= 3; ++index) {
            TunnelBlocks blocks = blocksOf(text);
            blocks.insert(index, std::string(kNew));
            blocks.remove(index);
            QCOMPARE(blocks.text(), std::string(text));
        }
    }
}

void TunnelBlocksTest::everythingCanBeRemoved()
{
    TunnelBlocks blocks = blocksOf("# mine\n[[tunnel]]\ntarget = 1\n\n[[tunnel]]\ntarget = 2\n# end\n");
    blocks.remove(1);
    blocks.remove(0);
    QCOMPARE(blocks.text(), std::string("# mine\n"));
    blocks = blocksOf("[[tunnel]]\ntarget = 1\n");
    blocks.remove(0);
    QCOMPARE(blocks.text(), std::string());
}

void TunnelBlocksTest::aByteOrderMarkGoes()
{
    TunnelBlocks blocks = blocksOf("\xef\xbb\xbf[[tunnel]]\ntarget = 1\n");
    blocks.insert(0, std::string(kNew));
    QCOMPARE(blocks.text(), std::string(kNew) + "\n[[tunnel]]\ntarget = 1\n");
}

void TunnelBlocksTest::aStringIsNoComment()
{
    TunnelBlocks blocks = blocksOf("[[tunnel]]\ntarget = 1\ntoken_file = '''a\n# b'''\n[[tunnel]]\ntarget = 2\n");
    blocks.remove(1);
    QCOMPARE(blocks.text(), std::string("[[tunnel]]\ntarget = 1\ntoken_file = '''a\n# b'''\n"));
    blocks = blocksOf("token_file = '''a\n# b'''\n[[tunnel]]\ntarget = 2\n");
    blocks.remove(0);
    QCOMPARE(blocks.text(), std::string("token_file = '''a\n# b'''\n"));
}

QTEST_APPLESS_MAIN(TunnelBlocksTest)
#include "tunnel_blocks_test.moc"
