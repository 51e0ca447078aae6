#include "client/tunnel_config.h"

#include <QTest>

using namespace client;

namespace {

TunnelConfig valid()
{
    TunnelConfig config;
    config.id = QStringLiteral("t1");
    config.server = QUrl(QStringLiteral("https://t.example"));
    config.target.port = 3000;
    return config;
}

QByteArray complaint(const TunnelConfig &config)
{
    const auto checked = checkConfig(config);
    return checked ? QByteArray() : QByteArray::fromStdString(checked.error().message);
}

} // namespace

class TunnelConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesWhatCanWork()
    {
        auto config = valid();
        QCOMPARE(complaint(config), QByteArray());
        config.name = QStringLiteral("shop");
        config.token = Token("abc.DEF-123_~+/=");
        config.target.hostHeader = HostHeader::Custom;
        config.target.customHost = QStringLiteral("my.test:8080");
        config.target.tls = true;
        config.target.verify = UpstreamTls::Pin;
        config.target.pinnedSha256 = QByteArray(64, 'a');
        QCOMPARE(complaint(config), QByteArray());
    }

    void refusesATokenThatWouldBreakItsHeaderField_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("line break at the end") << QByteArray("s3cr3t\n");
        QTest::newRow("header injection") << QByteArray("s3cr3t\r\nX-Evil: 1");
        QTest::newRow("space") << QByteArray("s3cr3t s3cr3t");
        QTest::newRow("not ASCII") << QByteArray("s3cr3t\xc3\xa9");
        QTest::newRow("NUL") << QByteArray("s3cr3t\0", 7);
    }
    void refusesATokenThatWouldBreakItsHeaderField()
    {
        QFETCH(QByteArray, token);
        auto config = valid();
        config.token = Token(token);
        QVERIFY(complaint(config).startsWith("the token"));
        QVERIFY(!complaint(config).contains("s3cr3t"));
    }

    void refusesRulesThatCannotHold()
    {
        auto config = valid();
        config.rules.bearer = true;
        QVERIFY(complaint(config).contains("access token"));
        config.secrets.tokens = {std::string(32, 'a')};
        QCOMPARE(complaint(config), QByteArray());
        config.rules.allow = {*wire::Cidr::parse("192.0.2.1")};
        QCOMPARE(complaint(config), QByteArray());
        config.server = QUrl(QStringLiteral("http://t.example"));
        QVERIFY(complaint(config).contains("encrypted"));
        config.server = QUrl(QStringLiteral("http://127.0.0.1:8080"));
        QCOMPARE(complaint(config), QByteArray());
        config.rules.idle = std::chrono::seconds(1);
        QVERIFY(!complaint(config).isEmpty());
    }

    void refusesWhatCannotWork()
    {
        auto config = valid();
        config.server = QUrl(QStringLiteral("ftp://t.example"));
        QVERIFY(complaint(config).contains("https://"));
        config = valid();
        config.name = QStringLiteral("-no-");
        QVERIFY(!complaint(config).isEmpty());
        config = valid();
        config.target.port = 0;
        QCOMPARE(complaint(config), "the local port is missing");
        config = valid();
        config.target.host.clear();
        QCOMPARE(complaint(config), "the local host is missing");
        config = valid();
        config.target.hostHeader = HostHeader::Custom;
        QVERIFY(!complaint(config).isEmpty());
        config.target.customHost = QStringLiteral("a\r\nX-Evil: 1");
        QVERIFY(!complaint(config).isEmpty());
        config = valid();
        config.target.tls = true;
        config.target.verify = UpstreamTls::Pin;
        QVERIFY(!complaint(config).isEmpty());
        config.target.pinnedSha256 = "zz";
        QVERIFY(!complaint(config).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TunnelConfigTest)
#include "tunnel_config_test.moc"
