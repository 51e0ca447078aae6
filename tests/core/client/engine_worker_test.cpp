#include "client/engine_worker.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "support/wire_server.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace client;
using support::RawOrigin;
using support::WireServer;

namespace {

TunnelConfig configFor(const QUrl &server, quint16 port)
{
    TunnelConfig config;
    config.id = QStringLiteral("t1");
    config.server = server;
    config.target = support::loopbackTarget(port);
    return config;
}

} // namespace

// On one thread with its servers; EngineTest has the threads.
class EngineWorkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shutsDownOnceItsLinksAreClosed()
    {
        WireServer server;
        RawOrigin origin;
        EngineWorker worker{EngineOptions{}};
        QSignalSpy finished(&worker, &EngineWorker::shutDownFinished);
        worker.start(configFor(server.url(), origin.port()));
        QTRY_COMPARE(server.online(), std::size_t{1});
        QElapsedTimer timer;
        timer.start();
        worker.shutDown();
        QVERIFY(finished.isEmpty());
        QTRY_VERIFY(!finished.isEmpty());
        QVERIFY(timer.elapsed() < 900); // not by the timeout of one second
        QTRY_VERIFY(server.client().gone);
    }

    void shutsDownInTimeWithAServerThatDoesNotAnswer()
    {
        RawOrigin silent([](auto &) {});
        EngineWorker worker{EngineOptions{}};
        QSignalSpy finished(&worker, &EngineWorker::shutDownFinished);
        worker.start(configFor(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(silent.port())), 1));
        QTRY_VERIFY(!silent.received().isEmpty());
        QElapsedTimer timer;
        timer.start();
        worker.shutDown();
        QTRY_VERIFY(!finished.isEmpty());
        QVERIFY(timer.elapsed() < 2000);
    }

    void lastRowsLeaveBeforeTheEnd()
    {
        WireServer server;
        RawOrigin origin([](auto &) {});
        EngineWorker worker{EngineOptions{}};
        QSignalSpy batches(&worker, &EngineWorker::exchangesChanged);
        worker.start(configFor(server.url(), origin.port()));
        QTRY_COMPARE(server.online(), std::size_t{1});
        QSignalSpy statuses(&worker, &EngineWorker::statusChanged);
        QTRY_VERIFY(!statuses.isEmpty() || server.client().ready);
        server.client().request(1, "GET", "/hang");
        QTRY_VERIFY(!origin.received().isEmpty());
        worker.shutDown();
        QVERIFY(!batches.isEmpty());
        const auto row = batches.last()[0].value<ExchangeBatch>().last();
        QCOMPARE(row.state, ExchangeState::Aborted);
        QCOMPARE(row.error.code, wire::Code::ConnectionLost);
    }

    void aPauseComesBeforeTheStartAndEndsWithTheTunnel()
    {
        WireServer server;
        RawOrigin origin;
        EngineWorker worker{EngineOptions{}};
        QList<TunnelStatus> statuses;
        connect(&worker, &EngineWorker::statusChanged, this, [&](const auto &status) { statuses << status; });
        const auto config = configFor(server.url(), origin.port());
        worker.setPaused(config.id, true);
        QVERIFY(statuses.isEmpty());
        worker.start(config);
        QVERIFY(!statuses.isEmpty());
        QVERIFY(std::ranges::all_of(statuses, &TunnelStatus::paused));
        worker.stop(config.id);
        worker.start(config);
        QVERIFY(statuses.last().paused);
        worker.remove(config.id);
        worker.start(config);
        QVERIFY(!statuses.last().paused);
    }

    void replaysEndWithTheEngine()
    {
        RawOrigin origin([](auto &) {});
        EngineOptions options;
        options.captureBodyBytes = 100;
        EngineWorker worker{options};
        QSignalSpy rows(&worker, &EngineWorker::exchangesChanged);
        QSignalSpy captures(&worker, &EngineWorker::capturesChanged);
        ReplayRequest request;
        request.head.method = "GET";
        request.head.uri = "/";
        request.target = support::loopbackTarget(origin.port());
        const quint64 key = drawExchangeKey();
        worker.replay(key, request);
        QTRY_VERIFY(!origin.received().isEmpty());
        worker.cancelReplay(key + 1); // nobody's
        worker.shutDown();
        const auto row = rows.last()[0].value<ExchangeBatch>().last();
        QCOMPARE(row.key, key);
        QCOMPARE(row.state, ExchangeState::Aborted);
        QCOMPARE(row.error.code, wire::Code::Cancelled);
        QVERIFY(!captures.isEmpty());
        QTRY_VERIFY(origin.client(0).ended);
    }

    void unknownTunnelsAreNobodys()
    {
        EngineWorker worker{EngineOptions{}};
        QSignalSpy statuses(&worker, &EngineWorker::statusChanged);
        worker.stop(QStringLiteral("x"));
        worker.remove(QStringLiteral("x"));
        worker.reconnect(QStringLiteral("x"));
        worker.reconnectAll();
        QVERIFY(statuses.isEmpty());
    }
};

QTEST_GUILESS_MAIN(EngineWorkerTest)
#include "engine_worker_test.moc"
