#include "ui/text/plain_tip.h"

#include <QTest>
#include <QTextDocument>

class PlainTipTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainTextStays()
    {
        for (const char *text : {"", "/items?page=2&lang=de", "a < b", "two\nlines"})
            QCOMPARE(ui::plainTip(QString::fromLatin1(text)), QString::fromLatin1(text));
    }

    void markupIsShownNotFollowed()
    {
        for (const char *markup : {"/<h1>x</h1>", "<img src=\"//evil.example/x.png\">", "a <b>c</b>", "&lt;b&gt;"}) {
            const auto text = QString::fromLatin1(markup);
            const auto tip = ui::plainTip(text);
            QVERIFY2(Qt::mightBeRichText(tip), markup);
            QTextDocument shown;
            shown.setHtml(tip);
            QCOMPARE(shown.toPlainText(), text);
        }
    }
};

QTEST_MAIN(PlainTipTest)
#include "plain_tip_test.moc"
