#include "ui/suggestion_samples.h"
#include "ui/theme/metrics.h"
#include "ui/windows/expose_suggestions.h"

#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace ui;
using samples::suggestion;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    ExposeSuggestions view{theme};

    [[nodiscard]] bool lists(quint16 number) const
    {
        const auto *model = view.list()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, 0).data().toInt() == number)
                return true;
        return false;
    }
};

} // namespace

class ExposeSuggestionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatListens();
    void ownPortsAreLeftOut();
    void looksAgainWhileItIsVisible();
    void aClickAndEnterChoose();
    void heightFollowsTheRows();
    void nothingAndFailureAreSaid();
};

void ExposeSuggestionsTest::findsWhatListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Stage stage;
    stage.view.show();
    QTRY_VERIFY(stage.lists(server.serverPort()));
    QVERIFY(stage.view.list()->isVisible());
}

void ExposeSuggestionsTest::ownPortsAreLeftOut()
{
    QTcpServer ours;
    QTcpServer other;
    QVERIFY(ours.listen(QHostAddress::LocalHost) && other.listen(QHostAddress::LocalHost));
    Stage stage;
    stage.view.leaveOut({ours.serverPort()});
    stage.view.show();
    QTRY_VERIFY(stage.lists(other.serverPort()));
    QVERIFY(!stage.lists(ours.serverPort()));
}

void ExposeSuggestionsTest::looksAgainWhileItIsVisible()
{
    Stage stage;
    stage.view.show();
    QTcpServer late;
    QVERIFY(late.listen(QHostAddress::LocalHost));
    QTRY_VERIFY_WITH_TIMEOUT(stage.lists(late.serverPort()), 15'000);
    const auto number = late.serverPort();
    late.close();
    QTRY_VERIFY_WITH_TIMEOUT(!stage.lists(number), 15'000);
}

void ExposeSuggestionsTest::aClickAndEnterChoose()
{
    Stage stage;
    stage.view.setSuggestions({suggestion(3000), suggestion(8080)});
    stage.view.resize(400, 200);
    stage.view.show();
    stage.view.setSuggestions({suggestion(3000), suggestion(8080)});
    const QSignalSpy chosen(&stage.view, &ExposeSuggestions::chosen);
    auto *list = stage.view.list();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(1, 0)).center());
    QCOMPARE(chosen.last().at(0).value<discovery::Suggestion>().listening.port, quint16{8080});
    const auto clicks = chosen.size();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(chosen.size(), clicks + 1);
    QCOMPARE(chosen.last().at(0).value<discovery::Suggestion>().listening.port, quint16{3000});
}

void ExposeSuggestionsTest::heightFollowsTheRows()
{
    Stage stage;
    stage.view.setSuggestions({suggestion(1), suggestion(2)});
    const int one = stage.view.list()->height();
    stage.view.setSuggestions({suggestion(1), suggestion(2), suggestion(3)});
    QCOMPARE(stage.view.list()->height() - one, 1 * std::max(kRowHeight, stage.view.list()->sizeHintForRow(0)));
    QList<discovery::Suggestion> many;
    for (quint16 number = 1; number < 60; ++number)
        many.append(suggestion(number));
    stage.view.setSuggestions(many);
    QVERIFY(stage.view.list()->height() < 8 * stage.view.list()->sizeHintForRow(0));
}

void ExposeSuggestionsTest::nothingAndFailureAreSaid()
{
    Stage stage;
    const auto says = [&](const char *what) {
        for (const auto *label : stage.view.findChildren<QLabel *>())
            if (!label->isHidden() && label->text().contains(QString::fromUtf8(what)))
                return true;
        return false;
    };
    QVERIFY(says("Looking for"));
    stage.view.setSuggestions({});
    QVERIFY(says("Nothing listens yet"));
    stage.view.setSuggestions({suggestion(3000)});
    QVERIFY(!says("Nothing listens yet"));
    stage.view.setFailure(QStringLiteral("This system does not tell."));
    QVERIFY(says("This system does not tell."));
}

QTEST_MAIN(ExposeSuggestionsTest)
#include "expose_suggestions_test.moc"
