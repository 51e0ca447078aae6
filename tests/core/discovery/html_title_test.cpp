#include "discovery/html_title.h"
#include "wire/limits.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using discovery::htmlTitle;
using discovery::shownText;

class HtmlTitleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const QByteArray &html, const char16_t *title) {
            QTest::newRow(name) << html << QString::fromUtf16(title);
        };
        row("plain", "<!doctype html><html><head><title>Welcome to nginx!</title></head></html>", u"Welcome to nginx!");
        row("no html or head", "<title>Vite App</title>", u"Vite App");
        row("blanks", "<title>\n   My\t\tshop\n   - home </title>", u"My shop - home");
        row("entities", "<title>Fish &amp; Chips &mdash; 5&nbsp;&euro; &lt;b&gt;</title>", u"Fish & Chips — 5 € <b>");
        row("capitals and attributes", "<TITLE data-x='1'>Shop</TITLE>", u"Shop");
        row("tags are text", "<title>a <b>b</b></title>", u"a <b>b</b>");
        row("none", "<h1>Hello</h1>", u"");
        row("empty", "<title></title><title>second</title>", u"");
        row("first of two", "<title>one</title><title>two</title>", u"one");
        row("in a comment", "<!-- <title>no</title> --><title>yes</title>", u"yes");
        row("in a script", "<script>'<title>no</title>'</script><title>yes</title>", u"yes");
        row("of a drawing", "<body><svg><title>arrow</title></svg>", u"");
        row("after a drawing", "<svg><title>arrow</title></svg><title>page</title>", u"page");
        row("in the body", "<body><p>x<title>late</title>", u"late");
        row("cut off", "<title>Half a tit", u"Half a tit");
        row("utf-8", "<title>Caf\xc3\xa9 \xf0\x9f\x8d\x95</title>", u"Café 🍕");
        row("latin-1 of its own", "<meta charset='iso-8859-1'><title>Caf\xe9</title>", u"Café");
        row("control characters", QByteArray("<title>a\x01\x1b[31mb</title>"), u"a\ufffd\ufffd[31mb");
        row("turned text",
            "<title>a\xe2\x80\xae"
            "b\xe2\x81\xa6"
            "c</title>",
            u"abc");
        row("nothing", "", u"");
        row("no text", QByteArray("\0\xff\x80", 3), u"");
    }
    void finds()
    {
        QFETCH(QByteArray, html);
        QTEST(htmlTitle(html), "title");
    }

    void believesContentType()
    {
        QCOMPARE(htmlTitle("<title>Caf\xe9</title>", "iso-8859-1"), QStringLiteral("Café"));
        QCOMPARE(htmlTitle("<title>Caf\xc3\xa9</title>", "utf-8"), QStringLiteral("Café"));
        QCOMPARE(htmlTitle("<title>Caf\xc3\xa9</title>", "klingon"), QStringLiteral("Café"));
    }

    void boundsItsLength()
    {
        const auto most = qsizetype(wire::kMaxTitleChars);
        const auto titled = [](const QString &text) { return htmlTitle("<title>" + text.toUtf8() + "</title>"); };
        QCOMPARE(titled(QString(most, u'a')), QString(most, u'a'));
        QCOMPARE(titled(QString(most + 1, u'a')), QString(most - 1, u'a') + u'…');
        QCOMPARE(titled(QString(most - 2, u'a') + QStringLiteral("🍕🍕")), QString(most - 2, u'a') + u'…');
        QCOMPARE(shownText(QStringLiteral(" a\n b ")), QStringLiteral("a b"));
    }

    void pagesOfUnclosedTagsDoNotHoldItUp()
    {
        QElapsedTimer clock;
        clock.start();
        for (const char *tag : {"<b>", "<div>", "<svg>", "<a>", "<table>"}) {
            QCOMPARE(htmlTitle("<title>x</title>" + QByteArray(tag).repeated(15'000)), QStringLiteral("x"));
            QCOMPARE(htmlTitle(QByteArray(tag).repeated(10'000) + "<!-- <title> -->"), QString());
        }
        qInfo("%lld ms", clock.elapsed());
        QVERIFY(clock.elapsed() < 10'000); // each took 20 s once
    }

    void survivesDeepAndBrokenPages()
    {
        const auto deep = QByteArray("<div>").repeated(12'000) + "<title>deep</title>";
        QCOMPARE(htmlTitle(deep), QStringLiteral("deep"));
        QRandomGenerator random(20240607);
        const QByteArray page =
            "<!doctype html><html><head><meta charset=utf-8><title>Caf\xc3\xa9 &amp; bar</title></head>"
            "<body><svg><title>x</title></svg><table><tr><td>1</table></body></html>";
        for (int round = 0; round < 3000; ++round) {
            auto html = page;
            for (auto edits = random.bounded(5); edits >= 0; --edits)
                html[random.bounded(int(html.size()))] = char(random.bounded(256));
            QVERIFY(htmlTitle(html.first(random.bounded(int(html.size())))).size() <= qsizetype(wire::kMaxTitleChars));
        }
    }
};

QTEST_GUILESS_MAIN(HtmlTitleTest)
#include "html_title_test.moc"
