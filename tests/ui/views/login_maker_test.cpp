#include "ui/views/login_maker.h"
#include "wire/limits.h"

#include <QTest>

using ui::LoginMaker;

class LoginMakerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesALoginThatMatches()
    {
        LoginMaker maker;
        std::vector<guard::Login> logins;
        QString password;
        connect(&maker, &LoginMaker::made, this, [&](const guard::Login &login, const QString &drawn) {
            logins.push_back(login);
            password = drawn;
        });
        maker.make();
        maker.make(); // one at a time
        QVERIFY(maker.busy());
        QTRY_COMPARE(logins.size(), 1U);
        QTRY_VERIFY(!maker.busy());
        QCOMPARE(password.size(), qsizetype(wire::kDrawnPasswordLength));
        QCOMPARE(logins.front().name, std::string("guest"));
        QVERIFY(logins.front().password.matches(password.toStdString()));
        maker.make();
        QTRY_COMPARE(logins.size(), 2U);
        QVERIFY(logins.front() != logins.back());
    }
};

QTEST_MAIN(LoginMakerTest)
#include "login_maker_test.moc"
