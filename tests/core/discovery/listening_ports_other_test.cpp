#include "discovery/listening_ports.h"

#include <QTest>

class ListeningPortsOtherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatToDoInstead()
    {
        const auto ports = discovery::listeningPorts();
        QVERIFY(!ports.has_value());
        const auto sentence = QString::fromStdString(ports.error().message);
        QVERIFY(sentence.contains(QStringLiteral("not supported on this system yet")));
        QVERIFY(sentence.contains(QStringLiteral("Type the port")));
    }
};

QTEST_GUILESS_MAIN(ListeningPortsOtherTest)
#include "listening_ports_other_test.moc"
