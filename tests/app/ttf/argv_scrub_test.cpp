#include "ttf/argv_scrub.h"

#include <QTest>

#include <string>
#include <vector>

class ArgvScrubTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheTokenIsOverwritten_data();
    void onlyTheTokenIsOverwritten();
};

void ArgvScrubTest::onlyTheTokenIsOverwritten_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *before, const char *after) {
        QTest::newRow(before) << QByteArray(before) << QByteArray(after);
    };
    row("http 3000 --token secret --json", "http 3000 --token ****** --json");
    row("--token=secret -p 3000", "--token=****** -p 3000");
    row("-t secret -p 3000", "-t ****** -p 3000");
    row("-tsecret", "-t******");
    row("-vtsecret", "-vt******");
    row("-vt secret", "-vt ******");
    row("--token", "--token");
    row("--token= x", "--token= *");
    row("http 3000 --token-file secret --takeover", "http 3000 --token-file secret --takeover");
    row("--token one --token two", "--token *** --token ***");
    row("- -- t", "- -- t");
}

void ArgvScrubTest::onlyTheTokenIsOverwritten()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    QList<QByteArray> words = before.split(' ');
    words.prepend("ttf");
    std::vector<char *> argv;
    for (QByteArray &word : words)
        argv.push_back(word.data());
    ttf::scrubToken(static_cast<int>(argv.size()), argv.data());
    QCOMPARE(words.mid(1).join(' '), after);
}

QTEST_APPLESS_MAIN(ArgvScrubTest)
#include "argv_scrub_test.moc"
