#include "client/websocket_frame.h"

#include <QTest>

#include <string>

using client::maskedBinaryFrame;

namespace {

constexpr std::uint32_t kKey = 0x37fa213d;

std::string unmasked(QByteArrayView payload)
{
    const std::array<int, 4> key{0x37, 0xfa, 0x21, 0x3d};
    std::string plain;
    for (qsizetype i = 0; i < payload.size(); ++i)
        plain.push_back(char(payload[i] ^ key[std::size_t(i) % 4]));
    return plain;
}

} // namespace

class WebSocketFrameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rfcExample();
    void textFrames();
    void lengths_data();
    void lengths();
};

// RFC 6455 5.7, "a single-frame masked text message", with the opcode of a binary one.
void WebSocketFrameTest::rfcExample()
{
    QCOMPARE(maskedBinaryFrame("Hello", kKey).toHex(), QByteArrayLiteral("828537fa213d7f9f4d5158"));
}

// RFC 6455 5.4: the first frame has the opcode, the last one FIN, those between neither; each is masked anew.
void WebSocketFrameTest::textFrames()
{
    std::uint32_t keys = 0;
    const auto drawKey = [&keys] { return kKey + (keys++ == 0 ? 0 : 0x1000000); };
    QCOMPARE(client::maskedTextFrames("Hello", 100, drawKey).toHex(), QByteArrayLiteral("818537fa213d7f9f4d5158"));
    keys = 0;
    const QByteArray two = client::maskedTextFrames("HelloHello", 19, drawKey);
    QCOMPARE(two.left(11).toHex(), QByteArrayLiteral("018537fa213d7f9f4d5158"));
    QCOMPARE(two.mid(11, 6).toHex(), QByteArrayLiteral("808538fa213d"));
    QCOMPARE(two.size(), 22);
    keys = 0;
    QCOMPARE(client::maskedTextFrames(std::string(15, 'x'), 19, drawKey).size(), 33);
    QCOMPARE(keys, 3U);
}

void WebSocketFrameTest::lengths_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("empty") << 0 << QByteArrayLiteral("8280");
    QTest::newRow("one") << 1 << QByteArrayLiteral("8281");
    QTest::newRow("last short") << 125 << QByteArrayLiteral("82fd");
    QTest::newRow("first of 16 bits") << 126 << QByteArrayLiteral("82fe007e");
    QTest::newRow("last of 16 bits") << 65535 << QByteArrayLiteral("82feffff");
    QTest::newRow("first of 64 bits") << 65536 << QByteArrayLiteral("82ff0000000000010000");
    QTest::newRow("a whole message") << 262144 << QByteArrayLiteral("82ff0000000000040000");
}

void WebSocketFrameTest::lengths()
{
    QFETCH(const int, length);
    QFETCH(const QByteArray, header);
    std::string payload;
    for (int i = 0; i < length; ++i)
        payload.push_back(char(i * 7));
    const QByteArray frame = maskedBinaryFrame(payload, kKey);
    const QByteArray expected = QByteArray::fromHex(header) + QByteArray::fromHex("37fa213d");
    QCOMPARE(frame.left(expected.size()), expected);
    QCOMPARE(unmasked(QByteArrayView(frame).sliced(expected.size())), payload);
}

QTEST_APPLESS_MAIN(WebSocketFrameTest)
#include "websocket_frame_test.moc"
