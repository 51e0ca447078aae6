#include "settings/tunnels_document.h"
#include "wire/limits.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace settings;

namespace {

const QString kPath = QStringLiteral("/etc/tunnels.toml");

TunnelsDocument parsed(std::string_view text)
{
    auto document = TunnelsDocument::parse(text, kPath);
    if (!document)
        qFatal("%s\n%s", document.error().message.c_str(), std::string(text).c_str());
    return *std::move(document);
}

TunnelEntry entryFor(const char *name, quint16 port)
{
    return {.name = QString::fromLatin1(name), .target = {.port = port}};
}

// Makes files as people may write them, and entries as a form may give them.
class Imagination {
public:
    explicit Imagination(quint32 seed) : m_random(seed) {}

    std::string document()
    {
        std::string text = any({"", "# mine\n", "\n\n# mine\n\n", "#\r\n"});
        text += any({"", "server = \"https://a.example\"\n", "server = 'https://a.example' # default\n"});
        text += any({"", "token_file = \"a.token\"\n", "token_file = '''a\n# b'''\n"});
        if (m_random.bounded(5) == 0)
            return text + inlineList();
        for (int i = m_random.bounded(5); i > 0; --i)
            text += block();
        return text + any({"", "\n# the end\n", "# no line end"});
    }

    TunnelEntry entry()
    {
        TunnelEntry entry = entryFor(newName().c_str(), port());
        entry.target.tls = oneIn(2);
        entry.target.host = QString::fromLatin1(any({"localhost", "127.0.0.1", "::1", "app.test"}));
        entry.server = QUrl(
            QString::fromLatin1(any({"", "https://a.example", "https://a.example/", "wss://b.example/x/y?z=%20"})));
        entry.hostHeader = *parseHostHeader(any({"rewrite", "preserve", "shop.test", "[::1]:80"}));
        if (entry.target.tls)
            entry.upstreamTls = *parseUpstreamTls(any({"verify", "off", "pin:" + std::string(64, 'b')}));
        entry.tokenFile = QString::fromUtf8(any({"", "/etc/a.token", "/run/x \"y\"\\ü\n#", "/etc/a\n# b"}).c_str());
        entry.takeover = oneIn(2);
        entry.autostart = oneIn(2);
        if (oneIn(3))
            entry.access = access();
        return entry;
    }

    qsizetype below(qsizetype bound) { return m_random.bounded(static_cast<int>(bound)); }
    bool oneIn(int bound) { return m_random.bounded(bound) == 0; }

private:
    AccessEntry access()
    {
        AccessEntry access;
        access.rules.cors = oneIn(2);
        access.rules.only = {*guard::RequestRule::parse(any({"POST /hooks/*", "/x", "GET,PUT /*"}))};
        if (oneIn(2))
            access.rules.allow = {*wire::Cidr::parse(any({"192.0.2.0/24", "::1", "0.0.0.0/0"}))};
        if (oneIn(2))
            access.rules.setHeaders = {{"X-Text", any({"", "a \"b\" \\ #c", "[[tunnel]]"})}};
        if (oneIn(2))
            access.token = *parseSecretRef(any({"keychain:a", "file:/etc/a.secret", "file:/run/x \"y\""}));
        access.rules.bearer = access.token.isSet();
        return access;
    }

    std::string any(std::initializer_list<std::string> choices)
    {
        return choices.begin()[m_random.bounded(static_cast<int>(choices.size()))];
    }
    quint16 port() { return static_cast<quint16>(m_random.bounded(1, 65536)); }
    std::string newName() { return oneIn(4) ? std::string() : "name" + std::to_string(++m_names); }

