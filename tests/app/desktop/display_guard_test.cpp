#include "desktop/display_guard.h"
#include "running_program.h"

using support::ProgramHome;
using support::RunningProgram;

class DisplayGuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutADisplayItSaysSo();
    void aDisplayThatIsGoneIsNamed();
    void helpNeedsNoDisplay();

private:
    QProcessEnvironment withDisplay(const QString &display) const
    {
        auto environment = m_home.environment();
        environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
        environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
        environment.remove(QStringLiteral("DISPLAY"));
        if (!display.isEmpty())
            environment.insert(QStringLiteral("DISPLAY"), display);
        return environment;
    }

    const ProgramHome m_home;
};

void DisplayGuardTest::withoutADisplayItSaysSo()
{
    RunningProgram program({}, withDisplay({}));
    QCOMPARE(program.exitCode(), desktop::kNoDisplayExitCode);
    QVERIFY2(program.complaints().startsWith("http-tunnel: there is no display"), program.complaints());
    QVERIFY(program.complaints().contains("ttf http PORT"));
    QCOMPARE(program.complaints().count('\n'), 1);
}

void DisplayGuardTest::aDisplayThatIsGoneIsNamed()
{
    RunningProgram program({}, withDisplay(QStringLiteral(":4711")));
    QCOMPARE(program.exitCode(), desktop::kNoDisplayExitCode);
    QVERIFY2(program.complaints().startsWith("http-tunnel: the display cannot be used"), program.complaints());
}

void DisplayGuardTest::helpNeedsNoDisplay()
{
    RunningProgram program({QStringLiteral("--help")}, withDisplay({}));
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.output().contains("--expose"));
}

QTEST_GUILESS_MAIN(DisplayGuardTest)
#include "display_guard_test.moc"
