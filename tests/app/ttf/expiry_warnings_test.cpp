#include "ttf/expiry_warnings.h"
#include "wire/base64.h"

#include <QTest>

using namespace std::chrono_literals;
using ttf::ExpiryWarnings;

namespace {

const settings::TokenTime kNow(std::chrono::seconds(1'800'000'000));

client::TunnelConfig tunnel(const QString &server, std::chrono::seconds left)
{
    const auto payload = R"({"exp":)" + std::to_string((kNow + left).time_since_epoch().count()) + "}";
    client::TunnelConfig config;
    config.server = QUrl(server);
    config.token = client::Token(QByteArray::fromStdString("e30." + wire::encodeBase64Url(payload) + ".c2ln"));
    return config;
}

} // namespace

class ExpiryWarningsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatEndsSoonIsToldOnce()
    {
        ExpiryWarnings warnings(kNow);
        const QString one = QStringLiteral("https://one.example.com");
        QCOMPARE(warnings.of(tunnel(one, 24h * 6)),
                 std::string("the token for one.example.com expires in 6 days: ask its operator for a new one"));
        QCOMPARE(warnings.of(tunnel(one, 24h * 6)), std::string());
        QCOMPARE(warnings.of(tunnel(QStringLiteral("https://two.example.com"), -50h)),
                 std::string("the token for two.example.com expired 2 days ago: ask its operator for a new one"));
    }

    void whatDoesNotIsNoMatter()
    {
        ExpiryWarnings warnings(kNow);
        QCOMPARE(warnings.of(tunnel(QStringLiteral("https://one.example.com"), 24h * 30)), std::string());
        client::TunnelConfig plain;
        plain.server = QUrl(QStringLiteral("https://two.example.com"));
        plain.token = client::Token("one-that-does-not-say");
        QCOMPARE(warnings.of(plain), std::string());
    }
};

QTEST_GUILESS_MAIN(ExpiryWarningsTest)
#include "expiry_warnings_test.moc"