    std::string block()
    {
        std::string text = any({"", "\n", "# above\n", "\n# loose\n\n", "\n# loose\n\n# above\r\n# more\n"});
        text += any({"[[tunnel]]\n", "  [[ tunnel ]] # here\n", "[[\"tunnel\"]]\r\n"});
        text +=
            any({"", "# inside\n", "\n\n"}) + "target = " + std::to_string(port()) + any({"\n", "   # to\n", "\r\n"});
        if (oneIn(2))
            text +=
                any({"", "# takeover = true\n"}) + "name = \"" + newName() + "x" + std::to_string(++m_names) + "\"\n";
        text += any({"", "server = \"embedded\"\n", "server = \"https://b.example\"\n"});
        text += any({"", "token_file = \"\"\n", "token_file = \"\"\"\nb\n# c\"\"\"\n", "host_header = 'x.test'\n"});
        text += any({"", "", "[tunnel.access]\n",
                     "\n# who\n  [ tunnel.access ] # may\nonly = [\n  '/x', # this\n  '/y' ]\n", "access.cors = true\n",
                     "access = { cors = true }\n"});
        return text + any({"", "# below\n", "# below\n\n", "\n"});
    }

    std::string inlineList()
    {
        return "tunnel = [ # all of them\n  { target = " + std::to_string(port()) + ", name = \"" + newName() +
               "inline\" },\n  { target = " + std::to_string(port()) + " }\n]\n" + any({"", "# after\n"});
    }

    QRandomGenerator m_random;
    int m_names = 0;
};

} // namespace

class TunnelsDocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyDocumentGrows();
    void aChangeTouchesOnlyItsTunnel();
    void anUnchangedEntryKeepsItsText();
    void anInlineListIsWrittenAnew();
    void mistakesAreTold();
    void whateverIsDoneTheTextParsesToTheEntries();
    void othersKeepTheirTextWhateverIsDone();

    void aFileIsLoadedAndSaved();
    void noFileIsAnEmptyDocument();
    void aChangeByOthersIsNotOverwritten();
    void aDeletedFileIsWrittenAgain();
    void whatCannotBeReadAgainIsNotSaved();
    void aDamagedFileStays();
    void aFileThatCannotBeWrittenIsAnError();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("a/tunnels.toml")); }
    void write(const QByteArray &text);
    QByteArray read();

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TunnelsDocumentTest::anEmptyDocumentGrows()
{
    TunnelsDocument document;
    QVERIFY(document.entries().isEmpty());
    QCOMPARE(document.text(), std::string());
    document.insert(0, entryFor("bb", 2));
    document.insert(0, entryFor("aa", 1));
    QCOMPARE(document.text(), std::string("[[tunnel]]\nname = \"aa\"\ntarget = \"http://localhost:1\"\n\n"
                                          "[[tunnel]]\nname = \"bb\"\ntarget = \"http://localhost:2\"\n"));
    QCOMPARE(document.entries().first().name, QStringLiteral("aa"));
}

void TunnelsDocumentTest::aChangeTouchesOnlyItsTunnel()
{
    TunnelsDocument document = parsed("server = \"https://a.example\" # work\n"
                                      "token_file = \"a.token\"\n\n"
                                      "# the shop\n[[tunnel]]\ntarget =   3000 # as it is\n\n"
                                      "# mail\n[[tunnel]]\nname = \"mail\"\ntarget = 4000\n");
    TunnelEntry mail = document.entries().at(1);
    mail.takeover = true;
    document.replace(1, mail);
    document.insert(2, entryFor("local", 5000));
    QCOMPARE(document.text(),
             std::string("server = \"https://a.example\" # work\n"
                         "token_file = \"a.token\"\n\n"
                         "# the shop\n[[tunnel]]\ntarget =   3000 # as it is\n\n"
                         "# mail\n[[tunnel]]\nname = \"mail\"\ntarget = \"http://localhost:4000\"\ntakeover = true\n\n"
                         "[[tunnel]]\nname = \"local\"\ntarget = \"http://localhost:5000\"\nserver = \"embedded\"\n"));
    document.remove(0);
    QVERIFY(document.text().starts_with("server = \"https://a.example\" # work\ntoken_file = \"a.token\"\n\n# mail\n"));
    QCOMPARE(document.defaults().server, QUrl(QStringLiteral("https://a.example")));
}

