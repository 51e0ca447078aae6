#include "client/local_pool.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "wire/limits.h"

#include <QTest>

using namespace client;
using namespace std::chrono_literals;
using support::RawOrigin;

namespace {

class Waiter final : public LocalConnection::Listener {
public:
    void onConnected() override { up = true; }
    void onReadable() override {}
    void onWritten() override {}
    void onClosed(const wire::Error &) override {}
    bool up = false;
};

struct Bench {
    Bench() : site(pool.site(support::loopbackTarget(origin.port()))) {}
    // A connection that stands.
    LocalConnectionPtr connection(Reuse reuse = Reuse::None)
    {
        Waiter waiter;
        auto acquired = site->acquire(reuse, waiter, now);
        if (!acquired->isUp())
            up = QTest::qWaitFor([&] { return waiter.up; });
        acquired->detach();
        return acquired;
    }

    RawOrigin origin;
    LocalPool pool;
    std::shared_ptr<LocalSite> site;
    SteadyClock::time_point now = SteadyClock::now();
    bool up = true;
};

} // namespace

class LocalPoolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalTargetsShareASite()
    {
        LocalPool pool;
        const auto target = support::loopbackTarget(3000);
        const auto site = pool.site(target);
        auto other = target;
        other.hostHeader = HostHeader::Preserve; // no difference for a connection
        QCOMPARE(pool.site(other), site);
        other.tls = true;
        QVERIFY(pool.site(other) != site);
        QVERIFY(pool.site(support::loopbackTarget(3001)) != site);
    }

    void theNewestIdleConnectionIsTaken()
    {
        Bench bench;
        auto first = bench.connection();
        auto second = bench.connection();
        auto *newest = second.get();
        bench.site->release(std::move(first), 0s, bench.now);
        bench.site->release(std::move(second), 0s, bench.now + 1ms);
        QCOMPARE(bench.site->idleConnections(), std::size_t{2});
        QCOMPARE(bench.connection(Reuse::Any).get(), newest);
        QVERIFY(bench.up);
    }

    void unsafeMethodsGetRecentOnes()
    {
        Bench bench;
        auto connection = bench.connection();
        auto *idle = connection.get();
        bench.site->release(std::move(connection), 0s, bench.now);
        bench.now += wire::kLocalReuseUnsafeAfter + 1ms;
        auto fresh = bench.connection(Reuse::Recent);
        QVERIFY(fresh.get() != idle);
        QCOMPARE(bench.site->idleConnections(), std::size_t{1});
        QCOMPARE(bench.connection(Reuse::Any).get(), idle);
        auto again = bench.connection(Reuse::None);
        bench.site->release(std::move(again), 0s, bench.now);
        bench.now += wire::kLocalReuseUnsafeAfter;
        QVERIFY(bench.connection(Reuse::Recent)->isUp());
        QCOMPARE(bench.site->idleConnections(), std::size_t{0});
    }

    void idleConnectionsExpire()
    {
        Bench bench;
        bench.site->release(bench.connection(), 0s, bench.now);
        bench.site->sweep(bench.now + wire::kLocalIdleTimeout - 1ms);
        QCOMPARE(bench.site->idleConnections(), std::size_t{1});
        bench.site->sweep(bench.now + wire::kLocalIdleTimeout);
        QCOMPARE(bench.site->idleConnections(), std::size_t{0});
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void theServicesOwnTimeoutIsHonoured()
    {
        Bench bench;
        bench.site->release(bench.connection(), 5s, bench.now);
        bench.site->release(bench.connection(), 1s, bench.now); // would be closed under the next request
        bench.now += 3999ms;
        bench.site->sweep(bench.now);
        QCOMPARE(bench.site->idleConnections(), std::size_t{1});
        bench.now += 1ms;
        auto connection = bench.connection(Reuse::Any);
        QCOMPARE(bench.origin.connectionCount(), 3);
    }

    void unsafeMethodsAskTheSystemFirst()
    {
        Bench bench;
        bench.site->release(bench.connection(), 0s, bench.now);
        // The service ends the connection and our event loop has not heard of it.
        bench.origin.client(0).socket->abort();
        auto connection = bench.connection(Reuse::Recent);
        QCOMPARE(bench.site->idleConnections(), std::size_t{0});
        QVERIFY(connection->isUp());
        QTRY_COMPARE(bench.origin.connectionCount(), 2);
    }

    void connectionsThatEndedAreNotTaken()
    {
        Bench bench;
        auto connection = bench.connection();
        auto *idle = connection.get();
        bench.site->release(std::move(connection), 0s, bench.now);
        bench.origin.client(0).socket->disconnectFromHost();
        QTRY_VERIFY(!idle->isUsable());
        QVERIFY(bench.connection(Reuse::Any)->isUp());
        QCOMPARE(bench.origin.connectionCount(), 2);
    }

    void theIdleOnesAreBounded()
    {
        Bench bench;
        std::vector<LocalConnectionPtr> connections;
        for (std::size_t i = 0; i < wire::kLocalPoolSize + 3; ++i)
            connections.push_back(bench.connection());
        for (auto &connection : connections)
            bench.site->release(std::move(connection), 0s, bench.now);
        QCOMPARE(bench.site->idleConnections(), wire::kLocalPoolSize);
        QTRY_VERIFY(bench.origin.client(0).ended);
    }
};

QTEST_GUILESS_MAIN(LocalPoolTest)
#include "local_pool_test.moc"
