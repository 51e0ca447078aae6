#include "ui/text/access_text.h"

#include <QTest>

using namespace ui;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds kNow{1'800'000'000s};

QStringList words(const guard::Rules &rules)
{
    QStringList found;
    for (const Badge &badge : accessBadges({.rules = rules}, lightColors(), kNow))
        found.append(badge.word);
    return found;
}

const guard::Login kLogin =
    *guard::parseLogin("ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI");

} // namespace

class AccessTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publicIsSaidPlainly()
    {
        QCOMPARE(words({}), QStringList{QStringLiteral("Public to everyone")});
        const auto badge = accessBadges({}, lightColors()).first();
        QCOMPARE(badge.glyph, Glyph::Globe);
        QCOMPARE(badge.color, lightColors().warning);
    }

    void limitsDoNotMakeItPrivate()
    {
        QCOMPARE(words({.only = {guard::RequestRule()}}),
                 (QStringList{QStringLiteral("Public to everyone"), QStringLiteral("Some requests")}));
    }

    void everyDoorHasABadge()
    {
        QCOMPARE(words({.logins = {kLogin}, .bearer = true, .webhook = guard::WebhookRule{}, .askFirst = true}),
                 (QStringList{QStringLiteral("Password"), QStringLiteral("Access token"),
                              QStringLiteral("Signed by GitHub"), QStringLiteral("Asks you first")}));
        QCOMPARE(words({.allow = {*wire::Cidr::parse("192.0.2.1")}}), QStringList{QStringLiteral("Some addresses")});
    }

    void timesAreTold()
    {
        QVERIFY(words({.logins = {kLogin}, .expires = kNow + 1h}).last().startsWith(QStringLiteral("Open until ")));
        QVERIFY(words({.logins = {kLogin}, .expires = kNow + 1h}).last() !=
                words({.logins = {kLogin}, .expires = kNow + 100h}).last());
        QCOMPARE(words({.logins = {kLogin}, .expires = kNow}).last(), QStringLiteral("Closed: its time is over"));
        QCOMPARE(words({.logins = {kLogin}, .idle = 2h}).last(), QStringLiteral("Closes after 2h unused"));
    }

    void manyInOneLine()
    {
        const auto badges = accessBadges({.rules = {.logins = {kLogin}, .idle = 2h}}, lightColors(), kNow);
        QCOMPARE(spokenBadges(badges), QStringLiteral("Password, Closes after 2h unused"));
        QCOMPARE(shortBadges(badges), QStringLiteral("Password and 1 more"));
        QCOMPARE(shortBadges(accessBadges({}, lightColors())), QStringLiteral("Public to everyone"));
    }
};

QTEST_MAIN(AccessTextTest)
#include "access_text_test.moc"
