#include "core/workspace/test_workspace.h"
#include "workspace/tunnel_list.h"

#include <QTest>

using support::entryFor;
using support::Home;
using workspace::TunnelInfo;
using workspace::TunnelList;

namespace {

// Notes what a list tells, and checks that it tells it in pairs around the change.
class Watcher : public QObject {
public:
    explicit Watcher(TunnelList &list)
    {
        connect(&list, &TunnelList::aboutToInsert, this, [&](qsizetype) { size = list.tunnels().size() + 1; });
        connect(&list, &TunnelList::inserted, this, [&](qsizetype index) {
            told.append(QStringLiteral("+%1").arg(index));
            inStep = inStep && list.tunnels().size() == size;
        });
        connect(&list, &TunnelList::aboutToRemove, this, [&](qsizetype) { size = list.tunnels().size() - 1; });
        connect(&list, &TunnelList::removed, this, [&](qsizetype index) {
            told.append(QStringLiteral("-%1").arg(index));
            inStep = inStep && list.tunnels().size() == size;
        });
        connect(&list, &TunnelList::changed, this,
                [this](qsizetype index) { told.append(QStringLiteral("~%1").arg(index)); });
        connect(&list, &TunnelList::foundOutside, this, [this] { told.append(QStringLiteral("found")); });
        connect(&list, &TunnelList::editedOutside, this, [this] { told.append(QStringLiteral("edited")); });
        connect(&list, &TunnelList::lostOutside, this, [this] { told.append(QStringLiteral("lost")); });
        connect(&list, &TunnelList::reread, this, [this] { told.append(QStringLiteral("reread")); });
    }

    QStringList told;
    qsizetype size = 0;
    bool inStep = true;
};

QStringList namesOf(const TunnelList &list)
{
    QStringList names;
    for (const TunnelInfo &tunnel : list.tunnels())
        names.append(tunnel.entry.name);
    return names;
}

TunnelInfo shop()
{
    return TunnelList::made(entryFor(3000, QStringLiteral("shop")));
}

TunnelInfo blog()
{
    return TunnelList::made(entryFor(3001, QStringLiteral("blog")));
}

const QByteArray kShop = "[[tunnel]]\nname = \"shop\"\ntarget = 3000\n";
const QByteArray kBlog = "[[tunnel]]\nname = \"blog\"\ntarget = 3001\n";
const QByteArray kMoved = "[[tunnel]]\nname = \"shop\"\ntarget = 4000\n";

} // namespace

class TunnelListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesAreOnDiskWhenTold();
    void aRefusedChangeChangesNothing();
    void aDamagedFileIsNotOverwritten();
    void aMendedFileIsReadAgain();
    void anotherProgramsListIsAdopted();
    void anotherOrderKeepsTheTunnels();
    void anotherProgramsCommentsStay();
};

void TunnelListTest::changesAreOnDiskWhenTold()
{
    const Home home;
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    Watcher watcher(list);
    const auto tunnel = shop();
    QVERIFY(list.insert(0, tunnel));
    QVERIFY(list.insert(0, blog()));
    QCOMPARE(list.indexOf(tunnel.id), 1);
    QVERIFY(list.replace(1, entryFor(4000, QStringLiteral("store"))));
    QCOMPARE(list.find(tunnel.id)->entry.target.port, quint16{4000});
    QVERIFY(list.remove(0));
    QCOMPARE(watcher.told,
             (QStringList{QStringLiteral("+0"), QStringLiteral("+0"), QStringLiteral("~1"), QStringLiteral("-0")}));
    QVERIFY(watcher.inStep);
    QVERIFY(!list.find(QStringLiteral("other")));

    TunnelList again(home.tunnelsFile());
    QVERIFY(again.load());
    QCOMPARE(namesOf(again), QStringList{QStringLiteral("store")});
}

