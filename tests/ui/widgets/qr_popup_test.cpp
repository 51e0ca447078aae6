#include "support/screenshot.h"
#include "ui/widgets/qr_popup.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTest>

using namespace ui;

namespace {

QString hintOf(const QrPopup &popup)
{
    for (const auto *label : popup.findChildren<QLabel *>()) {
        if (label->wordWrap())
            return label->text();
    }
    return {};
}

} // namespace

class QrPopupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itTellsTheUrl();
    void aLocalUrlIsNoUseToAPhone_data();
    void aLocalUrlIsNoUseToAPhone();
    void escapeClosesIt();
    void itStaysOnTheScreen();
    void itLooksRight();
};

void QrPopupTest::itTellsTheUrl()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    QrPopup popup(theme, &window);
    const QString url = QStringLiteral("https://shop.example.com/");
    popup.show(url, window);
    QVERIFY(popup.isVisible());
    QCOMPARE(popup.url(), url);
    QVERIFY2(hintOf(popup).contains(QLatin1String("phone")), qPrintable(hintOf(popup)));
}

void QrPopupTest::aLocalUrlIsNoUseToAPhone_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"http://shop.localhost:8080/", "http://localhost:1/", "http://127.0.0.1/", "http://[::1]/"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void QrPopupTest::aLocalUrlIsNoUseToAPhone()
{
    QFETCH(QString, url);
    const Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    QrPopup popup(theme, &window);
    popup.show(url, window);
    QVERIFY2(hintOf(popup).contains(QLatin1String("this machine only")), qPrintable(hintOf(popup)));
}

void QrPopupTest::escapeClosesIt()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QWidget window;
    window.show();
    QrPopup popup(theme, &window);
    popup.show(QStringLiteral("https://shop.example.com/"), window);
    QTest::keyClick(&popup, Qt::Key_Escape);
    QVERIFY(!popup.isVisible());
}

void QrPopupTest::itStaysOnTheScreen()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QPushButton button;
    const QRect screen = button.screen()->availableGeometry();
    button.resize(40, 30);
    button.show();
    QrPopup popup(theme, &button);
    for (const QPoint &corner : {screen.topLeft(), screen.topRight() - QPoint(40, 0),
                                 screen.bottomLeft() - QPoint(0, 30), screen.bottomRight() - QPoint(40, 30)}) {
        button.move(corner);
        popup.show(QStringLiteral("https://shop.example.com/"), button);
        QVERIFY(screen.contains(popup.geometry()));
        popup.hide();
    }
}

void QrPopupTest::itLooksRight()
{
    for (const auto appearance : {settings::Appearance::Light, settings::Appearance::Dark}) {
        const Theme theme(*qApp, appearance);
        QWidget window;
        QrPopup popup(theme, &window);
        popup.show(QStringLiteral("http://a-rather-long-name-of-a-tunnel.localhost:40123/"), window);
        support::keepScreenshot(QStringLiteral("qr-popup"), popup, theme);
    }
}

QTEST_MAIN(QrPopupTest)
#include "qr_popup_test.moc"