void TunnelsDocumentTest::anUnchangedEntryKeepsItsText()
{
    const std::string text = "[[tunnel]]\n# a comment\ntarget = 3000\n";
    TunnelsDocument document = parsed(text);
    document.replace(0, document.entries().first());
    QCOMPARE(document.text(), text);
}

void TunnelsDocumentTest::anInlineListIsWrittenAnew()
{
    TunnelsDocument document = parsed("# mine\ntunnel = [\n  {target = 1},\n  {target = 2}]\ntoken_file = \"t\"\n");
    QCOMPARE(document.entries().size(), 2);
    QCOMPARE(document.text(), std::string("# mine\ntoken_file = \"t\"\n\n"
                                          "[[tunnel]]\ntarget = \"http://localhost:1\"\n\n"
                                          "[[tunnel]]\ntarget = \"http://localhost:2\"\n"));
}

void TunnelsDocumentTest::mistakesAreTold()
{
    const auto document = TunnelsDocument::parse("[[tunnel]]\ntagret = 1\n", kPath);
    QCOMPARE(document.error().code, wire::Code::InvalidRequest);
    QVERIFY(document.error().message.contains("/etc/tunnels.toml:2: unknown key \"tagret\""));
}

void TunnelsDocumentTest::whateverIsDoneTheTextParsesToTheEntries()
{
    for (quint32 seed = 1; seed <= 400; ++seed) {
        Imagination imagine(seed);
        const std::string start = imagine.document();
        TunnelsDocument document = parsed(start);
        for (int step = 0; step < 8; ++step) {
            const qsizetype size = document.entries().size();
            if (size == 0 || imagine.oneIn(3))
                document.insert(imagine.below(size + 1), imagine.entry());
            else if (imagine.oneIn(2))
                document.replace(imagine.below(size), imagine.entry());
            else
                document.remove(imagine.below(size));
            const TunnelsDocument again = parsed(document.text());
            QVERIFY2(again.entries() == document.entries(),
                     (std::to_string(seed) + ":\n" + start + "\n=>\n" + document.text()).c_str());
            QVERIFY(again.defaults() == document.defaults());
            QCOMPARE(again.text(), document.text());
        }
    }
}

void TunnelsDocumentTest::othersKeepTheirTextWhateverIsDone()
{
    const std::string kept = "# a comment above\n[[tunnel]] # that\nname = 'kept'\ntarget =  1 # stays\n";
    for (quint32 seed = 1; seed <= 200; ++seed) {
        Imagination imagine(seed);
        TunnelsDocument document = parsed("# the start\n\n" + kept + "# and below\n");
        for (int step = 0; step < 10; ++step) {
            const qsizetype size = document.entries().size();
            const qsizetype index = imagine.below(size);
            if (size == 1 || imagine.oneIn(2))
                document.insert(imagine.below(size + 1), imagine.entry());
            else if (document.entries().at(index).name == QStringLiteral("kept"))
                continue;
            else if (imagine.oneIn(2))
                document.replace(index, imagine.entry());
            else
                document.remove(index);
            QVERIFY2(document.text().contains(kept), document.text().c_str());
            QVERIFY2(document.text().starts_with("# the start\n\n"), document.text().c_str());
        }
    }
}

void TunnelsDocumentTest::write(const QByteArray &text)
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QByteArray TunnelsDocumentTest::read()
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TunnelsDocumentTest::aFileIsLoadedAndSaved()
{
    write("# mine\n\n[[tunnel]]\ntarget = 1\n");
    TunnelsFile file(path());
    auto document = file.load();
    QVERIFY(document);
    TunnelEntry entry = entryFor("bb", 2);
    entry.tokenFile = m_folder->filePath(QStringLiteral("a/token"));
    document->insert(1, entry);
    QVERIFY(file.save(*document));
    QCOMPARE(read(),
             QByteArray("# mine\n\n[[tunnel]]\ntarget = 1\n\n"
                        "[[tunnel]]\nname = \"bb\"\ntarget = \"http://localhost:2\"\ntoken_file = \"token\"\n"));
    document->remove(0);
    QVERIFY(file.save(*document)); // it knows what it wrote itself
    QVERIFY(TunnelsFile(path()).load()->entries() == document->entries());
    QVERIFY(!QFileInfo(path()).permissions().testAnyFlags(QFile::ReadGroup | QFile::ReadOther));
}

