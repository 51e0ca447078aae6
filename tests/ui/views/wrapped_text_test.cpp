#include "ui/models/header_model.h"
#include "ui/views/wrapped_text.h"

#include <QApplication>
#include <QTableView>
#include <QTest>

using namespace ui;

namespace {

struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    HeaderModel model;
    QTableView view;
    WrappedTextDelegate delegate{theme};

    explicit Stage(const std::string &value)
    {
        model.setHeaders({{"Name", value}});
        view.setModel(&model);
        view.setItemDelegate(&delegate);
        view.setColumnWidth(HeaderModel::Value, 200);
    }
    [[nodiscard]] QSize hint(int column) const
    {
        QStyleOptionViewItem option;
        option.widget = &view;
        return delegate.sizeHint(option, model.index(0, column));
    }
};

} // namespace

class WrappedTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTokenWithoutSpacesWrapsToo();
    void aWiderColumnNeedsLessHeight();
    void anEndlessValueIsBounded();
    void paintsWithinItsCell();
};

void WrappedTextTest::aTokenWithoutSpacesWrapsToo()
{
    QVERIFY(Stage(std::string(100, 'x')).hint(HeaderModel::Value).height() > 2 * Stage("x").hint(1).height() - 8);
}

void WrappedTextTest::aWiderColumnNeedsLessHeight()
{
    Stage stage(std::string(200, 'x'));
    const int narrow = stage.hint(HeaderModel::Value).height();
    stage.view.setColumnWidth(HeaderModel::Value, 800);
    QVERIFY(stage.hint(HeaderModel::Value).height() < narrow);
}

void WrappedTextTest::anEndlessValueIsBounded()
{
    Stage stage(std::string(60'000, 'x'));
    QVERIFY(stage.hint(HeaderModel::Value).height() <= 240);
}

void WrappedTextTest::paintsWithinItsCell()
{
    Stage stage(std::string(60'000, 'M'));
    stage.view.setShowGrid(false);
    stage.view.resize(400, 400);
    stage.view.setRowHeight(0, 60);
    stage.view.show();
    const QImage image = stage.view.viewport()->grab().toImage();
    for (int y = 61; y < image.height(); ++y)
        for (int x = 0; x < image.width(); x += 3)
            QVERIFY(image.pixelColor(x, y) != lightColors().text);
}

QTEST_MAIN(WrappedTextTest)
#include "wrapped_text_test.moc"
