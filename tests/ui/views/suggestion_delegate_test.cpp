#include "support/screenshot.h"
#include "ui/models/port_model.h"
#include "ui/suggestion_samples.h"
#include "ui/theme/metrics.h"
#include "ui/views/suggestion_delegate.h"

#include <QApplication>
#include <QListView>
#include <QTest>

using namespace ui;
using samples::suggestion;

namespace {

// A list that owns its model.
std::unique_ptr<QListView> list(const Theme &theme)
{
    auto view = std::make_unique<QListView>();
    auto *model = new PortModel(view.get());
    model->setSuggestions(
        {suggestion(3000, "node", "Vite + React", true), suggestion(8443, "nginx", "Intranet", true, true),
         suggestion(8080, "java", "A page with a title that is far too long to be shown in one line", true),
         suggestion(5432, "postgres", "", false), suggestion(22, "", "", false)});
    view->setModel(model);
    view->setItemDelegate(new SuggestionDelegate(theme, view.get()));
    view->setMouseTracking(true);
    return view;
}

} // namespace

class SuggestionDelegateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAreHighEnough();
    void theChosenOneIsMarked();
    void looksRight();
};

void SuggestionDelegateTest::rowsAreHighEnough()
{
    Theme theme(*qApp, settings::Appearance::Light);
    const auto view = list(theme);
    QVERIFY(view->sizeHintForRow(0) >= kRowHeight);
}

void SuggestionDelegateTest::theChosenOneIsMarked()
{
    Theme theme(*qApp, settings::Appearance::Light);
    const auto view = list(theme);
    view->resize(400, 200);
    view->setCurrentIndex(view->model()->index(1, 0));
    view->show();
    const QImage image = view->viewport()->grab().toImage();
    QCOMPARE(image.pixelColor(2, view->sizeHintForRow(0) + 4), theme.colors().selection);
    QVERIFY(image.pixelColor(2, 4) != theme.colors().selection);
}

void SuggestionDelegateTest::looksRight()
{
    support::keepScreenshots(QStringLiteral("suggestions"), {420, 200}, [](Theme &theme) {
        auto view = list(theme);
        view->setProperty("kind", QStringLiteral("boxed"));
        view->setCurrentIndex(view->model()->index(0, 0));
        return view;
    });
}

QTEST_MAIN(SuggestionDelegateTest)
#include "suggestion_delegate_test.moc"
