#include "core/workspace/test_workspace.h"
#include "wire/ids.h"
#include "wire/limits.h"
#include "workspace/tunnel_names.h"

#include <QTest>

using namespace workspace;
using support::entryFor;
using support::Home;

class TunnelNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wishesBecomeNames_data();
    void wishesBecomeNames();
    void longWishesAreCut();
    void aTakenNameGetsTheNextNumber();
    void serversAreComparedAsUrls();
    void faultsAreSentences();
    void drawnNames();
};

void TunnelNamesTest::wishesBecomeNames_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("slug");
    QTest::newRow("title") << QStringLiteral("Vite + React") << QStringLiteral("vite-react");
    QTest::newRow("accents") << QStringLiteral("Café Menü") << QStringLiteral("cafe-menu");
    QTest::newRow("edges") << QStringLiteral(" --Shop!-- ") << QStringLiteral("shop");
    QTest::newRow("host") << QStringLiteral("app.test-8443") << QStringLiteral("app-test-8443");
    QTest::newRow("no letters") << QStringLiteral("日本") << QString();
    QTest::newRow("too short") << QStringLiteral("x") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TunnelNamesTest::wishesBecomeNames()
{
    QFETCH(const QString, wish);
    QTEST(slugOf(wish), "slug");
}

void TunnelNamesTest::longWishesAreCut()
{
    const QString slug = slugOf(QStringLiteral("ab ").repeated(50));
    QVERIFY(wire::checkTunnelName(slug.toStdString()));
    QVERIFY(std::size_t(slug.size()) >= wire::kMaxNameLength - 1);
    const QString next = freeName(slug, {slug});
    QVERIFY(wire::checkTunnelName(next.toStdString()));
    QVERIFY(next.endsWith(QStringLiteral("-2")));
}

void TunnelNamesTest::aTakenNameGetsTheNextNumber()
{
    const QString shop = QStringLiteral("shop");
    const QString second = QStringLiteral("shop-2");
    QCOMPARE(freeName(shop, {}), shop);
    QCOMPARE(freeName(shop, {shop}), second);
    QCOMPARE(freeName(second, {shop, second}), QStringLiteral("shop-3"));
}

void TunnelNamesTest::serversAreComparedAsUrls()
{
    const QUrl relay(QStringLiteral("https://relay.example.com"));
    QVERIFY(sameServer({}, {}));
    QVERIFY(!sameServer({}, relay));
    QVERIFY(sameServer(relay, QUrl(QStringLiteral("https://relay.example.com:443/"))));
    QVERIFY(!sameServer(relay, QUrl(QStringLiteral("http://relay.example.com"))));
}

void TunnelNamesTest::faultsAreSentences()
{
    const Home home;
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    const QString shop = QStringLiteral("shop");
    const TunnelInfo tunnel = TunnelList::made(entryFor(3000, shop));
    QVERIFY(list.insert(0, tunnel));
    const TunnelNames names(list);
    const QUrl relay(QStringLiteral("https://relay.example.com"));
    QVERIFY(names.fault(shop, {}, {}).contains(QStringLiteral("shop")));
    QVERIFY(names.fault(shop, {}, tunnel.id).isEmpty());
    QVERIFY(names.fault(shop, relay, {}).isEmpty());
    QVERIFY(names.fault({}, {}, {}).isEmpty());
    QVERIFY(!names.fault(QStringLiteral("-Shop"), {}, {}).isEmpty());
    QCOMPARE(names.suggest(QStringLiteral("Shop"), {}), QStringLiteral("shop-2"));
    QCOMPARE(names.next(tunnel.entry), QStringLiteral("shop-2"));
}

void TunnelNamesTest::drawnNames()
{
    const Home home;
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    const TunnelNames names(list);
    auto entry = entryFor(3000);
    QCOMPARE(names.draw(entry), QStringLiteral("port-3000"));
    entry.target.host = QStringLiteral("app.test");
    QCOMPARE(names.draw(entry), QStringLiteral("app-test-3000"));
    entry.server = QUrl(QStringLiteral("https://relay.example.com"));
    QVERIFY(!names.draw(entry).contains(QStringLiteral("3000")));
    QVERIFY(wire::checkTunnelName(names.draw(entry).toStdString()));
}

QTEST_APPLESS_MAIN(TunnelNamesTest)
#include "tunnel_names_test.moc"
