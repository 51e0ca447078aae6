#include "core/workspace/test_workspace.h"
#include "desktop/log_line.h"

#include <QTest>

using desktop::logLine;

class LogLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheTunnel()
    {
        support::Home home;
        support::Run run(home);
        const QString id = support::added(run, support::entryFor(3000, QStringLiteral("shop")));
        QCOMPARE(logLine(run.workspace, id + QStringLiteral(": online at http://shop.localhost:80/")),
                 QStringLiteral("shop: online at http://shop.localhost:80/"));
    }

    void whatIsOfNoTunnelStays()
    {
        support::Home home;
        const support::Run run(home);
        for (const auto &line : {QStringLiteral("gone: paused"), QStringLiteral("no tunnel at all"), QString()})
            QCOMPARE(logLine(run.workspace, line), line);
    }

    void theEngineSaysTheIdFirst()
    {
        support::Home home;
        support::Run run(home);
        QStringList lines;
        connect(&run.workspace.engine(), &client::Engine::logged, this,
                [&](const QString &, const QString &line) { lines << logLine(run.workspace, line); });
        support::added(run, support::entryFor(3000, QStringLiteral("shop")));
        QTRY_VERIFY(!lines.isEmpty());
        QVERIFY2(lines.first().startsWith(QStringLiteral("shop: online at ")), qPrintable(lines.first()));
    }
};

QTEST_GUILESS_MAIN(LogLineTest)
#include "log_line_test.moc"
