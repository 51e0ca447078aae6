#include "workspace/expiry_watch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using settings::TokenTime;
using workspace::ExpiryWatch;
using workspace::Notice;

namespace {

const QUrl kServer(QStringLiteral("https://relay.example.com"));
const TokenTime kExpiry(std::chrono::seconds(1'800'000'000));

// One run of the program.
struct Run {
    Run(const QTemporaryDir &folder, const TokenTime &now)
        : memory(folder.path()), watch(memory, notices, [&now] { return now; })
    {
        if (!memory.load())
            qFatal("cannot load");
    }

    workspace::RunMemory memory;
    workspace::NoticeBoard notices;
    ExpiryWatch watch;
    QSignalSpy told{&watch, &ExpiryWatch::told};
};

} // namespace

class ExpiryWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachIsToldOnce();
    void aNewTokenEndsIt();
    void aDismissedOneStaysDismissed();
    void tokensThatDoNotEndAreNoNews();
};

void ExpiryWatchTest::eachIsToldOnce()
{
    const QTemporaryDir folder;
    TokenTime now = kExpiry - 24h * 30;
    {
        Run run(folder, now);
        run.watch.note(kServer, kExpiry);
        QCOMPARE(run.told.size(), 0);
        now = kExpiry - 24h * 6 - 1h;
        run.watch.look();
        QCOMPARE(run.told.size(), 1);
        const QString sentence = run.told.first().at(1).toString();
        QVERIFY(sentence.contains(QStringLiteral("relay.example.com expires in 6 days")));
        QCOMPARE(run.notices.notices().size(), 1);
        QCOMPARE(run.notices.notices().first().server, kServer);
        QVERIFY(!run.notices.notices().first().error);
        run.watch.look();
        QCOMPARE(run.told.size(), 1);
    }
    {
        Run next(folder, now);
        next.watch.note(kServer, kExpiry);
        QCOMPARE(next.told.size(), 0); // nor again in the next run
        now = kExpiry - 20h;
        next.watch.look();
        QCOMPARE(next.told.size(), 1);
        next.watch.note(kServer, kExpiry); // another tunnel of that server starts
        QCOMPARE(next.told.size(), 1);
    }
    Run last(folder, now);
    now = kExpiry + 50h;
    last.watch.note(QUrl(QStringLiteral("https://RELAY.example.com:443/")), kExpiry);
    QCOMPARE(last.told.size(), 1);
    QVERIFY(last.notices.notices().first().text.contains(QStringLiteral("expired 2 days ago")));
    QVERIFY(last.notices.notices().first().error);
}

void ExpiryWatchTest::aNewTokenEndsIt()
{
    const QTemporaryDir folder;
    TokenTime now = kExpiry - 1h;
    Run run(folder, now);
    run.watch.note(kServer, kExpiry);
    QCOMPARE(run.notices.notices().size(), 1);
    run.watch.note(kServer, kExpiry + 24h * 90);
    QVERIFY(run.notices.notices().isEmpty());
    now = kExpiry + 24h * 90 - 1h; // it has its own end
    run.watch.look();
    QCOMPARE(run.told.size(), 2);
    run.watch.note(kServer, std::nullopt);
    QVERIFY(run.notices.notices().isEmpty());
}

void ExpiryWatchTest::aDismissedOneStaysDismissed()
{
    const QTemporaryDir folder;
    const TokenTime now = kExpiry - 1h;
    Run run(folder, now);
    run.watch.note(kServer, kExpiry);
    run.notices.tell({run.notices.notices().first().key, {}});
    run.watch.look();
    run.watch.note(kServer, kExpiry);
    QVERIFY(run.notices.notices().isEmpty());
}

void ExpiryWatchTest::tokensThatDoNotEndAreNoNews()
{
    const QTemporaryDir folder;
    const TokenTime now = kExpiry;
    Run run(folder, now);
    run.watch.note(kServer, std::nullopt);
    run.watch.look();
    QCOMPARE(run.told.size(), 0);
}

QTEST_GUILESS_MAIN(ExpiryWatchTest)
#include "expiry_watch_test.moc"
