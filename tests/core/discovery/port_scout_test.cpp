#include "core/discovery/real_services.h"
#include "discovery/port_scout.h"
#include "support/raw_origin.h"
#include "support/tls_origin.h"
#include "wire/limits.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <vector>

using discovery::ListeningPort;
using discovery::PortScout;
using discovery::ScoutOptions;
using discovery::Suggestion;
using support::RawOrigin;

namespace {

constexpr const char *kPage = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Mine</title>";

RawOrigin::Handler answering(const QByteArray &bytes)
{
    return [bytes](RawOrigin::Client &client) {
        client.send(bytes);
        client.socket->disconnectFromHost();
    };
}

ListeningPort listening(quint16 port, qint64 pid = 1, const char *process = "test")
{
    return {port, QStringLiteral("127.0.0.1"), pid, QString::fromLatin1(process)};
}

// The system's own list, but only these ports: the others on this computer are nobody's to ask.
ScoutOptions only(const QSet<quint16> &ports)
{
    ScoutOptions options;
    options.ports = [ports]() -> wire::Result<QList<ListeningPort>> {
        auto all = discovery::listeningPorts();
        if (all)
            all->removeIf([&](const auto &entry) { return !ports.contains(entry.port); });
        return all;
    };
    options.probeTimeout = std::chrono::seconds(10);
    return options;
}

constexpr std::chrono::milliseconds kHurry{150}; // for those that will not answer
constexpr std::chrono::milliseconds kSlow{1000};  // for those that will the second time

ScoutOptions these(const QList<ListeningPort> &ports, std::chrono::milliseconds probeTimeout = std::chrono::seconds(10))
{
    ScoutOptions options;
    options.ports = [ports] { return ports; };
    options.probeTimeout = probeTimeout;
    return options;
}

class Listener : public QObject {
public:
    explicit Listener(PortScout &scout)
    {
        connect(&scout, &PortScout::found, this, [this](const QList<Suggestion> &suggestions) {
            ++times;
            last = suggestions;
            first = times == 1 ? suggestions : first;
        });
    }
    [[nodiscard]] Suggestion of(quint16 port) const
    {
        const auto found =
            std::ranges::find_if(last, [port](const auto &suggestion) { return suggestion.listening.port == port; });
        return found == last.end() ? Suggestion() : *found;
    }
    [[nodiscard]] qsizetype askedCount() const { return std::ranges::count_if(last, &Suggestion::asked); }

    QList<Suggestion> first;
    QList<Suggestion> last;
    int times = 0;
};

} // namespace

class PortScoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatADeveloperRuns()
    {
        const support::RealNginx nginx;
        const support::RealPython python("<title>Python's page</title>");
        support::TlsOrigin tls;
        tls.answer = kPage;
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        auto options = only({nginx.port(), python.port(), tls.port(), mute.serverPort()});
        options.probeTimeout = std::chrono::seconds(3);
        PortScout scout(options);
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(listener.askedCount(), 4, 20'000);
        QCOMPARE(listener.first.size(), 4); // at once, before anybody answered
        QCOMPARE(listener.of(nginx.port()).title, QStringLiteral("Welcome to nginx!"));
        QCOMPARE(listener.of(nginx.port()).listening.process, QStringLiteral("nginx"));
        QCOMPARE(listener.of(nginx.port()).listening.pid, nginx.pid());
        QCOMPARE(listener.of(python.port()).title, QStringLiteral("Python's page"));
        QVERIFY(listener.of(tls.port()).tls && listener.of(tls.port()).http);
        QVERIFY(!listener.of(mute.serverPort()).http);
        QCOMPARE(listener.last.last().listening.port, mute.serverPort()); // those that speak HTTP stand before it
        const auto http = listener.last.first(3);
        QVERIFY(std::ranges::is_sorted(http, {}, [](const auto &suggestion) { return suggestion.listening.port; }));
    }

    void asksOnlyWhenRefreshed()
    {
        RawOrigin origin(answering(kPage));
        PortScout scout(these({listening(origin.port())}));
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(listener.askedCount(), 1);
        QCOMPARE(origin.connectionCount(), 1);
        QCOMPARE(listener.times, 2);
        scout.refresh(); // what speaks HTTP may have another title by now
        QTRY_COMPARE(origin.connectionCount(), 2);
        QCOMPARE(listener.last.first().title, QStringLiteral("Mine")); // shown in the meantime
    }

    void doesNotDisturbTheSilentTwice()
    {
        RawOrigin mute;
        PortScout scout(these({listening(mute.port())}, kHurry));
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(listener.askedCount(), 1);
        const auto times = listener.times;
        scout.refresh();
        QTRY_COMPARE(listener.times, times + 1);
        QVERIFY(listener.last.first().asked && !listener.last.first().http);
        QCOMPARE(mute.connectionCount(), 1);
    }

    void asksTheSilentAgainAfterARest()
    {
        RawOrigin origin;
        auto options = these({listening(origin.port())}, kSlow);
        options.silentServiceRest = std::chrono::milliseconds(1);
        PortScout scout(options);
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(listener.askedCount(), 1);
        origin.setHandler(answering(kPage));
        scout.refresh();
        QTRY_COMPARE(listener.last.first().title, QStringLiteral("Mine"));
    }

    void asksWhatTookThePortOfAnother()
    {
        RawOrigin origin;
        std::atomic<qint64> pid = 1;
        auto options = these({}, kSlow);
        options.ports = [&pid, port = origin.port()] { return QList<ListeningPort>{listening(port, pid)}; };
        PortScout scout(options);
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(listener.askedCount(), 1);
        pid = 2;
        origin.setHandler(answering(kPage));
        scout.refresh();
        QTRY_COMPARE(listener.of(origin.port()).title, QStringLiteral("Mine"));
        QCOMPARE(listener.of(origin.port()).listening.pid, 2);
    }

    void leavesOutItsOwnAndTheKnown()
    {
        RawOrigin own(answering(kPage));
        RawOrigin redis(answering(kPage));
        RawOrigin other(answering(kPage));
        PortScout scout(
            these({listening(own.port()), listening(redis.port(), 2, "redis-server"), listening(other.port())}));
        scout.leaveOut({own.port()});
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(listener.askedCount(), 1);
        QCOMPARE(listener.last.size(), 2);
        QVERIFY(listener.of(other.port()).http);
        QCOMPARE(listener.of(redis.port()).listening.process, QStringLiteral("redis-server"));
        QCOMPARE(own.connectionCount(), 0);
        QCOMPARE(redis.connectionCount(), 0);
    }

    void asksAFewAtATime()
    {
        constexpr int kServices = 3 * int(wire::kMaxTitleProbes);
        std::vector<std::unique_ptr<RawOrigin>> origins;
        QList<ListeningPort> ports;
        for (int i = 0; i < kServices; ++i) {
            origins.push_back(std::make_unique<RawOrigin>());
            ports += listening(origins.back()->port());
        }
        const auto openCount = [&] {
            return std::ranges::count_if(
                origins, [](const auto &origin) { return origin->connectionCount() > 0 && !origin->client(0).ended; });
        };
        auto options = these(ports);
        options.probeTimeout = std::chrono::minutes(1);
        PortScout scout(options);
        const Listener listener(scout);
        scout.refresh();
        QTRY_COMPARE(openCount(), std::ptrdiff_t(wire::kMaxTitleProbes));
        scout.refresh(); // starts none beside them
        QTRY_COMPARE(listener.times, 2);
        for (const auto &origin : origins) // each that answers makes room for one
            origin->setHandler(answering(kPage));
        for (const auto &origin : origins)
            if (origin->connectionCount() > 0)
                origin->client(0).send(kPage);
        QTRY_COMPARE(listener.askedCount(), kServices);
        QVERIFY(std::ranges::all_of(origins, [](const auto &origin) { return origin->connectionCount() == 1; }));
    }

    void tellsWhenTheSystemDoesNot()
    {
        ScoutOptions options;
        options.ports = []() -> wire::Result<QList<ListeningPort>> {
            return wire::fail(wire::Code::InternalError, "no ports today");
        };
        PortScout scout(options);
        QSignalSpy failed(&scout, &PortScout::failed);
        QSignalSpy found(&scout, &PortScout::found);
        scout.refresh();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].toString(), QStringLiteral("no ports today"));
        QCOMPARE(found.count(), 0);
    }

    void theLastRefreshCounts()
    {
        std::atomic<int> calls = 0;
        ScoutOptions options;
        options.ports = [&calls] {
            const int call = ++calls;
            return QList<ListeningPort>{listening(quint16(call), call, "redis-server")};
        };
        PortScout scout(options);
        const Listener listener(scout);
        for (int i = 0; i < 5; ++i)
            scout.refresh();
        QTRY_COMPARE(listener.times, 1);
        QCOMPARE(listener.last.first().listening.pid, 2); // the first, and all others at once
        QCOMPARE(calls.load(), 2);
    }

    void mayEndWhileItAsks()
    {
        RawOrigin mute;
        auto scout = std::make_unique<PortScout>(only({mute.port()}));
        scout->refresh();
        QTRY_VERIFY(!mute.received().isEmpty());
        scout->refresh();
        scout.reset();
        QTRY_VERIFY(mute.client(0).ended);
    }
};

QTEST_GUILESS_MAIN(PortScoutTest)
#include "port_scout_test.moc"
