#include "ttf/login_file.h"
#include "wire/limits.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ttf;

class LoginFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsPasswordsAndHashes();
    void mistakesNameTheLineAndNotThePassword();
    void hasABound();
    void hashesALogin();

private:
    wire::Result<std::vector<guard::Login>> read(const QByteArray &text)
    {
        QFile file(m_folder.filePath(QStringLiteral("logins")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(text);
        file.close();
        return readLoginFile(file.fileName());
    }
    QTemporaryDir m_folder;
};

void LoginFileTest::readsPasswordsAndHashes()
{
    const auto hashed = QByteArray::fromStdString(*hashedLogin("bob", "b:b"));
    const auto logins = read("# who\n\n  ann:open sesame \r\n" + hashed);
    QVERIFY2(logins.has_value(), logins ? "" : logins.error().message.c_str());
    QCOMPARE(logins->size(), 2U);
    QCOMPARE(logins->front().name, std::string("ann"));
    QVERIFY(logins->front().password.matches("open sesame"));
    QVERIFY(logins->back().password.matches("b:b"));
}

void LoginFileTest::mistakesNameTheLineAndNotThePassword()
{
    for (const char *text : {"\nhunter2\n", "#\n:hunter2", "\nann:$scrypt$hunter2"}) {
        const auto logins = read(text);
        QVERIFY(!logins);
        QVERIFY2(logins.error().message.find("logins:2: ") != std::string::npos, logins.error().message.c_str());
        QVERIFY(logins.error().message.find("hunter2") == std::string::npos);
    }
    QVERIFY(!read(""));
    QVERIFY(!readLoginFile(QStringLiteral("/nowhere/logins")));
}

void LoginFileTest::hasABound()
{
    const auto hash = hashedLogin("u", "p")->substr(1);
    QByteArray text;
    for (std::size_t i = 0; i <= wire::kMaxTunnelLogins; ++i)
        text += QByteArray::fromStdString("u" + std::to_string(i) + hash + "\n");
    QVERIFY(read(text).error().message.find("64 users") != std::string::npos);
}

void LoginFileTest::hashesALogin()
{
    const auto login = hashedLogin("ann", "secret");
    QVERIFY(login->starts_with("ann:$scrypt$"));
    QVERIFY(login->find("secret") == std::string::npos);
    QVERIFY(!hashedLogin("a:b", "secret"));
    QVERIFY(!hashedLogin("ann", ""));
}

QTEST_GUILESS_MAIN(LoginFileTest)
#include "login_file_test.moc"
