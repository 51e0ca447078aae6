#include "ui/models/port_model.h"
#include "ui/models/roles.h"
#include "ui/suggestion_samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using samples::suggestion;

namespace {

struct Stage {
    PortModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    [[nodiscard]] QList<int> ports() const
    {
        QList<int> ports;
        for (int row = 0; row < model.rowCount(); ++row)
            ports.append(model.suggestion(row).listening.port);
        return ports;
    }
};

} // namespace

class PortModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesListsAsChanges_data();
    void takesListsAsChanges();
    void aRowKeepsItsPlaceWhenItsTitleComes();
    void isSpokenInWords();
};

void PortModelTest::takesListsAsChanges_data()
{
    QTest::addColumn<QList<int>>("before");
    QTest::addColumn<QList<int>>("after");
    QTest::newRow("first") << QList<int>{} << QList<int>{3000, 8080};
    QTest::newRow("same") << QList<int>{3000, 8080} << QList<int>{3000, 8080};
    QTest::newRow("one comes between") << QList<int>{3000, 8080} << QList<int>{3000, 5173, 8080};
    QTest::newRow("one goes") << QList<int>{3000, 5173, 8080} << QList<int>{3000, 8080};
    QTest::newRow("one rises") << QList<int>{3000, 5173, 8080} << QList<int>{8080, 3000, 5173};
    QTest::newRow("reversed") << QList<int>{1, 2, 3, 4} << QList<int>{4, 3, 2, 1};
    QTest::newRow("all others") << QList<int>{1, 2} << QList<int>{3, 4, 5};
    QTest::newRow("none") << QList<int>{1, 2} << QList<int>{};
}

void PortModelTest::takesListsAsChanges()
{
    QFETCH(QList<int>, before);
    QFETCH(QList<int>, after);
    Stage stage;
    const QSignalSpy reset(&stage.model, &QAbstractItemModel::modelReset);
    for (const auto &list : {before, after}) {
        QList<discovery::Suggestion> suggestions;
        for (const int number : list)
            suggestions.append(suggestion(quint16(number)));
        stage.model.setSuggestions(suggestions);
        QCOMPARE(stage.ports(), list);
    }
    QCOMPARE(reset.size(), 0);
}

void PortModelTest::aRowKeepsItsPlaceWhenItsTitleComes()
{
    Stage stage;
    stage.model.setSuggestions({suggestion(3000), suggestion(8080)});
    const QPersistentModelIndex chosen(stage.model.index(1));
    stage.model.setSuggestions({suggestion(8080, "nginx", "Welcome"), suggestion(3000)});
    QCOMPARE(chosen.row(), 0);
    QCOMPARE(chosen.data(SuggestionRole).value<discovery::Suggestion>().title, QStringLiteral("Welcome"));
}

void PortModelTest::isSpokenInWords()
{
    Stage stage;
    stage.model.setSuggestions({suggestion(3000, "node", "Vite + React"), suggestion(22, "")});
    QCOMPARE(stage.model.index(0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Port 3000, node, Vite + React"));
    QCOMPARE(stage.model.index(1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Port 22"));
    QCOMPARE(stage.model.index(0).data().toString(), QStringLiteral("3000"));
}

QTEST_MAIN(PortModelTest)
#include "port_model_test.moc"
