#include "ui/theme/product_style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

namespace {

// In a window that is no dialog, with the look of the product.
template <class Button>
struct Stage {
    Theme theme{*qApp, settings::Appearance::Light};
    QWidget window;
    Button *button = new Button(&window);
    QSignalSpy clicks{button, &QAbstractButton::clicked};

    Stage()
    {
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no active window");
        button->setFocus();
    }
};

} // namespace

class ProductStyleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enterPressesTheFocusedButton()
    {
        Stage<QPushButton> stage;
        QTest::keyClick(stage.button, Qt::Key_Return);
        QTest::keyClick(stage.button, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(stage.clicks.size(), 2);
        QTest::keyClick(stage.button, Qt::Key_Space); // as ever
        QCOMPARE(stage.clicks.size(), 3);
    }

    void soItIsWithIcons()
    {
        Stage<QToolButton> stage;
        QTest::keyClick(stage.button, Qt::Key_Return);
        QCOMPARE(stage.clicks.size(), 1);
    }

    void aDisabledButtonIsNotPressed()
    {
        Stage<QPushButton> stage;
        stage.button->setEnabled(false);
        QTest::keyClick(stage.button, Qt::Key_Return);
        QCOMPARE(stage.clicks.size(), 0);
    }

    void otherKeysAndControlsAreAsTheyWere()
    {
        Stage<QPushButton> stage;
        QTest::keyClick(stage.button, Qt::Key_Return, Qt::ControlModifier); // sends, in the replay window
        QTest::keyClick(stage.button, Qt::Key_A);
        QCOMPARE(stage.clicks.size(), 0);
        Stage<QCheckBox> form;
        QTest::keyClick(form.button, Qt::Key_Return);
        QCOMPARE(form.clicks.size(), 0);
    }

    void aNewStyleSheetChangesNothing()
    {
        Stage<QPushButton> stage;
        stage.theme.setAppearance(settings::Appearance::Dark);
        QTest::keyClick(stage.button, Qt::Key_Return);
        QCOMPARE(stage.clicks.size(), 1);
    }
};

QTEST_MAIN(ProductStyleTest)
#include "product_style_test.moc"
