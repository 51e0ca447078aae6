#include "ui/models/header_model.h"
#include "ui/traffic_samples.h"
#include "wire/limits.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace ui;
using samples::text;

namespace {

struct Stage {
    HeaderModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    [[nodiscard]] QString value(int row) const { return model.index(row, HeaderModel::Value).data().toString(); }
    [[nodiscard]] QString name(int row) const { return model.index(row, HeaderModel::Name).data().toString(); }
};

} // namespace

class HeaderModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsOrderAndDuplicates();
    void masksSecretsUntilTheyAreRevealed();
    void copiesWhatWasSent();
    void boundsWhatIsShown();
};

void HeaderModelTest::keepsOrderAndDuplicates()
{
    Stage stage;
    stage.model.setHeaders({{"Vary", "Accept"}, {"X-B", "1"}, {"Vary", "Origin"}});
    QCOMPARE(stage.model.rowCount(), 3);
    QCOMPARE(stage.name(0), text("Vary"));
    QCOMPARE(stage.value(2), text("Origin"));
    QVERIFY(!stage.model.hasSecrets());
    stage.model.setHeaders({});
    QCOMPARE(stage.model.rowCount(), 0);
}

void HeaderModelTest::masksSecretsUntilTheyAreRevealed()
{
    Stage stage;
    stage.model.setHeaders({{"Host", "a"}, {"Authorization", "Bearer abc"}});
    QVERIFY(stage.model.hasSecrets());
    QCOMPARE(stage.value(1), text("Bearer ••••••"));
    stage.model.setRevealed(true);
    QCOMPARE(stage.value(1), text("Bearer abc"));
    QCOMPARE(stage.value(0), text("a"));
    stage.model.setRevealed(false);
    QCOMPARE(stage.value(1), text("Bearer ••••••"));
}

void HeaderModelTest::copiesWhatWasSent()
{
    Stage stage;
    stage.model.setHeaders({{"Authorization", "Bearer abc"}, {"X-Latin", "caf\xc3\xa9"}});
    QCOMPARE(stage.model.line(0), text("Authorization: Bearer abc"));
    QCOMPARE(stage.model.value(1), text("café"));
}

void HeaderModelTest::boundsWhatIsShown()
{
    Stage stage;
    stage.model.setHeaders({{"X-Long", std::string(wire::kShownHeaderBytes + 700, 'x')}});
    QVERIFY(stage.value(0).size() < qsizetype(wire::kShownHeaderBytes) + 100);
    QVERIFY(stage.value(0).contains(text("700 more")));
    QCOMPARE(stage.model.value(0).size(), qsizetype(wire::kShownHeaderBytes) + 700);
}

QTEST_MAIN(HeaderModelTest)
#include "header_model_test.moc"
