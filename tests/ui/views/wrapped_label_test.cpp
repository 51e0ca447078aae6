#include "support/screenshot.h"
#include "ui/text.h"
#include "ui/views/wrapped_label.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>
#include <QVBoxLayout>

using namespace ui;
using samples::text;

namespace {

} // namespace

class WrappedLabelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isAsHighAsItsLines();
    void copiesWhatItShows();
    void theSameTextKeepsTheSelection();
    void looksRight();
};

void WrappedLabelTest::isAsHighAsItsLines()
{
    QWidget page;
    auto *layout = new QVBoxLayout(&page);
    auto *label = new WrappedLabel;
    layout->addWidget(label);
    layout->addStretch(1);
    page.resize(300, 500);
    page.show();
    label->setText(text("short"));
    QTRY_VERIFY(label->height() < 2 * label->fontMetrics().height());
    label->setText(QString(200, QLatin1Char('m')));
    QTRY_VERIFY(label->height() > 3 * label->fontMetrics().height());
    QCOMPARE(label->height(), label->heightForWidth(label->width()));
    const int narrow = label->height();
    page.resize(900, 500);
    QTRY_VERIFY(label->height() < narrow);
}

void WrappedLabelTest::copiesWhatItShows()
{
    WrappedLabel label;
    const QString url = text("http://shop.localhost:7000/") + QString(300, QLatin1Char('a'));
    label.setText(url);
    label.resize(200, 200);
    label.selectAll();
    label.copy();
    QCOMPARE(QApplication::clipboard()->text(), url);
}

void WrappedLabelTest::theSameTextKeepsTheSelection()
{
    WrappedLabel label;
    label.setText(text("one two"));
    label.selectAll();
    label.setText(text("one two"));
    QVERIFY(label.textCursor().hasSelection());
    label.setText(text("three"));
    QVERIFY(!label.textCursor().hasSelection());
}

void WrappedLabelTest::looksRight()
{
    support::keepScreenshots(text("wrapped-label"), {300, 120}, [](Theme &theme) {
        auto page = std::make_unique<QWidget>();
        auto *layout = new QVBoxLayout(page.get());
        auto *label = new WrappedLabel;
        label->setFont(theme.monospace());
        label->setText(text("http://shop.localhost:7000/api/products?page=2&sort=-created_at&include=images,variants"));
        layout->addWidget(label);
        layout->addStretch(1);
        return page;
    });
}

QTEST_MAIN(WrappedLabelTest)
#include "wrapped_label_test.moc"
