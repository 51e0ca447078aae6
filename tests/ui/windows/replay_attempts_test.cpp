#include "replay_samples.h"
#include "ui/windows/replay_attempts.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class ReplayAttemptsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneTabForEachAnswer()
    {
        const Theme theme(*qApp, settings::Appearance::Light);
        ReplayAttempts tabs(theme);
        QSignalSpy chosen(&tabs, &ReplayAttempts::chosen);
        auto session = beginReplay(support::recordedOrder(1), support::localTarget());
        tabs.show(session);
        QCOMPARE(tabs.count(), 1);
        QCOMPARE(tabs.tabText(0), QStringLiteral("Original · 201"));
        QVERIFY(!tabs.tabIcon(0).isNull());
        addAttempt(session, 2);
        tabs.show(session);
        QCOMPARE(tabs.count(), 2);
        QCOMPARE(tabs.currentIndex(), 1);
        QVERIFY(tabs.tabText(1).startsWith(QStringLiteral("#1 · ")));
        auto answered = support::recordedOrder(2);
        answered.summary.status = 404;
        QVERIFY(takeNews(session, answered));
        tabs.show(session);
        QCOMPARE(tabs.tabText(1), QStringLiteral("#1 · 404"));
        QVERIFY(chosen.isEmpty());
        tabs.setCurrentIndex(0);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toInt(), 0);
    }

    void numbersGoOnWhenTheOldestGo()
    {
        const Theme theme(*qApp, settings::Appearance::Light);
        ReplayAttempts tabs(theme);
        auto session = beginReplay(support::recordedOrder(1), support::localTarget());
        for (quint64 key = 2; key < 2 + quint64(kKeptAttempts) + 2; ++key)
            addAttempt(session, key);
        tabs.show(session);
        QCOMPARE(tabs.count(), int(kKeptAttempts) + 1);
        QVERIFY(tabs.tabText(1).startsWith(QStringLiteral("#3")));
        tabs.show(beginReplay(support::recordedOrder(1), support::localTarget()));
        QCOMPARE(tabs.count(), 1);
    }
};

QTEST_MAIN(ReplayAttemptsTest)
#include "replay_attempts_test.moc"
