#include "support/frame_watch.h"
#include "support/screenshot.h"
#include "ui/seen.h"
#include "ui/text.h"
#include "ui/traffic_samples.h"
#include "ui/views/body_view.h"
#include "ui/views/code_view.h"
#include "ui/views/find_bar.h"
#include "ui/views/image_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/search_field.h"
#include "wire/limits.h"

#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    BodyView view{theme};

    Stage()
    {
        view.resize(480, 360);
        view.show();
    }
    [[nodiscard]] QString shown() const { return view.findChild<CodeView *>()->toPlainText(); }
    [[nodiscard]] QStringList tabs() const
    {
        const auto *bar = view.findChild<QTabBar *>();
        QStringList names;
        for (int i = 0; i < bar->count(); ++i)
            if (bar->isTabVisible(i))
                names << bar->tabText(i);
        return names;
    }
    [[nodiscard]] bool says(const char *what) const { return support::says(view, text(what)); }
};

QByteArray longJson(qsizetype bytes)
{
    QByteArray body = "[";
    while (body.size() < bytes)
        body += R"({"id":12345,"name":"A line of a product list","tags":["a","b"],"price":19.5},)";
    return body + "0]";
}

} // namespace

class BodyViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatReadsBest_data();
    void showsWhatReadsBest();
    void theChosenTabStaysWhereItApplies();
    void theSameAgainChangesNothing();
    void aLongBodyIsPreparedElsewhere();
    void theLastBodyWins();
    void aFaultIsToldAndShown();
    void nothingSaysWhy();
    void ctrlFSearchesHere();
    void aBodyThatGrowsKeepsItsPlace();
    void mayDieWhileItPrepares();
    void looksRight_data();
    void looksRight();
};

void BodyViewTest::showsWhatReadsBest_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("tab");
    QTest::addColumn<QString>("tabs");
    QTest::newRow("json") << QByteArray("application/json") << QByteArray("{}") << int(BodyView::Pretty)
                          << text("Pretty Raw Hex");
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("hello") << int(BodyView::Raw) << text("Raw Hex");
    QTest::newRow("binary") << QByteArray("application/octet-stream") << QByteArray("\0\1\2\3", 4) << int(BodyView::Hex)
                            << text("Raw Hex");
    QTest::newRow("image") << QByteArray("image/png") << samples::png({32, 32}) << int(BodyView::Preview)
                           << text("Raw Hex Preview");
    QTest::newRow("damaged image") << QByteArray("image/png") << samples::png().left(90) << int(BodyView::Hex)
                                   << text("Raw Hex");
}

void BodyViewTest::showsWhatReadsBest()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, tab);
    QFETCH(QString, tabs);
    Stage stage;
    stage.view.show(type.toStdString(), "", body, false);
    QTRY_VERIFY(!stage.view.isBusy());
    QCOMPARE(int(stage.view.tab()), tab);
    QCOMPARE(stage.tabs().join(u' '), tabs);
    QCOMPARE(stage.view.findChild<ImageView *>()->isVisible(), tab == BodyView::Preview);
}

void BodyViewTest::theChosenTabStaysWhereItApplies()
{
    Stage stage;
    stage.view.show("application/json", "", R"({"a":1})", false);
    stage.view.setTab(BodyView::Raw);
    QCOMPARE(stage.shown(), text(R"({"a":1})"));
    stage.view.show("application/json", "", R"({"b":2})", false);
    QCOMPARE(stage.shown(), text(R"({"b":2})"));
    stage.view.setTab(BodyView::Pretty);
    stage.view.show("text/plain", "", "plain", false);
    QCOMPARE(stage.view.tab(), BodyView::Raw);
    stage.view.show("application/json", "", "[]", false);
    QCOMPARE(stage.view.tab(), BodyView::Pretty);
}

void BodyViewTest::theSameAgainChangesNothing()
{
    Stage stage;
    stage.view.show("text/plain", "", "hello", false);
    const QSignalSpy prepared(&stage.view, &BodyView::prepared);
    stage.view.show("text/plain", "", "hello", false);
    QCOMPARE(prepared.size(), 0);
    stage.view.show("text/plain", "", "hello!", false);
    QCOMPARE(prepared.size(), 1);
}

void BodyViewTest::aLongBodyIsPreparedElsewhere()
{
    Stage stage;
    const auto body = longJson(qsizetype(wire::kIndentedBodyBytes) - 200);
    support::FrameWatch watch;
    watch.start();
    stage.view.show("application/json", "", body, false);
    QVERIFY(stage.view.isBusy());
    QTRY_VERIFY(!stage.view.isBusy());
    QTRY_VERIFY(watch.turns() > 5);
    watch.stop();
    QVERIFY(stage.shown().startsWith(text("[\n  {")));
    QVERIFY(stage.says("First "));
    QVERIFY2(watch.longestBusyMs() <= 50, qPrintable(text("%1 ms").arg(watch.longestBusyMs())));
    qInfo("longest turn %lld ms", qlonglong(watch.longestBusyMs()));
}

