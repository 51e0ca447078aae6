#include "support/screenshot.h"

#include <QCheckBox>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace support;

namespace {

const QString kText = QStringLiteral("Reconnect all tunnels now");

// Shows `child` of this width in a window, with the look of the product, and tells what is cut.
QStringList cutAt(QWidget *child, int width, int height)
{
    const ui::Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    child->setParent(&window);
    child->setGeometry(0, 0, width, height);
    window.resize(600, 200);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        return {QStringLiteral("not shown")};
    return cutTexts(window);
}

QWidget *made(const QString &kind)
{
    if (kind == QLatin1String("button"))
        return new QPushButton(kText);
    if (kind == QLatin1String("check box"))
        return new QCheckBox(kText);
    if (kind == QLatin1String("placeholder")) {
        auto *edit = new QLineEdit;
        edit->setPlaceholderText(kText);
        return edit;
    }
    if (kind == QLatin1String("tabs")) {
        auto *bar = new QTabBar;
        bar->addTab(kText);
        bar->addTab(kText);
        return bar;
    }
    auto *label = new QLabel(kText);
    label->setWordWrap(kind == QLatin1String("wrapped label"));
    return label;
}

} // namespace

class ScreenshotTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void narrowTextsAreFound_data();
    void narrowTextsAreFound();
    void whatIsMeantIsNotFound();
    void hiddenTextsAreNotFound();
    void whatAParentCutsOffIsFound();
    void whatScrollsIsNotFound();
    void pictures();
};

void ScreenshotTest::narrowTextsAreFound_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"label", "wrapped label", "button", "check box", "placeholder", "tabs"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void ScreenshotTest::narrowTextsAreFound()
{
    QFETCH(QString, kind);
    QCOMPARE(cutAt(made(kind), 560, 40), QStringList());
    const QStringList cut = cutAt(made(kind), 120, 24);
    QVERIFY2(!cut.isEmpty(), "a cut text was not found");
    QVERIFY2(cut.first().contains(kText), qPrintable(cut.first()));
}

void ScreenshotTest::whatIsMeantIsNotFound()
{
    QWidget *label = made(QStringLiteral("label"));
    label->setProperty("elided", true);
    QCOMPARE(cutAt(label, 60, 24), QStringList());
    auto *button = new QToolButton;
    button->setText(kText);
    button->setIcon(QIcon(QPixmap(16, 16)));
    QCOMPARE(cutAt(button, 32, 32), QStringList());
}

void ScreenshotTest::hiddenTextsAreNotFound()
{
    QWidget *label = made(QStringLiteral("label"));
    label->hide();
    QCOMPARE(cutAt(label, 60, 24), QStringList());
}

void ScreenshotTest::whatAParentCutsOffIsFound()
{
    auto *pane = new QWidget;
    QWidget *label = made(QStringLiteral("label"));
    label->setParent(pane);
    label->setGeometry(0, 0, 400, 24);
    QCOMPARE(cutAt(pane, 400, 24), QStringList());
    auto *narrow = new QWidget;
    QWidget *other = made(QStringLiteral("label"));
    other->setParent(narrow);
    other->setGeometry(0, 0, 400, 24);
    QCOMPARE(cutAt(narrow, 80, 24).size(), 1);
}

void ScreenshotTest::whatScrollsIsNotFound()
{
    auto *area = new QScrollArea;
    QWidget *label = made(QStringLiteral("label"));
    label->resize(400, 400);
    area->setWidget(label);
    QCOMPARE(cutAt(area, 80, 80), QStringList());
}

void ScreenshotTest::pictures()
{
    const QTemporaryDir folder;
    qputenv("TUNNEL_SCREENSHOTS", folder.path().toLocal8Bit());
    keepScreenshots(QStringLiteral("one"), QSize(300, 60), [](ui::Theme &) {
        auto window = std::make_unique<QWidget>();
        made(QStringLiteral("button"))->setParent(window.get());
        return window;
    });
    const QDir files(folder.path());
    for (const char *name : {"one-light.png", "one-dark.png", "one-large.png"})
        QVERIFY2(QImage(files.filePath(QLatin1String(name))).width() >= 300, name);
    const QImage light(files.filePath(QStringLiteral("one-light.png")));
    const QImage dark(files.filePath(QStringLiteral("one-dark.png")));
    QVERIFY(light.pixelColor(290, 50).lightness() > dark.pixelColor(290, 50).lightness());
}

QTEST_MAIN(ScreenshotTest)
#include "screenshot_test.moc"
