#include "desktop/arguments.h"

#include <QTest>

#include <vector>

using desktop::Options;
using desktop::StartRequest;

namespace {

wire::Result<Options> parse(std::vector<const char *> arguments)
{
    arguments.insert(arguments.begin(), "http-tunnel");
    return desktop::parseArguments(static_cast<int>(arguments.size()), arguments.data());
}

} // namespace

class ArgumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingOpensTheWindow();
    void aPortIsExposed();
    void exposingWithoutAPortIsChosenThere();
    void helpAndVersionAreTexts();
    void wrongOnesAreNamed_data();
    void wrongOnesAreNamed();
};

void ArgumentsTest::nothingOpensTheWindow()
{
    const auto options = parse({});
    QVERIFY(options);
    QVERIFY(options->request == StartRequest{});
    QVERIFY(!options->verbose);
    QVERIFY(options->text.empty());
}

void ArgumentsTest::aPortIsExposed()
{
    const auto options = parse({"--expose", "3000", "--name", "shop", "--hidden", "-v"});
    QVERIFY(options);
    QVERIFY(options->request == (StartRequest{true, QStringLiteral("3000"), QStringLiteral("shop"), true}));
    QVERIFY(options->verbose);
}

void ArgumentsTest::exposingWithoutAPortIsChosenThere()
{
    QVERIFY(parse({"--expose"})->request == StartRequest{true});
    QVERIFY(parse({"--expose", "--hidden"})->request == (StartRequest{true, {}, {}, true}));
}

void ArgumentsTest::helpAndVersionAreTexts()
{
    const std::string help = parse({"--help"})->text;
    for (const char *part : {"--expose", "--name", "--hidden", "HTTP_TUNNEL_STATE_DIR", "Exit codes"})
        QVERIFY2(help.find(part) != std::string::npos, part);
    QCOMPARE(parse({"--version"})->text, std::string("http-tunnel " HTTP_TUNNEL_VERSION "\n"));
}

void ArgumentsTest::wrongOnesAreNamed_data()
{
    using Words = std::vector<const char *>;
    QTest::addColumn<Words>("words");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("unknown") << Words{"--exopse"} << QByteArray("--exopse");
    QTest::newRow("target") << Words{"--expose", "nothing"} << QByteArray("--expose: ");
    QTest::newRow("port") << Words{"--expose", "70000"} << QByteArray("70000");
    QTest::newRow("name") << Words{"--expose", "3000", "--name", "No Name"} << QByteArray("--name: ");
    QTest::newRow("name alone") << Words{"--name", "shop"} << QByteArray("--name");
    QTest::newRow("name without a port") << Words{"--expose", "--name", "shop"} << QByteArray("--name needs");
}

void ArgumentsTest::wrongOnesAreNamed()
{
    QFETCH(const std::vector<const char *>, words);
    QFETCH(const QByteArray, named);
    const auto options = parse(words);
    QVERIFY(!options);
    QVERIFY2(options.error().message.find(named.constData()) != std::string::npos, options.error().message.c_str());
}

QTEST_APPLESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"
