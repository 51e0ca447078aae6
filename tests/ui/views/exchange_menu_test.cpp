#include "ui/models/exchange_query.h"
#include "ui/traffic_samples.h"
#include "ui/views/exchange_menu.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

QAction *find(const QMenu &menu, const char *part)
{
    for (auto *action : menu.actions()) {
        if (action->text().remove(u'&').contains(QString::fromUtf8(part)))
            return action;
        if (action->menu())
            if (auto *inner = find(*action->menu(), part))
                return inner;
    }
    return nullptr;
}

} // namespace

class ExchangeMenuTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksForWhatWasChosen();
    void filtersFitTheRequestTheyCameFrom_data();
    void filtersFitTheRequestTheyCameFrom();
};

void ExchangeMenuTest::asksForWhatWasChosen()
{
    Theme theme(*qApp, settings::Appearance::Light);
    ExchangeMenu menu(theme, samples::summary(7));
    const QSignalSpy url(&menu, &ExchangeMenu::copyUrlRequested);
    const QSignalSpy curl(&menu, &ExchangeMenu::copyCurlRequested);
    const QSignalSpy har(&menu, &ExchangeMenu::exportRequested);
    const QSignalSpy replay(&menu, &ExchangeMenu::replayRequested);
    for (const char *name : {"Copy URL", "Copy as cURL", "with secrets", "Export as HAR", "Replay", "Edit and replay"})
        find(menu, name)->trigger();
    QCOMPARE(url, (QList<QList<QVariant>>{{quint64{7}}}));
    QCOMPARE(curl, (QList<QList<QVariant>>{{quint64{7}, false}, {quint64{7}, true}}));
    QCOMPARE(har.size(), 1);
    QCOMPARE(har[0][0].value<QList<quint64>>(), (QList<quint64>{7}));
    QCOMPARE(replay, (QList<QList<QVariant>>{{quint64{7}, false}, {quint64{7}, true}}));
}

void ExchangeMenuTest::filtersFitTheRequestTheyCameFrom_data()
{
    QTest::addColumn<quint64>("key");
    for (const auto &exchange : samples::morning())
        QTest::addRow("%s", qPrintable(exchange.target)) << exchange.key;
}

void ExchangeMenuTest::filtersFitTheRequestTheyCameFrom()
{
    QFETCH(quint64, key);
    const auto exchange = samples::morning().at(qsizetype(key) - 1);
    Theme theme(*qApp, settings::Appearance::Light);
    ExchangeMenu menu(theme, exchange);
    const QSignalSpy asked(&menu, &ExchangeMenu::filterRequested);
    for (const char *name : {"Only this path", "Only " /* the method */, "Only the tunnel", "Hide this path"})
        find(menu, name)->trigger();
    for (qsizetype i = 0; i < asked.size(); ++i) {
        const ExchangeQuery query(asked.at(i).at(0).toString());
        QVERIFY2(query.fault().isEmpty(), qPrintable(query.fault()));
        QCOMPARE(query.matches(exchange), i < 3);
    }
}

QTEST_MAIN(ExchangeMenuTest)
#include "exchange_menu_test.moc"
