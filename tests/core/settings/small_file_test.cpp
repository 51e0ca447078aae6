#include "settings/small_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace settings;

class SmallFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsSavedIsRead();
    void onlyTheOwnerReadsIt();
    void aLinkStaysALink();
    void noFileIsAnErrorOrNothing();
    void aLargeFileIsRefused();
    void aFolderIsNoFile();
    void whatCannotBeSavedIsAnErrorAndLeavesNothing();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
};

void SmallFileTest::whatIsSavedIsRead()
{
    const std::string text("a\0b\n", 4);
    QVERIFY(saveSmallFile(path("x/y/file"), text));
    QVERIFY(readSmallFile(path("x/y/file"), 4) == text);
    QVERIFY(readSmallFileIfAny(path("x/y/file"), 4) == text);
    QVERIFY(saveSmallFile(path("x/y/file"), "second"));
    QVERIFY(readSmallFile(path("x/y/file"), 100) == "second");
    QCOMPARE(QDir(path("x/y")).entryList(QDir::Files), QStringList(QStringLiteral("file")));
}

void SmallFileTest::onlyTheOwnerReadsIt()
{
    QFile file(path("open"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    file.close();
    QVERIFY(saveSmallFile(path("open"), "a"));
    QVERIFY(saveSmallFile(path("private/new"), "a"));
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!QFileInfo(path("open")).permissions().testAnyFlags(others));
    QVERIFY(!QFileInfo(path("private/new")).permissions().testAnyFlags(others));
    QVERIFY(!QFileInfo(path("private")).permissions().testAnyFlags(others));
}

void SmallFileTest::aLinkStaysALink()
{
    QVERIFY(saveSmallFile(path("real"), "before"));
    QVERIFY(QFile::link(path("real"), path("link")));
    QVERIFY(saveSmallFile(path("link"), "after"));
    QVERIFY(QFileInfo(path("link")).isSymLink());
    QVERIFY(readSmallFile(path("real"), 100) == "after");
}

void SmallFileTest::noFileIsAnErrorOrNothing()
{
    const auto read = readSmallFile(path("none"), 100);
    QCOMPARE(read.error().code, wire::Code::InvalidRequest);
    QVERIFY(read.error().message.starts_with(path("none").toStdString() + ": "));
    QVERIFY(readSmallFileIfAny(path("none"), 100) == "");
}

void SmallFileTest::aLargeFileIsRefused()
{
    QVERIFY(saveSmallFile(path("large"), std::string(2049, 'a')));
    QVERIFY(readSmallFile(path("large"), 2048).error().message.ends_with("larger than 2 KiB"));
    QVERIFY(!readSmallFileIfAny(path("large"), 2048));
    QVERIFY(readSmallFile(path("large"), 2049));
}

void SmallFileTest::aFolderIsNoFile()
{
    QVERIFY(QDir().mkpath(path("folder")));
    QVERIFY(!readSmallFile(path("folder"), 100));
    QVERIFY(!readSmallFileIfAny(path("folder"), 100));
    const auto saved = saveSmallFile(path("folder"), "a");
    QCOMPARE(saved.error().code, wire::Code::InternalError);
    QVERIFY(saved.error().message.starts_with("cannot save " + path("folder").toStdString()));
}

void SmallFileTest::whatCannotBeSavedIsAnErrorAndLeavesNothing()
{
    QVERIFY(saveSmallFile(path("file"), "a"));
    const auto saved = saveSmallFile(path("file/below/b"), "b");
    QVERIFY(saved.error().message.starts_with("cannot create the folder " + path("file/below").toStdString()));
    QVERIFY(readSmallFile(path("file"), 100) == "a");
    QVERIFY(!saveSmallFile(QStringLiteral("/proc/none/here"), "a"));
}

QTEST_APPLESS_MAIN(SmallFileTest)
#include "small_file_test.moc"
