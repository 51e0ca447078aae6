#include "workspace/config_mapping.h"

#include <QTest>

class ConfigMappingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldIsMapped();
    void everyChoiceIsMapped();
};

void ConfigMappingTest::everyFieldIsMapped()
{
    const settings::TunnelEntry entry{.name = QStringLiteral("shop"),
                                      .target = {true, QStringLiteral("app.test"), 8443},
                                      .server = QUrl(QStringLiteral("https://relay.example.com")),
                                      .hostHeader = {settings::HostHeaderKind::Custom, QStringLiteral("shop.test")},
                                      .upstreamTls = {settings::UpstreamTlsKind::Pin, "ab"},
                                      .takeover = true};
    const client::Token token("secret");
    const auto config = workspace::toConfig(entry, QStringLiteral("id"), token);
    const client::TunnelConfig expected{.id = QStringLiteral("id"),
                                        .name = QStringLiteral("shop"),
                                        .server = QUrl(QStringLiteral("https://relay.example.com")),
                                        .token = token,
                                        .takeover = true,
                                        .target = {.tls = true,
                                                   .host = QStringLiteral("app.test"),
                                                   .port = 8443,
                                                   .hostHeader = client::HostHeader::Custom,
                                                   .customHost = QStringLiteral("shop.test"),
                                                   .verify = client::UpstreamTls::Pin,
                                                   .pinnedSha256 = "ab"},
                                        .rules = {},
                                        .secrets = {}};
    QVERIFY(config == expected);
}

void ConfigMappingTest::everyChoiceIsMapped()
{
    const auto mapped = [](settings::HostHeaderKind host, settings::UpstreamTlsKind tls) {
        settings::TunnelEntry entry;
        entry.hostHeader.kind = host;
        entry.upstreamTls.kind = tls;
        return workspace::toConfig(entry, {}, {}).target;
    };
    using settings::HostHeaderKind;
    using settings::UpstreamTlsKind;
    QCOMPARE(mapped(HostHeaderKind::Rewrite, UpstreamTlsKind::Verify).hostHeader, client::HostHeader::Rewrite);
    QCOMPARE(mapped(HostHeaderKind::Preserve, UpstreamTlsKind::Verify).hostHeader, client::HostHeader::Preserve);
    QCOMPARE(mapped(HostHeaderKind::Rewrite, UpstreamTlsKind::Verify).verify, client::UpstreamTls::Verify);
    QCOMPARE(mapped(HostHeaderKind::Rewrite, UpstreamTlsKind::Off).verify, client::UpstreamTls::Off);
}

QTEST_APPLESS_MAIN(ConfigMappingTest)
#include "config_mapping_test.moc"
