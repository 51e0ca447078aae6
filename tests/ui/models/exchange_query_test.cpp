#include "ui/models/exchange_query.h"
#include "ui/traffic_samples.h"

#include <QTest>

using namespace ui;
using samples::text;

namespace {

// Keys of the morning's requests that fit.
QList<int> found(const char *query)
{
    const ExchangeQuery filter(text(query));
    QList<int> keys;
    for (const auto &exchange : samples::morning())
        if (filter.matches(exchange))
            keys.append(int(exchange.key));
    return keys;
}

} // namespace

class ExchangeQueryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void whatWasImportedIsFound();
    void anEmptyOneFitsEverything();
    void whatIsNotUnderstoodIsToldAndLeftOut_data();
    void whatIsNotUnderstoodIsToldAndLeftOut();
    void wordsWithAColonAreWords();
    void tunnelsAreFoundByName();
    void anErrorIsFoundByItsWord();
};

void ExchangeQueryTest::finds_data()
{
    QTest::addColumn<QList<int>>("keys");
    const auto row = [](const char *query, const QList<int> &keys) { QTest::newRow(query) << keys; };
    row("hooks", {4, 10});
    row("HOOKS", {4, 10});
    row("post hooks", {4, 10});
    row("\"include=images\"", {5});
    row("assets -css", {2});
    row("method:post", {4, 10, 17});
    row("method:pos", {});
    row("-method:get status:2xx", {4, 10, 15});
    row("status:404", {7});
    row("status:=404", {7});
    row("status:4xx", {7, 12});
    row("status:>=400", {7, 11, 12});
    row("status:>404", {11, 12});
    row("status:<200", {9});
    row("status:<=200 path:/", {1, 2, 5, 9, 14});
    row("path:/hooks", {4, 10});
    row("path:/api/*", {5, 11, 12, 15, 17});
    row("path:*.js", {2});
    row("-path:*a* status:200", {1});
    row("path:/hooks/*", {4, 10});
    row("is:pending", {16, 17});
    row("is:error", {8, 11, 13});
    row("is:replay", {10});
    row("is:imported", {});
    row("is:ws", {9});
    row("-is:ws status:1xx", {});
    row("404", {7});
    row("timeout", {8});
    row("\"unfinished quote", {});
}

void ExchangeQueryTest::finds()
{
    QFETCH(QList<int>, keys);
    QCOMPARE(found(QTest::currentDataTag()), keys);
}

void ExchangeQueryTest::whatWasImportedIsFound()
{
    const auto imported = samples::imported(1, "http://h/items");
    QVERIFY(ExchangeQuery(QStringLiteral("is:imported")).matches(imported));
    QVERIFY(!ExchangeQuery(QStringLiteral("-is:imported")).matches(imported));
}

void ExchangeQueryTest::anEmptyOneFitsEverything()
{
    for (const char *query : {"", "   ", "-", "\"\""}) {
        QCOMPARE(found(query).size(), samples::morning().size());
        QVERIFY(ExchangeQuery(text(query)).isEmpty());
        QVERIFY(ExchangeQuery(text(query)).fault().isEmpty());
    }
}

void ExchangeQueryTest::whatIsNotUnderstoodIsToldAndLeftOut_data()
{
    QTest::addColumn<QString>("told");
    const auto row = [](const char *query, const char *told) { QTest::newRow(query) << text(told); };
    row("status:abc", "status:4xx");
    row("status:", "status:4xx");
    row("status:4000", "status:4xx");
    row("status:>=", "status:4xx");
    row("status:!=404", "status:4xx");
    row("is:broken", "is:pending");
    row("is:", "is:error");
    row("method:", "method:POST");
    row("path:", "path:/hooks/*");
    row("tunnel:", "tunnel:shop");
    row("-status:x", "status:4xx");
}

void ExchangeQueryTest::whatIsNotUnderstoodIsToldAndLeftOut()
{
    QFETCH(QString, told);
    const auto query = QByteArray(QTest::currentDataTag());
    const ExchangeQuery alone(text(query));
    QVERIFY2(alone.fault().contains(told), qPrintable(alone.fault()));
    QCOMPARE(found(query).size(), samples::morning().size());
    QCOMPARE(found(query + " hooks"), (QList<int>{4, 10})); // the rest still counts
}

void ExchangeQueryTest::wordsWithAColonAreWords()
{
    QVERIFY(ExchangeQuery(text("http://x")).fault().isEmpty());
    QCOMPARE(found("localhost:3000"), QList<int>());
    auto exchange = samples::summary(1, "GET", "/go?to=http://example.com:80/");
    QVERIFY(ExchangeQuery(text("example.com:80")).matches(exchange));
}

void ExchangeQueryTest::tunnelsAreFoundByName()
{
    QCOMPARE(found("tunnel:SHOP").size(), samples::morning().size());
    QCOMPARE(found("tunnel:other"), QList<int>());
    QCOMPARE(found("shop").size(), samples::morning().size());
}

void ExchangeQueryTest::anErrorIsFoundByItsWord()
{
    const auto exchange = samples::aborted(1, "/", wire::Code::LocalServiceUnavailable, "connection refused");
    const auto word = wire::codeName(exchange.error.code);
    QVERIFY(ExchangeQuery(QString::fromLatin1(word.data(), qsizetype(word.size()))).matches(exchange));
    QVERIFY(!ExchangeQuery(QString::fromLatin1(word.data(), qsizetype(word.size()))).matches(samples::summary(1)));
}

QTEST_MAIN(ExchangeQueryTest)
#include "exchange_query_test.moc"
