#include "traffic/secrets.h"

#include <QTest>

using traffic::isSecretField;
using traffic::redactedUrl;
using traffic::redactedValue;

class SecretsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsSecretFields()
    {
        for (const char *name : {"Authorization", "proxy-authorization", "Cookie", "SET-COOKIE", "X-Api-Key", "apikey",
                                 "X-Auth-Token", "X-Amz-Security-Token", "X-CSRF-Token", "X-Vault-Token",
                                 "PRIVATE-TOKEN", "X-Gitlab-Token", "X-Session-Id", "X-Shared-Secret",
                                 "X-Forwarded-Password", "X-Goog-IAP-JWT-Assertion", "Ocp-Apim-Subscription-Key"})
            QVERIFY2(isSecretField(name), name);
        for (const char *name : {"Host", "Accept", "User-Agent", "Content-Type", "X-Request-Id", "Stripe-Signature",
                                 "Key", "Sec-WebSocket-Key", "X-Forwarded-For", "Origin", ""})
            QVERIFY2(!isSecretField(name), name);
    }

    void redactsValues_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("redacted");
        const auto row = [](const char *name, const char *value, const char *redacted) {
            QTest::addRow("%s: %s", name, value) << QByteArray(name) << QByteArray(value) << QByteArray(redacted);
        };
        row("Authorization", "Bearer abc.def", "Bearer REDACTED");
        row("Authorization", "Basic dXNlcjpw", "Basic REDACTED");
        row("Authorization", "abc", "REDACTED");
        row("Authorization", "", "");
        row("Proxy-Authorization", "Digest username=\"a\", response=\"b\"", "Digest REDACTED");
        row("Cookie", "session=abc; theme=dark;  a==b", "session=REDACTED; theme=REDACTED; a=REDACTED");
        row("cookie", "bare", "REDACTED");
        row("Cookie", "a=1;", "a=REDACTED");
        row("Set-Cookie", "id=abc; Path=/; HttpOnly", "id=REDACTED; Path=/; HttpOnly");
        row("Set-Cookie", "id=abc", "id=REDACTED");
        row("X-Api-Key", "key with spaces", "key REDACTED");
        row("X-Token", "abc", "REDACTED");
        row("Accept", "Bearer abc", "Bearer abc");
        row("Location", "https://h/back?code=abc&state=1", "https://h/back?code=REDACTED&state=1");
        row("referer", "http://h/?token=abc", "http://h/?token=REDACTED");
    }
    void redactsValues()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto redacted = redactedValue({name.toStdString(), value.toStdString()});
        QTEST(QByteArray::fromStdString(redacted), "redacted");
    }

    void redactsUrls_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("redacted");
        const auto row = [](const char *url, const char *redacted) {
            QTest::newRow(url) << QByteArray(url) << QByteArray(redacted);
        };
        row("/", "/");
        row("http://h/token=1", "http://h/token=1");
        row("/?", "/?");
        row("/?a=1&b=2&&c", "/?a=1&b=2&&c");
        row("/?access_token=abc&page=2", "/?access_token=REDACTED&page=2");
        row("/?page=2&client-secret=a=b", "/?page=2&client-secret=REDACTED");
        row("/?API.Key=x", "/?API.Key=REDACTED");
        row("/?X-Amz-Signature=x&sig=y&key=z&code=c",
            "/?X-Amz-Signature=REDACTED&sig=REDACTED&key=REDACTED&code=REDACTED");
        row("/?keyboard=x&design=y&zip=1&token", "/?keyboard=x&design=y&zip=1&token");
        row("/?q=a?password=b", "/?q=a?password=b");
    }
    void redactsUrls()
    {
        QFETCH(QByteArray, url);
        QTEST(QByteArray::fromStdString(redactedUrl({url.constData(), std::size_t(url.size())})), "redacted");
    }
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "secrets_test.moc"
