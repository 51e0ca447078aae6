#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/body_view.h"
#include "ui/views/code_view.h"
#include "ui/views/header_table.h"
#include "ui/views/message_view.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace ui;
using samples::text;
using Side = MessageView::Side;

namespace {

traffic::Exchange sample(quint64 key)
{
    traffic::ExchangeStore store;
    samples::fill(store);
    return *store.find(key);
}

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    MessageView view;

    Stage(Side side, const traffic::Exchange &exchange) : view(theme, side)
    {
        view.resize(420, 520);
        view.show();
        view.setExchange(exchange);
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(*view.body(), text(what)); }
};

} // namespace

class MessageViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachSideHasItsOwn();
    void saysWhyThereIsNoBody_data();
    void saysWhyThereIsNoBody();
    void theHeadersTakeWhatTheyNeed();
    void looksRight();
};

void MessageViewTest::eachSideHasItsOwn()
{
    const Stage request(Side::Request, sample(4));
    const Stage response(Side::Response, sample(4));
    QCOMPARE(request.view.headers()->model().rowCount(), int(samples::webhookHeaders().size()));
    QCOMPARE(response.view.headers()->model().rowCount(), int(samples::jsonAnswerHeaders().size()));
    QVERIFY(request.view.body()->findChild<CodeView *>()->toPlainText().contains(text("evt_1PqX")));
    QVERIFY(response.view.body()->findChild<CodeView *>()->toPlainText().contains(text("received")));
    QCOMPARE(request.view.body()->tab(), BodyView::Pretty);
}

void MessageViewTest::saysWhyThereIsNoBody_data()
{
    QTest::addColumn<traffic::Exchange>("exchange");
    QTest::addColumn<bool>("request");
    QTest::addColumn<QByteArray>("why");
    traffic::Exchange exchange;
    exchange.summary = samples::pending(1);
    QTest::newRow("waiting") << exchange << false << QByteArray("Waiting for the response");
    exchange.summary = samples::aborted(1, "/", wire::Code::Timeout, "");
    QTest::newRow("none came") << exchange << false << QByteArray("There was no response");
    exchange.response = std::make_shared<const wire::ResponseHead>();
    exchange.summary = samples::upgraded(1, "/ws");
    QTest::newRow("upgraded") << exchange << false << QByteArray("The connection became websocket");
    exchange.summary = samples::summary(1);
    QTest::newRow("not recorded") << exchange << false << QByteArray("The body was not recorded");
    exchange.summary.responseBytes = 0;
    QTest::newRow("empty") << exchange << false << QByteArray("No body");
    QTest::newRow("empty request") << exchange << true << QByteArray("No body");
    exchange.bodiesDropped = true;
    QTest::newRow("dropped") << exchange << true << QByteArray("No longer kept");
}

void MessageViewTest::saysWhyThereIsNoBody()
{
    QFETCH(traffic::Exchange, exchange);
    QFETCH(bool, request);
    QFETCH(QByteArray, why);
    const Stage stage(request ? Side::Request : Side::Response, exchange);
    QVERIFY(stage.says(why.constData()));
}

void MessageViewTest::theHeadersTakeWhatTheyNeed()
{
    const Stage few(Side::Response, sample(14));
    QTRY_VERIFY(few.view.sizes().at(0) < 140);
    Stage many(Side::Request, sample(4));
    QTRY_VERIFY(many.view.sizes().at(0) > 180);
    QVERIFY(many.view.sizes().at(0) <= many.view.height() * 2 / 5);
    many.view.restorePlaces(few.view.saveState()); // the user's own places stay
    const auto placed = many.view.sizes();
    many.view.setExchange(sample(7));
    many.view.setExchange(sample(4));
    QTRY_COMPARE(many.view.sizes(), placed);
}

void MessageViewTest::looksRight()
{
    support::keepScreenshots(text("message"), {440, 640}, [](Theme &theme) {
        auto view = std::make_unique<MessageView>(theme, Side::Request);
        view->resize(440, 640);
        view->setExchange(sample(4));
        return view;
    });
}

QTEST_MAIN(MessageViewTest)
#include "message_view_test.moc"