void TunnelListTest::aRefusedChangeChangesNothing()
{
    const Home home;
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    QVERIFY(list.insert(0, shop()));
    Watcher watcher(list);
    const auto refused = list.insert(1, shop()); // two of one name
    QVERIFY(!refused);
    QVERIFY(watcher.told.isEmpty());
    QCOMPARE(namesOf(list), QStringList{QStringLiteral("shop")});
    QVERIFY(list.insert(1, blog()));
}

void TunnelListTest::aDamagedFileIsNotOverwritten()
{
    const Home home;
    Home::write(home.tunnelsFile(), "[[tunnel]\n");
    TunnelList list(home.tunnelsFile());
    QVERIFY(!list.load());
    const auto refused = list.insert(0, shop());
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("tunnels.toml") != std::string::npos);
    QVERIFY(list.tunnels().isEmpty());
    QCOMPARE(Home::read(home.tunnelsFile()), QByteArray("[[tunnel]\n"));
    QVERIFY(QFile::remove(home.tunnelsFile())); // moved away
    QVERIFY(list.insert(0, shop()));
}

void TunnelListTest::aMendedFileIsReadAgain()
{
    const Home home;
    Home::write(home.tunnelsFile(), "[[tunnel]\n");
    TunnelList list(home.tunnelsFile());
    QVERIFY(!list.load());
    Home::write(home.tunnelsFile(), kBlog);
    QVERIFY(!list.insert(0, shop())); // not what the user saw
    QCOMPARE(namesOf(list), QStringList{QStringLiteral("blog")});
    QVERIFY(list.insert(0, shop()));
}

void TunnelListTest::anotherProgramsListIsAdopted()
{
    const Home home;
    Home::write(home.tunnelsFile(), kShop + kBlog);
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    const QString id = list.tunnels().first().id;
    Watcher watcher(list);
    Home::write(home.tunnelsFile(), "[[tunnel]]\nname = \"wiki\"\ntarget = 3002\n" + kMoved);
    const auto refused = list.remove(0);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("another program") != std::string::npos);
    QCOMPARE(namesOf(list), (QStringList{QStringLiteral("wiki"), QStringLiteral("shop")}));
    QCOMPARE(list.tunnels().last().id, id);
    QCOMPARE(list.tunnels().last().entry.target.port, quint16{4000});
    QCOMPARE(watcher.told.count(QStringLiteral("lost")), 1);
    QCOMPARE(watcher.told.count(QStringLiteral("found")), 1);
    QCOMPARE(watcher.told.count(QStringLiteral("edited")), 1);
    QCOMPARE(watcher.told.last(), QStringLiteral("reread"));
    QVERIFY(watcher.inStep);
}

void TunnelListTest::anotherOrderKeepsTheTunnels()
{
    const Home home;
    Home::write(home.tunnelsFile(), kShop + kBlog);
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    const QString id = list.tunnels().first().id;
    Watcher watcher(list);
    Home::write(home.tunnelsFile(), kBlog + kShop);
    QVERIFY(!list.remove(0));
    QCOMPARE(namesOf(list), (QStringList{QStringLiteral("blog"), QStringLiteral("shop")}));
    QCOMPARE(list.indexOf(id), 1);
    QVERIFY(!watcher.told.contains(QStringLiteral("lost")));
    QVERIFY(!watcher.told.contains(QStringLiteral("edited")));
}

void TunnelListTest::anotherProgramsCommentsStay()
{
    const Home home;
    Home::write(home.tunnelsFile(), kShop);
    TunnelList list(home.tunnelsFile());
    QVERIFY(list.load());
    Home::write(home.tunnelsFile(), "# mine\n" + kShop);
    QVERIFY(list.insert(1, blog()));
    QVERIFY(Home::read(home.tunnelsFile()).startsWith("# mine\n"));
    QCOMPARE(namesOf(list), (QStringList{QStringLiteral("shop"), QStringLiteral("blog")}));
}

QTEST_APPLESS_MAIN(TunnelListTest)
#include "tunnel_list_test.moc"