void BodyViewTest::theLastBodyWins()
{
    Stage stage;
    stage.view.show("application/json", "", longJson(900'000), false);
    stage.view.show("text/plain", "", "short", false);
    QVERIFY(!stage.view.isBusy());
    stage.view.show("application/json", "", longJson(400'000), false);
    QTRY_VERIFY(!stage.view.isBusy());
    QVERIFY(stage.shown().startsWith(text("[\n")));
}

void BodyViewTest::aFaultIsToldAndShown()
{
    Stage stage;
    stage.view.show("application/json", "", "{\n  \"a\": oops\n}", false);
    const auto *notice = stage.view.findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    QVERIFY2(notice->text().contains(text("line 2")), qPrintable(notice->text()));
    QCOMPARE(stage.view.findChild<CodeView *>()->textCursor().blockNumber(), 1);
    stage.view.show("application/json", "", "{}", false);
    QVERIFY(!notice->isVisible());
}

void BodyViewTest::nothingSaysWhy()
{
    Stage stage;
    stage.view.show("text/plain", "", "hello", false);
    stage.view.showNothing(text("Waiting for the response…"));
    QVERIFY(stage.says("Waiting for the response"));
    QVERIFY(stage.tabs().isEmpty() || !stage.view.findChild<QTabBar *>()->isVisible());
    stage.view.show("text/plain", "", {}, false);
    QVERIFY(stage.says("No body"));
    stage.view.show("text/plain", "", "hello", false);
    QCOMPARE(stage.shown(), text("hello"));
    QVERIFY(stage.view.findChild<QTabBar *>()->isVisible());
}

void BodyViewTest::ctrlFSearchesHere()
{
    Stage stage;
    stage.view.show("application/json", "", R"({"order":1,"orders":[2]})", false);
    auto *code = stage.view.findChild<CodeView *>();
    code->setFocus();
    QTest::keyClick(code, Qt::Key_F, Qt::ControlModifier);
    auto *bar = stage.view.findChild<FindBar *>();
    QVERIFY(bar->isVisible());
    QTest::keyClicks(bar->findChild<SearchField *>(), text("order"));
    QVERIFY(stage.says("1 of 2"));
    QTest::keyClick(bar->findChild<SearchField *>(), Qt::Key_Return);
    QVERIFY(stage.says("2 of 2"));
    QCOMPARE(code->textCursor().selectedText(), text("order"));
    stage.view.show("application/json", "", R"({"no":"order"})", false); // still searched for
    QVERIFY(stage.says("1 of 1"));
}

void BodyViewTest::aBodyThatGrowsKeepsItsPlace()
{
    Stage stage;
    QByteArray body;
    for (int i = 0; i < 200; ++i)
        body += "line " + QByteArray::number(i) + "\n";
    stage.view.show("text/plain", "", body, false);
    auto *bar = stage.view.findChild<CodeView *>()->verticalScrollBar();
    bar->setValue(50);
    stage.view.show("text/plain", "", body + "more\n", false);
    QCOMPARE(bar->value(), 50);
    stage.view.show("text/plain", "", "another\n" + body, false);
    QCOMPARE(bar->value(), 0);
}

void BodyViewTest::mayDieWhileItPrepares()
{
    Theme theme(*qApp, settings::Appearance::Light);
    for (int i = 0; i < 5; ++i) {
        BodyView view(theme);
        view.show("application/json", "", longJson(500'000), false);
        QVERIFY(view.isBusy());
    }
    BodyView last(theme);
    last.show("application/json", "", longJson(500'000), false);
    QTRY_VERIFY(!last.isBusy());
}

void BodyViewTest::looksRight_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("tab");
    const QByteArray json = "application/json";
    QTest::newRow("json") << json << samples::json() << int(BodyView::Pretty);
    QTest::newRow("raw") << json << samples::json() << int(BodyView::Raw);
    QTest::newRow("hex") << json << samples::json() << int(BodyView::Hex);
    QTest::newRow("fault") << json << QByteArray("{\n  \"a\": 1,\n  \"b\": oops\n}") << int(BodyView::Raw);
    QTest::newRow("image") << QByteArray("image/png") << samples::png() << int(BodyView::Preview);
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded")
                          << QByteArray("name=Zo%C3%AB+M&email=zoe%40example.com&plan=pro") << int(BodyView::Pretty);
    QTest::newRow("html") << QByteArray("text/html")
                          << QByteArray("<!doctype html>\n<html lang=\"en\">\n  <body class=\"error\">\n    "
                                        "<h1>404</h1>\n  </body>\n</html>")
                          << int(BodyView::Raw);
    QTest::newRow("long") << json << longJson(700'000) << int(BodyView::Pretty);
    QTest::newRow("empty") << json << QByteArray() << int(BodyView::Pretty);
}

void BodyViewTest::looksRight()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, tab);
    const auto name = text("body-") + QString::fromUtf8(QTest::currentDataTag());
    support::keepScreenshots(name, {440, 400}, [&](Theme &theme) {
        auto view = std::make_unique<BodyView>(theme);
        view->show(type.toStdString(), "", body, false);
        if (!QTest::qWaitFor([&] { return !view->isBusy(); }))
            qFatal("the body is never prepared");
        view->setTab(BodyView::Tab(tab));
        return view;
    });
}

QTEST_MAIN(BodyViewTest)
#include "body_view_test.moc"
