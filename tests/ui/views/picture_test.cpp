#include "ui/traffic_samples.h"
#include "ui/views/picture.h"
#include "wire/limits.h"

#include <QImageReader>
#include <QTest>

using namespace ui;

namespace {

QByteArray svg(const QByteArray &inside)
{
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" "
           "height=\"20\">" +
           inside + "</svg>";
}

QByteArray redRect()
{
    return "<rect width=\"40\" height=\"20\" fill=\"#ff0000\"/>";
}

// As PNG has it (ISO/IEC 15948 D).
quint32 crc(const QByteArray &bytes)
{
    quint32 crc = 0xffff'ffff;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb8'8320 : 0);
    }
    return ~crc;
}

// A header that claims a size, with nothing behind it.
QByteArray claimedPng(quint32 width, quint32 height)
{
    QByteArray bytes = samples::png({8, 8});
    const auto put = [&](qsizetype at, quint32 value) {
        for (int i = 0; i < 4; ++i)
            bytes[at + i] = char(value >> (24 - 8 * i));
    };
    put(16, width);
    put(20, height);
    put(29, crc(bytes.mid(12, 17)));
    return bytes;
}

} // namespace

class PictureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatQtReads();
    void aLargeOneIsScaledDown();
    void drawsSvg();
    void refuses_data();
    void refuses();
    void qtItselfHasALimitToo();
};

void PictureTest::readsWhatQtReads()
{
    const auto picture = readPicture(samples::png({64, 32}));
    QVERIFY(picture.has_value());
    QCOMPARE(picture->size, QSize(64, 32));
    QCOMPARE(picture->image.size(), QSize(64, 32));
    QCOMPARE(picture->format, QStringLiteral("PNG"));
}

void PictureTest::aLargeOneIsScaledDown()
{
    const auto picture = readPicture(samples::png({3000, 300}));
    QVERIFY(picture.has_value());
    QCOMPARE(picture->size, QSize(3000, 300));
    QCOMPARE(picture->image.width(), int(wire::kMaxImageSide));
}

void PictureTest::drawsSvg()
{
    for (const QByteArray &start : {QByteArray(), QByteArray("<?xml version=\"1.0\"?>\n"), QByteArray("\n  ")}) {
        const auto picture = readPicture(start + svg(redRect()));
        QVERIFY(picture.has_value());
        QCOMPARE(picture->size, QSize(40, 20));
        QCOMPARE(picture->format, QStringLiteral("SVG"));
        QCOMPARE(picture->image.pixelColor(picture->image.rect().center()), QColor(Qt::red));
    }
}

void PictureTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &bytes, const char *why) {
        QTest::newRow(name) << bytes << QString::fromUtf8(why);
    };
    row("no picture", "hello", "format");
    row("nothing", "", "format");
    row("cut", samples::png().left(200), "damaged or not complete");
    row("a claimed bomb", claimedPng(60'000, 60'000), "too large");
    row("entities", "<!DOCTYPE svg [<!ENTITY a \"b\">]>" + svg(redRect()), "entities");
    row("a file", svg("<image xlink:href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>"), "other pictures");
    row("a file by prefix", svg("<x:image xmlns:x=\"http://www.w3.org/2000/svg\" xlink:href=\"/etc/passwd\"/>"),
        "other pictures");
    row("references", svg(QByteArray("<use xlink:href=\"#a\"/>").repeated(30)), "repeats parts");
    row("long", svg(QByteArray(qsizetype(wire::kMaxSvgBytes), ' ')), "too large");
    row("damaged", "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect", "damaged");
    row("not a ratio", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"100000\"><g/></svg>", "extreme");
}

void PictureTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, why);
    const auto picture = readPicture(bytes);
    QVERIFY(!picture.has_value());
    const QString told = QString::fromStdString(picture.error().message);
    QVERIFY2(told.contains(why), qPrintable(told));
}

void PictureTest::qtItselfHasALimitToo()
{
    QVERIFY(QImageReader::allocationLimit() > 0);
    QVERIFY(std::size_t(QImageReader::allocationLimit()) * wire::kMiB <= wire::kMaxImageMemory);
}

QTEST_MAIN(PictureTest)
#include "picture_test.moc"
