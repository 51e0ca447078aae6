#include "replay_bench.h"
#include "support/screenshot.h"
#include "ui/widgets/notice_bar.h"
#include "ui/windows/replay_answer.h"

#include <QApplication>
#include <QPushButton>
#include <QTableView>

using namespace ui;
using client::ExchangeState;
using support::kOrder;
using support::kRecorded;
using support::RawOrigin;
using Bench = support::ReplayBench;

class ReplayWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, settings::Appearance::Light); }

    void showsTheRequestAndItsAnswer()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        QCOMPARE(bench.window->requestLine()->method(), QStringLiteral("POST"));
        QCOMPARE(bench.window->requestLine()->url(), bench.urlTo(QStringLiteral("/api/orders?notify=1")));
        QCOMPARE(bench.window->headerEditor()->headers().size(), 5); // without Content-Length
        QCOMPARE(bench.window->bodyEditor()->body(), kOrder);
        QCOMPARE(bench.window->attempts()->count(), 1);
        QVERIFY(bench.window->answer()->factsText().startsWith(QStringLiteral("Created")));
        QVERIFY(!bench.window->resetButton()->isEnabled());
        QTRY_VERIFY(bench.url()->hasFocus());
        QVERIFY(bench.window->windowTitle().contains(QStringLiteral("/api/orders")));
    }

    void sendsItAsItWasAndShowsTheAnswerBeside()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        QTest::keyClick(bench.window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.window->attempts()->count(), 2);
        QTRY_COMPARE(bench.answer().summary.state, ExchangeState::Done);
        QCOMPARE(bench.answer().summary.status, 200U);
        QCOMPARE(bench.answer().summary.replayOf, kRecorded);
        QTRY_COMPARE(bench.answer().responseBody, kOrder);
        QTRY_VERIFY(bench.window->answer()->factsText().startsWith(QStringLiteral("OK")));
        bench.window->attempts()->setCurrentIndex(0);
        QVERIFY(bench.window->answer()->factsText().startsWith(QStringLiteral("Created")));
    }

    void sendsWhatWasEdited()
    {
        QByteArray received;
        Bench bench(*m_theme, [&](auto &client) {
            received = client.received;
            support::echo(client);
        });
        QVERIFY(bench.open(kRecorded, true));
        QTRY_VERIFY(bench.body()->hasFocus());
        bench.body()->selectAll();
        QTest::keyClicks(bench.body(), QStringLiteral("{\"a\":1}"));
        bench.url()->setText(bench.urlTo(QStringLiteral("/other")));
        auto &headers = bench.window->headerEditor()->model();
        headers.setData(headers.index(4, 0), Qt::Unchecked, Qt::CheckStateRole);
        QTest::keyClick(bench.body(), Qt::Key_Return, Qt::ControlModifier); // also from within the text
        QTRY_COMPARE(bench.answer().responseBody, QByteArray("{\"a\":1}"));
        QVERIFY(received.startsWith("POST /other HTTP/1.1\r\n"));
        QVERIFY(received.contains("Content-Length: 7\r\n"));
        QVERIFY(received.contains("Host: localhost:" + QByteArray::number(bench.origin.port()) + "\r\n"));
        QVERIFY(!received.contains("X-Forwarded-For"));
    }

    void theOriginalStaysAsItWasAndIsOneClickAway()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        bench.body()->setPlainText(QStringLiteral("changed"));
        bench.window->headerEditor()->model().remove({0, 1});
        QVERIFY(bench.send());
        QCOMPARE(bench.store.find(kRecorded)->requestBody, kOrder);
        QVERIFY(bench.window->resetButton()->isEnabled());
        bench.window->resetButton()->click();
        QCOMPARE(bench.window->bodyEditor()->body(), kOrder);
        QCOMPARE(bench.window->headerEditor()->headers().size(), 5);
        QVERIFY(!bench.window->session()->isChanged());
        QVERIFY(!bench.window->resetButton()->isEnabled());
        QCOMPARE(bench.window->attempts()->count(), 2); // what came of it stays
    }

    void whatLedToAnAnswerIsOneClickAway()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        QVERIFY(bench.window->againButton()->isHidden());
        bench.body()->setPlainText(QStringLiteral("first"));
        QVERIFY(bench.send());
        QVERIFY(bench.window->againButton()->isHidden());
        bench.body()->setPlainText(QStringLiteral("second"));
        QVERIFY(bench.send());
        bench.window->attempts()->setCurrentIndex(1);
        QVERIFY(bench.window->againButton()->isVisible());
        bench.window->againButton()->click();
        QCOMPARE(bench.window->bodyEditor()->body(), QByteArray("first"));
        QVERIFY(bench.window->againButton()->isHidden());
    }

    void whatIsTypedIntoACellIsSentToo()
    {
        QByteArray received;
        Bench bench(*m_theme, [&](auto &client) {
            received = client.received;
            support::echo(client);
        });
        QVERIFY(bench.open());
        bench.window->headerEditor()->addRow();
        auto *table = bench.window->headerEditor()->table();
        QTRY_VERIFY(table->findChild<QLineEdit *>());
        QTest::keyClicks(table->findChild<QLineEdit *>(), QStringLiteral("X-Typed"));
        QVERIFY(bench.send());
        QVERIFY(received.contains("X-Typed: \r\n"));
    }

    void faultsAreToldInPlace()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        bench.url()->setText(QStringLiteral("localhost/x y"));
        bench.window->send();
        QVERIFY(bench.window->notice()->isVisible());
        QVERIFY(bench.url()->property("fault").toBool());
        QCOMPARE(bench.window->attempts()->count(), 1);
        bench.url()->setText(bench.urlTo(QStringLiteral("/")));
        QVERIFY(!bench.window->notice()->isVisible());
        QVERIFY(!bench.url()->property("fault").toBool());
    }

    void aServiceThatIsDownIsToldBeside()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        bench.origin.close();
        QVERIFY(bench.send());
        QCOMPARE(bench.answer().summary.state, ExchangeState::Aborted);
        QVERIFY(bench.window->answer()->notice()->isVisible());
        QVERIFY(bench.window->answer()->notice()->text().contains(QStringLiteral("Nothing listens on")));
        QVERIFY(bench.window->requestLine()->sendButton()->isVisible());
    }

    void cancelEndsWhatIsUnderWay()
    {
        Bench bench(*m_theme, [](auto &) {});
        QVERIFY(bench.open());
        bench.window->send();
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        QVERIFY(bench.window->session()->isSending());
        bench.window->send(); // one at a time
        QCOMPARE(bench.window->attempts()->count(), 2);
        bench.window->requestLine()->cancelButton()->click();
        QTRY_COMPARE(bench.answer().summary.state, ExchangeState::Aborted);
        QCOMPARE(bench.answer().summary.error.code, wire::Code::Cancelled);
        QTRY_VERIFY(bench.origin.client(0).ended);
    }

    void escapeClosesAndEndsWhatIsUnderWay()
    {
        Bench bench(*m_theme, [](auto &) {});
        QVERIFY(bench.open());
        bench.window->send();
        QTRY_VERIFY(!bench.origin.received().isEmpty());
        QTest::keyClick(bench.url(), Qt::Key_Escape);
        QVERIFY(!bench.window->isVisible());
        QTRY_VERIFY(bench.origin.client(0).ended);
        QVERIFY(!bench.state.value(QStringLiteral("replay.geometry")).isEmpty());
        QVERIFY(bench.open()); // and here it is again, with what became of it
        QTRY_COMPARE(bench.answer().summary.state, ExchangeState::Aborted);
    }

    void escapeInACellEndsOnlyTheTyping()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open());
        bench.window->headerEditor()->addRow();
        auto *table = bench.window->headerEditor()->table();
        QTRY_VERIFY(table->findChild<QLineEdit *>());
        QTest::keyClick(table->findChild<QLineEdit *>(), Qt::Key_Escape);
        QVERIFY(bench.window->isVisible());
        QTRY_VERIFY(!table->findChild<QLineEdit *>());
    }

    void aCutBodyIsSentOnlyKnowingly()
    {
        Bench bench(*m_theme);
        bench.record(cutOrder(bench));
        QVERIFY(bench.open());
        auto *send = bench.window->requestLine()->sendButton();
        QVERIFY(!send->isEnabled());
        QVERIFY(bench.window->bodyEditor()->lossNotice()->isVisible());
        bench.window->send();
        QCOMPARE(bench.window->attempts()->count(), 1);
        bench.body()->appendPlainText(QStringLiteral("more"));
        QVERIFY(send->isEnabled());
        bench.window->resetToOriginal();
        QVERIFY(!send->isEnabled());
        bench.window->bodyEditor()->lossNotice()->findChild<QPushButton *>()->click();
        QVERIFY(send->isEnabled());
        QVERIFY(bench.send());
        QCOMPARE(bench.answer().responseBody, kOrder);
    }

    void eachRequestStaysAsItWasLeft()
    {
        Bench bench(*m_theme);
        QVERIFY(bench.open(kRecorded));
        bench.url()->setText(bench.urlTo(QStringLiteral("/first")));
        QVERIFY(bench.send());
        QVERIFY(bench.open(kRecorded + 1));
        QCOMPARE(bench.window->attempts()->count(), 1);
        QCOMPARE(bench.window->requestLine()->url(), bench.urlTo(QStringLiteral("/api/orders?notify=1")));
        QVERIFY(bench.open(kRecorded));
        QCOMPARE(bench.window->requestLine()->url(), bench.urlTo(QStringLiteral("/first")));
        QCOMPARE(bench.window->attempts()->count(), 2);
        for (quint64 key = kRecorded + 1; key < kRecorded + 10; ++key)
            QVERIFY(bench.open(key));
        QVERIFY(bench.open(kRecorded)); // by now begun anew
        QCOMPARE(bench.window->attempts()->count(), 1);
    }

    void whatIsNotKeptIsNotOpened()
    {
        Bench bench(*m_theme);
        bench.window->open(77);
        QVERIFY(!bench.window->isVisible());
        QVERIFY(!bench.window->session());
    }

    void aTunnelThatIsGoneIsTold()
    {
        Bench bench(*m_theme);
        bench.record(support::recordedOrder(kRecorded, QStringLiteral("gone")));
        QVERIFY(bench.open());
        QVERIFY(bench.window->notice()->isVisible());
        QVERIFY(bench.window->requestLine()->url().startsWith(QStringLiteral("http://localhost/")));
    }

    void picturesOfAnAnswer()
    {
        keep(QStringLiteral("replay-answer"), [](Bench &bench) {
            QVERIFY(bench.open(kRecorded, true));
            QVERIFY(bench.send());
            auto &headers = bench.window->headerEditor()->model();
            headers.setData(headers.index(4, 0), Qt::Unchecked, Qt::CheckStateRole);
            bench.body()->setPlainText(QStringLiteral("{\n  \"order\": 1042,\n  \"items\": [],\n  \"total\": 0\n}"));
            QVERIFY(bench.send());
        });
    }

    void picturesOfTheOriginal()
    {
        keep(QStringLiteral("replay-original"), [](Bench &bench) { QVERIFY(bench.open()); });
    }

    void picturesOfAFailure()
    {
        keep(QStringLiteral("replay-failure"), [](Bench &bench) {
            QVERIFY(bench.open());
            bench.origin.close();
            QVERIFY(bench.send());
        });
    }

    void picturesOfACutBody()
    {
        keep(QStringLiteral("replay-cut"), [](Bench &bench) {
            bench.record(cutOrder(bench));
            QVERIFY(bench.open());
            bench.url()->setText(QStringLiteral("localhost:3000/api"));
            bench.window->bodyEditor()->lossNotice()->findChild<QPushButton *>()->click();
            bench.window->send();
            bench.window->resetToOriginal();
        });
    }

    void picturesOfBytes()
    {
        keep(QStringLiteral("replay-bytes"), [](Bench &bench) {
            auto upload = support::recordedOrder(kRecorded, bench.tunnel);
            upload.requestBody = QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + QByteArray(12'000, '\x07');
            upload.summary.requestBytes = quint64(upload.requestBody.size());
            upload.request = support::requestHead({{"Host", "shop.example.com"}, {"Content-Type", "image/png"}});
            bench.record(upload);
            QVERIFY(bench.open());
            bench.url()->setText(QStringLiteral("localhost:3000/api"));
            bench.window->send(); // what is wrong is told at the top
        });
    }

private:
    // Only the beginning of its body was recorded.
    static traffic::Exchange cutOrder(const Bench &bench)
    {
        auto exchange = support::recordedOrder(kRecorded, bench.tunnel);
        exchange.summary.requestBytes = 3'400'000;
        exchange.request = support::requestHead({{"Host", "shop.example.com"}, {"Content-Type", "application/json"}});
        exchange.requestCut = true;
        return exchange;
    }

    static void answerOrder(RawOrigin::Client &client)
    {
        const auto body = support::takeRequestBody(client);
        if (body && body->contains("\"items\": []"))
            support::answerJson(
                client, "422 Unprocessable Content",
                R"({"error": "invalid_order", "details": [{"field": "items", "problem": "is empty"}]})");
        else if (body)
            support::answerJson(client, "201 Created", R"({"id": "ord_81c2", "state": "accepted"})");
    }

    static void keep(const QString &name, const std::function<void(Bench &)> &prepare)
    {
        std::unique_ptr<Bench> bench; // outlives the window
        support::keepScreenshots(name, QSize(1120, 720), [&](Theme &theme) {
            bench = std::make_unique<Bench>(theme, answerOrder);
            prepare(*bench);
            return std::unique_ptr<QWidget>(bench->window.release());
        });
    }

    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(ReplayWindowTest)
#include "replay_window_test.moc"
