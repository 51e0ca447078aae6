#include "settings/window_state.h"
#include "wire/limits.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using settings::WindowState;

class WindowStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsSavedComesBack();
    void nothingIsWrittenBeforeSave();
    void aDamagedFileIsEmpty_data();
    void aDamagedFileIsEmpty();
    void aFolderThatCannotBeMadeIsOfNoConsequence();
};

void WindowStateTest::whatIsSavedComesBack()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a/b"));
    const QByteArray bytes("\0\xff\x80 x\n", 6);
    WindowState state(path);
    QVERIFY(state.value(QStringLiteral("main")).isNull());
    state.set(QStringLiteral("main"), bytes);
    state.set(QStringLiteral("columns"), "1");
    state.set(QStringLiteral("columns"), "2");
    QCOMPARE(state.value(QStringLiteral("main")), bytes);
    state.save();
    const WindowState again(path);
    QCOMPARE(again.value(QStringLiteral("main")), bytes);
    QCOMPARE(again.value(QStringLiteral("columns")), QByteArray("2"));
}

void WindowStateTest::nothingIsWrittenBeforeSave()
{
    const QTemporaryDir folder;
    WindowState(folder.path()).set(QStringLiteral("main"), "1");
    QVERIFY(WindowState(folder.path()).value(QStringLiteral("main")).isEmpty());
}

void WindowStateTest::aDamagedFileIsEmpty_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray(R"({"main": "MQ==")");
    QTest::newRow("array") << QByteArray(R"(["main"])");
    QTest::newRow("number") << QByteArray(R"({"main": 1})");
    QTest::newRow("large") << QByteArray(static_cast<qsizetype>(wire::kMaxSettingsFileBytes) + 1, ' ');
}

void WindowStateTest::aDamagedFileIsEmpty()
{
    QFETCH(const QByteArray, text);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("windows.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
    file.close();
    WindowState state(folder.path());
    QVERIFY(state.value(QStringLiteral("main")).isEmpty());
    state.set(QStringLiteral("main"), "new");
    state.save();
    QCOMPARE(WindowState(folder.path()).value(QStringLiteral("main")), QByteArray("new"));
}

void WindowStateTest::aFolderThatCannotBeMadeIsOfNoConsequence()
{
    WindowState state(QStringLiteral("/proc/none"));
    state.set(QStringLiteral("main"), "1");
    state.save();
    QCOMPARE(state.value(QStringLiteral("main")), QByteArray("1"));
}

QTEST_APPLESS_MAIN(WindowStateTest)
#include "window_state_test.moc"
