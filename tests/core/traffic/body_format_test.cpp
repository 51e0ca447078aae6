#include "traffic/body_format.h"

#include <QTest>

using traffic::bodyText;
using traffic::BodyType;
using traffic::bodyTypeName;
using traffic::hexDump;
using traffic::prettyForm;

class BodyFormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesEveryType()
    {
        QStringList names;
        for (int type = int(BodyType::Empty); type <= int(BodyType::Binary); ++type)
            names += bodyTypeName(BodyType(type));
        QCOMPARE(names.join(u' '), QStringLiteral("Empty JSON XML HTML CSS JavaScript Form data Image Text Binary"));
    }

    void readsCharsets_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *field, const QByteArray &body, const char16_t *text) {
            QTest::newRow(name) << QByteArray(field) << body << QString::fromUtf16(text);
        };
        row("none", "text/plain", "caf\xc3\xa9", u"café");
        row("utf-8", "text/plain; charset=UTF-8", "caf\xc3\xa9", u"café");
        row("utf-8 with mark", "", "\xef\xbb\xbf{}", u"{}");
        row("latin-1", "text/plain; charset=\"ISO-8859-1\"", "caf\xe9", u"café");
        row("windows", "text/plain;a=b;Charset = windows-1252", "caf\xe9", u"café");
        row("utf-16le", "text/plain; charset=utf-16le", QByteArray("h\0\xac\x20", 4), u"h€");
        row("utf-16 with mark", "text/plain; charset=utf-16", QByteArray("\xfe\xff\0h\0i", 6), u"hi");
        row("mark against the field", "text/plain; charset=latin1", QByteArray("\xff\xfeh\0i\0", 6), u"hi");
        row("html's own", "text/html", "<meta charset=\"iso-8859-1\">\xe9", u"<meta charset=\"iso-8859-1\">é");
        row("unheard of", "text/plain; charset=klingon", "caf\xc3\xa9", u"café");
        row("the system's", "text/plain; charset=system", "caf\xc3\xa9", u"café");
        row("not utf-8", "application/json",
            "a\xff"
            "b",
            u"a\ufffdb");
        row("cut in a character", "", "caf\xc3", u"caf");
    }
    void readsCharsets()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, body);
        QTEST(bodyText(field.toStdString(), body), "text");
    }

    void listsFormFields_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pretty");
        const auto row = [](const char *text, const char *pretty) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(pretty);
        };
        row("", "");
        row("a=1&b=2", "a: 1\nb: 2");
        row("name=J%C3%B6rg+A&q=%26%3D%2B", "name: Jörg A\nq: &=+");
        row("a=b=c&&empty=&flag", "a: b=c\nempty:\nflag:");
        row("text=one%0D%0Atwo%0Athree", "text: one\n    two\n    three");
        row("bad=%zz%4", "bad: %zz%4");
        row("cut=%C3", "cut: \xef\xbf\xbd");
    }
    void listsFormFields()
    {
        QFETCH(QString, text);
        QTEST(prettyForm(text), "pretty");
    }

    void dumpsBytes()
    {
        QByteArray bytes("HTTP/1.1 200 OK\r\n");
        bytes += QByteArray("\x00\x7f\xff~", 4);
        QCOMPARE(hexDump(bytes, 1000),
                 QStringLiteral("00000000  48 54 54 50 2f 31 2e 31  20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK.\n"
                                "00000010  0a 00 7f ff 7e                                    ....~"));
        QCOMPARE(hexDump(bytes, 2), QStringLiteral("00000000  48 54                                             HT"));
        QCOMPARE(hexDump(bytes, 0), QString());
        QCOMPARE(hexDump(bytes, -1), QString());
        QCOMPARE(hexDump({}, 16), QString());
    }

    void dumpsAreAlignedAtAnySize()
    {
        const QByteArray bytes(100, 'x');
        for (qsizetype size = 1; size <= bytes.size(); ++size) {
            const auto lines = hexDump(bytes, size).split(u'\n');
            QCOMPARE(lines.size(), (size + 15) / 16);
            QCOMPARE(lines.last().indexOf(u'x'), 60);
            QCOMPARE(lines.last().size(), 60 + (size - 1) % 16 + 1);
        }
    }
};

QTEST_GUILESS_MAIN(BodyFormatTest)
#include "body_format_test.moc"
