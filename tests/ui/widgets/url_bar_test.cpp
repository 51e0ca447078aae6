#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/qr_popup.h"
#include "ui/widgets/url_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace ui;

namespace {

const QString kUrl = QStringLiteral("https://shop.relay.example.com/");

} // namespace

class UrlBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAnUrlNothingCanBePressed();
    void theUrlIsShown();
    void copyFillsTheClipboardAndSaysSo();
    void openGoesThroughTheFunction();
    void theCodeIsShownInAPopup();
    void anotherUrlTakesThePopupAway();
};

void UrlBarTest::withoutAnUrlNothingCanBePressed()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QList<QUrl> opened;
    UrlBar bar(theme, [&opened](const QUrl &url) { opened += url; });
    bar.setPlaceholder(QStringLiteral("Connecting…"));
    QCOMPARE(bar.findChild<ElidedLabel *>()->text(), QStringLiteral("Connecting…"));
    for (const IconButton *button : {bar.copyButton(), bar.openButton(), bar.qrButton()})
        QVERIFY(!button->isEnabled());
    QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
    bar.copy();
    bar.open();
    bar.showQr();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("mine"));
    QVERIFY(opened.isEmpty());
    QVERIFY(!bar.findChild<QrPopup *>()->isVisible());
}

void UrlBarTest::theUrlIsShown()
{
    Theme theme(*qApp, settings::Appearance::Light);
    UrlBar bar(theme, [](const QUrl &) {});
    bar.setUrl(kUrl);
    const auto *label = bar.findChild<ElidedLabel *>();
    QCOMPARE(label->text(), kUrl);
    QCOMPARE(label->font().family(), theme.monospace().family());
    QVERIFY(bar.copyButton()->isEnabled());
    bar.show();
    QCOMPARE(label->font().family(), theme.monospace().family());
    theme.setAppearance(settings::Appearance::Dark);
    QCOMPARE(label->font().family(), theme.monospace().family());
    bar.setUrl({});
    QVERIFY(label->text() != kUrl);
    QVERIFY(!bar.copyButton()->isEnabled());
}

void UrlBarTest::copyFillsTheClipboardAndSaysSo()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    UrlBar bar(theme, [](const QUrl &) {});
    bar.setUrl(kUrl);
    QTest::mouseClick(bar.copyButton(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), kUrl);
    QVERIFY(bar.copyButton()->glyph() == Glyph::Check);
    QCOMPARE(bar.copyButton()->toolTip(), QStringLiteral("Copied"));
    QTRY_VERIFY(bar.copyButton()->glyph() == Glyph::Copy); // in two seconds
    QCOMPARE(bar.copyButton()->toolTip(), QStringLiteral("Copy URL"));
}

void UrlBarTest::openGoesThroughTheFunction()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    QList<QUrl> opened;
    UrlBar bar(theme, [&opened](const QUrl &url) { opened += url; });
    bar.setUrl(kUrl);
    QTest::mouseClick(bar.openButton(), Qt::LeftButton);
    QCOMPARE(opened, QList<QUrl>{QUrl(kUrl)});
}

void UrlBarTest::theCodeIsShownInAPopup()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    UrlBar bar(theme, [](const QUrl &) {});
    bar.setUrl(kUrl);
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QTest::mouseClick(bar.qrButton(), Qt::LeftButton);
    auto *popup = bar.findChild<QrPopup *>();
    QTRY_VERIFY(popup->isVisible());
    QCOMPARE(popup->url(), kUrl);
}

void UrlBarTest::anotherUrlTakesThePopupAway()
{
    const Theme theme(*qApp, settings::Appearance::Light);
    UrlBar bar(theme, [](const QUrl &) {});
    bar.setUrl(kUrl);
    bar.show();
    bar.showQr();
    QVERIFY(bar.findChild<QrPopup *>()->isVisible());
    bar.setUrl(QStringLiteral("https://other.example.com/"));
    QVERIFY(!bar.findChild<QrPopup *>()->isVisible());
}

QTEST_MAIN(UrlBarTest)
#include "url_bar_test.moc"
