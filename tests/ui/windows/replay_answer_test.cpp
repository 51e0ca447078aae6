#include "replay_samples.h"
#include "ui/seen.h"
#include "ui/views/body_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/replay_answer.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

using namespace ui;

namespace {

struct Bench {
    explicit Bench(const traffic::Exchange &exchange) : theme(*qApp, settings::Appearance::Light), answer(theme)
    {
        answer.resize(500, 500);
        answer.show();
        answer.setExchange(exchange);
        shown = QTest::qWaitForWindowExposed(&answer);
    }
    [[nodiscard]] bool says(const QString &part) const { return support::says(answer, part); }

    Theme theme;
    ReplayAnswer answer;
    bool shown = false;
};

} // namespace

class ReplayAnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsStatusTimeSizeAndBody()
    {
        Bench bench(support::recordedOrder(1));
        QVERIFY(bench.shown);
        QCOMPARE(bench.answer.factsText(), QStringLiteral("Created · 12 ms · 39 B"));
        QVERIFY(!bench.answer.notice()->isVisible());
        QCOMPARE(bench.answer.bodyView()->tab(), BodyView::Pretty);
        const auto *text = bench.answer.bodyView()->findChild<QPlainTextEdit *>();
        QVERIFY(text->toPlainText().contains(QStringLiteral("\"state\": \"accepted\"")));
    }

    void aFailureIsToldWithItsWayOut()
    {
        traffic::Exchange failed;
        failed.summary.origin = client::ExchangeOrigin::Replay;
        failed.summary.state = client::ExchangeState::Aborted;
        failed.summary.error = {wire::Code::LocalServiceUnavailable, "Nothing listens on localhost:3000."};
        Bench bench(failed);
        QVERIFY(bench.answer.notice()->isVisible());
        QCOMPARE(bench.answer.notice()->kind(), NoticeBar::Kind::Error);
        QVERIFY(bench.says(QStringLiteral("There was no answer.")));
        bench.answer.setExchange(support::recordedOrder(1));
        QVERIFY(!bench.answer.notice()->isVisible());
    }

    void anAnswerUnderWayShowsWhatCame()
    {
        auto exchange = support::recordedOrder(1);
        exchange.summary.state = client::ExchangeState::Pending;
        auto waiting = exchange;
        waiting.response.reset();
        waiting.responseBody.clear();
        Bench bench(waiting);
        QVERIFY(bench.says(QStringLiteral("Waiting for the answer")));
        QVERIFY(std::ranges::none_of(bench.answer.findChildren<QTabBar *>(Qt::FindDirectChildrenOnly),
                                     [](const auto *tabs) { return tabs->isVisible(); }));
        bench.answer.setExchange(exchange);
        QVERIFY(bench.answer.bodyView()->findChild<QPlainTextEdit *>()->isVisible());
    }

    void headersAreOneTabAway()
    {
        Bench bench(support::recordedOrder(1));
        auto *tabs = bench.answer.findChild<QTabBar *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(tabs);
        tabs->setCurrentIndex(1);
        QVERIFY(!bench.answer.bodyView()->isVisible());
        QVERIFY(bench.says(QStringLiteral("Response headers (2)")));
    }
};

QTEST_MAIN(ReplayAnswerTest)
#include "replay_answer_test.moc"
