#include "ttf/exit_code.h"

#include <QTest>

class ExitCodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesAreAsDocumented();
};

void ExitCodeTest::codesAreAsDocumented()
{
    const auto number = [](wire::Code code) { return static_cast<int>(ttf::exitCodeFor(code)); };
    QCOMPARE(number(wire::Code::Unauthorized), 3);
    QCOMPARE(number(wire::Code::Forbidden), 3);
    QCOMPARE(number(wire::Code::NameTaken), 4);
    QCOMPARE(number(wire::Code::InvalidRequest), 2);
    QCOMPARE(number(wire::Code::ProtocolError), 1);
    QCOMPARE(number(wire::Code::InternalError), 1);
    QCOMPARE(static_cast<int>(ttf::ExitCode::Stopped), 0);
    QCOMPARE(static_cast<int>(ttf::ExitCode::RelayNotStarted), 5);
}

QTEST_APPLESS_MAIN(ExitCodeTest)
#include "exit_code_test.moc"
