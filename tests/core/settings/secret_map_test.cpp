#include "settings/secret_map.h"

#include <QTest>

using namespace settings;

class SecretMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesThereAndBack()
    {
        const SecretMap secrets{{QStringLiteral("https://relay.example.com"), Secret("s3cret")},
                                {QString::fromUtf8("wss://\xc3\xbcn.example"), Secret(QByteArray("a\0b", 3))}};
        const auto bytes = toBytes(secrets);
        QCOMPARE(bytes.at("https://relay.example.com"), std::string("s3cret"));
        QCOMPARE(fromBytes(bytes), secrets);
    }

    void anAccountThatIsNoTextIsRefused()
    {
        QCOMPARE(fromBytes({{"\xff\xfe", "s3cret"}}).error().code, wire::Code::InvalidRequest);
    }
};

QTEST_GUILESS_MAIN(SecretMapTest)
#include "secret_map_test.moc"
