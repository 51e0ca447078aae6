#include "settings/secret_store.h"

#include <QTest>

class SecretStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAccountIsTheServersUrl_data();
    void anAccountIsTheServersUrl();
};

void SecretStoreTest::anAccountIsTheServersUrl_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("account");
    const auto row = [](const char *server, const char *account) {
        QTest::newRow(server) << QString::fromUtf8(server) << QString::fromUtf8(account);
    };
    row("https://relay.example.com", "https://relay.example.com");
    row("https://relay.example.com/", "https://relay.example.com");
    row("HTTPS://Relay.Example.COM:443/", "https://relay.example.com");
    row("https://relay.example.com:8443", "https://relay.example.com:8443");
    row("https://relay.example.com:80", "https://relay.example.com:80");
    row("http://relay.example.com:80", "http://relay.example.com");
    row("ws://a:80/x", "ws://a/x");
    row("wss://a.example:443/Prod/", "wss://a.example/Prod");
    row("wss://a.example/prod?stage=1", "wss://a.example/prod?stage=1");
    row("https://user:password@a.example#x", "https://a.example");
    row("http://[::1]:7777/", "http://[::1]:7777");
    row("https://büro.example", "https://xn--bro-hoa.example");
    row("", "");
}

void SecretStoreTest::anAccountIsTheServersUrl()
{
    QFETCH(const QString, server);
    QFETCH(const QString, account);
    QCOMPARE(settings::secretAccount(QUrl(server)), account);
}

QTEST_APPLESS_MAIN(SecretStoreTest)
#include "secret_store_test.moc"