void TunnelsDocumentTest::noFileIsAnEmptyDocument()
{
    TunnelsFile file(path());
    auto document = file.load();
    QVERIFY(document);
    QVERIFY(document->entries().isEmpty());
    document->insert(0, entryFor("aa", 1));
    QVERIFY(file.save(*document));
    QVERIFY(TunnelsFile(path()).load()->entries() == document->entries());
}

void TunnelsDocumentTest::aChangeByOthersIsNotOverwritten()
{
    write("[[tunnel]]\ntarget = 1\n");
    TunnelsFile file(path());
    auto document = file.load();
    QVERIFY(document);
    document->insert(1, entryFor("bb", 2));
    write("[[tunnel]]\ntarget = 3\n");
    const auto saved = file.save(*document);
    QCOMPARE(saved.error().code, wire::Code::InvalidRequest);
    QVERIFY(saved.error().message.contains("was changed by another program"));
    QCOMPARE(read(), QByteArray("[[tunnel]]\ntarget = 3\n"));

    TunnelsFile unread(path()); // it has seen nothing, so it must not overwrite anything
    QVERIFY(!unread.save(*document));
    QVERIFY(file.load());
    QVERIFY(file.save(*document));
}

void TunnelsDocumentTest::aDeletedFileIsWrittenAgain()
{
    write("[[tunnel]]\ntarget = 1\n");
    TunnelsFile file(path());
    const auto document = file.load();
    QVERIFY(QFile::remove(path()));
    QVERIFY(file.save(*document));
    QCOMPARE(read(), QByteArray("[[tunnel]]\ntarget = 1\n"));
}

void TunnelsDocumentTest::whatCannotBeReadAgainIsNotSaved()
{
    write("[[tunnel]]\ntarget = 1\nname = \"aa\"\n");
    TunnelsFile file(path());
    auto document = file.load();
    document->insert(1, entryFor("aa", 2));
    const auto saved = file.save(*document);
    QCOMPARE(saved.error().code, wire::Code::InvalidRequest);
    QVERIFY(saved.error().message.starts_with("nothing was saved: "));
    QVERIFY(saved.error().message.contains("a second [[tunnel]] named \"aa\""));
    document->remove(1);
    QVERIFY(file.save(*document));
    for (std::size_t i = 0; i < wire::kMaxTunnelsPerFile; ++i)
        document->insert(0, entryFor("", 1));
    QVERIFY(file.save(*document).error().message.contains("at most 256"));
    QCOMPARE(read(), QByteArray("[[tunnel]]\ntarget = 1\nname = \"aa\"\n"));
}

void TunnelsDocumentTest::aDamagedFileStays()
{
    write("[[tunnel]]\ntarget = \n");
    TunnelsFile file(path());
    QVERIFY(!file.load());
    QVERIFY(!file.save(TunnelsDocument()));
    QCOMPARE(read(), QByteArray("[[tunnel]]\ntarget = \n"));
    write(QByteArray(static_cast<qsizetype>(wire::kMaxTunnelsFileBytes) + 1, '#'));
    QVERIFY(file.load().error().message.ends_with("larger than 1024 KiB"));
}

void TunnelsDocumentTest::aFileThatCannotBeWrittenIsAnError()
{
    TunnelsFile file(QStringLiteral("/proc/none/tunnels.toml"));
    auto document = file.load();
    QVERIFY(document);
    document->insert(0, entryFor("aa", 1));
    QVERIFY(file.save(*document).error().message.contains("/proc/none"));
}

QTEST_APPLESS_MAIN(TunnelsDocumentTest)
#include "tunnels_document_test.moc"
