#include "settings/folders.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using settings::makeOwnerFolder;
using settings::programFolder;

class FoldersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEnvironmentDecides()
    {
        const auto folder = [] { return programFolder("TEST_OWN_DIR", "TEST_BASE", QStringLiteral(".data/x")); };
        qunsetenv("TEST_OWN_DIR");
        qunsetenv("TEST_BASE");
        QCOMPARE(folder(), QDir::homePath() + QStringLiteral("/.data/x/http-tunnel"));
        qputenv("TEST_BASE", "relative");
        QCOMPARE(folder(), QDir::homePath() + QStringLiteral("/.data/x/http-tunnel"));
        qputenv("TEST_BASE", "/var/base");
        QCOMPARE(folder(), QStringLiteral("/var/base/http-tunnel"));
        qputenv("TEST_OWN_DIR", "/tmp/mine");
        QCOMPARE(folder(), QStringLiteral("/tmp/mine"));
    }

    void itIsMadeForItsOwner()
    {
        const QTemporaryDir home;
        const QString folder = home.filePath(QStringLiteral("a/b"));
        QVERIFY(makeOwnerFolder(folder));
        QVERIFY(makeOwnerFolder(folder)); // it is there
        const QFile::Permissions others = QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(!QFileInfo(folder).permissions().testAnyFlags(others));
    }

    void aFileInItsPlaceIsAnError()
    {
        const QTemporaryDir home;
        QFile file(home.filePath(QStringLiteral("a")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto made = makeOwnerFolder(home.filePath(QStringLiteral("a/b")));
        QVERIFY(!made);
        QVERIFY(made.error().message.find("a/b") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(FoldersTest)
#include "folders_test.moc"
