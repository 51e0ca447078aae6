#include "discovery/known_services.h"

#include <QTest>

using discovery::isKnownNotHttp;
using discovery::ListeningPort;

class KnownServicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsThemByPortAndByProgram()
    {
        const auto listening = [](quint16 port, const char *process) {
            return ListeningPort{port, QStringLiteral("127.0.0.1"), 1, QString::fromLatin1(process)};
        };
        QVERIFY(isKnownNotHttp(listening(22, "")));
        QVERIFY(isKnownNotHttp(listening(3306, "docker-proxy")));
        QVERIFY(isKnownNotHttp(listening(33060, "")));
        QVERIFY(isKnownNotHttp(listening(16379, "redis-server")));
        QVERIFY(isKnownNotHttp(listening(15432, "postgres")));
        QVERIFY(!isKnownNotHttp(listening(80, "nginx")));
        QVERIFY(!isKnownNotHttp(listening(3000, "node")));
        QVERIFY(!isKnownNotHttp(listening(8080, "")));
    }
};

QTEST_GUILESS_MAIN(KnownServicesTest)
#include "known_services_test.moc"
