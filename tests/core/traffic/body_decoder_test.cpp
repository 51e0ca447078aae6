#include "traffic/body_decoder.h"
#include "wire/limits.h"

#include <QRandomGenerator>
#include <QTest>
#include <zlib.h>

#include <zstd.h>

#include <brotli/encode.h>

using traffic::decodeBody;

namespace {

constexpr int kGzip = 16 + MAX_WBITS;
constexpr int kZlib = MAX_WBITS;
constexpr int kRaw = -MAX_WBITS;

QByteArray deflated(const QByteArray &plain, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, windowBits, 9, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(plain.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray brotli(const QByteArray &plain)
{
    std::size_t size = BrotliEncoderMaxCompressedSize(std::size_t(plain.size())) + 16;
    QByteArray out(qsizetype(size), '\0');
    BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, std::size_t(plain.size()),
                          reinterpret_cast<const std::uint8_t *>(plain.data()), &size,
                          reinterpret_cast<std::uint8_t *>(out.data()));
    out.truncate(qsizetype(size));
    return out;
}

QByteArray zstd(const QByteArray &plain, int windowLog = 0)
{
    QByteArray out(qsizetype(ZSTD_compressBound(std::size_t(plain.size()))), '\0');
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    // In pieces, so that the frame announces the window and not the size.
    ZSTD_outBuffer output{out.data(), std::size_t(out.size()), 0};
    ZSTD_inBuffer first{plain.data(), std::size_t(plain.size()) / 2, 0};
    ZSTD_compressStream2(context, &output, &first, ZSTD_e_continue);
    ZSTD_inBuffer second{plain.data() + first.size, std::size_t(plain.size()) - first.size, 0};
    ZSTD_compressStream2(context, &output, &second, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    out.truncate(qsizetype(output.pos));
    return out;
}

QByteArray text()
{
    QByteArray lines;
    for (int i = 0; i < 3000; ++i)
        lines += "line " + QByteArray::number(qint64(i) * i * 7919 % 1'000'003, 36) + "\n";
    return lines;
}

} // namespace

class BodyDecoderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decodes_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &field, const QByteArray &body) {
            QTest::newRow(name) << field << body;
        };
        const auto plain = text();
        row("nothing", "", plain);
        row("identity", "identity", plain);
        row("gzip", "gzip", deflated(plain, kGzip));
        row("x-gzip in capitals", " X-GZIP ", deflated(plain, kGzip));
        row("gzip in two members", "gzip", deflated(plain.first(1000), kGzip) + deflated(plain.sliced(1000), kGzip));
        row("gzip with zeros after it", "gzip", deflated(plain, kGzip) + QByteArray(512, '\0'));
        row("deflate, zlib", "deflate", deflated(plain, kZlib));
        row("deflate, raw", "deflate", deflated(plain, kRaw));
        row("br", "br", brotli(plain));
        row("zstd", "zstd", zstd(plain));
        row("zstd in two frames", "zstd", zstd(plain.first(1000)) + zstd(plain.sliced(1000)));
        row("two in a row", "deflate, gzip", deflated(deflated(plain, kZlib), kGzip));
        row("three in a row", "gzip,identity ,, zstd,\tbr", brotli(zstd(deflated(plain, kGzip))));
    }
    void decodes()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, body);
        const auto decoded = decodeBody(field.toStdString(), body);
        QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
        QVERIFY(decoded->bytes == text());
        QVERIFY(!decoded->cut);
    }

    // What other programs wrote: gzip(1), Python's brotli and zstd(1).
    void decodesWhatOthersEncoded()
    {
        const auto gzip = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c95728cf2fca49010085114a0d0b000000");
        const auto brotliBytes = QByteArray::fromHex("0b058068656c6c6f20776f726c6403");
        const auto zstdBytes = QByteArray::fromHex("28b52ffd045859000068656c6c6f20776f726c6468691eb2");
        QCOMPARE(decodeBody("gzip", gzip)->bytes, "hello world");
        QCOMPARE(decodeBody("br", brotliBytes)->bytes, "hello world");
        QCOMPARE(decodeBody("zstd", zstdBytes)->bytes, "hello world");
    }

    void showsTheBeginningOfWhatIsCut_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("gzip") << QByteArray("gzip") << deflated(text(), kGzip);
        QTest::newRow("zlib") << QByteArray("deflate") << deflated(text(), kZlib);
        QTest::newRow("raw") << QByteArray("deflate") << deflated(text(), kRaw);
        QTest::newRow("br") << QByteArray("br") << brotli(text());
        QTest::newRow("stacked") << QByteArray("br, gzip") << deflated(brotli(text()), kGzip);
    }
    void showsTheBeginningOfWhatIsCut()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, body);
        qsizetype longest = 0;
        for (qsizetype kept = 1; kept < body.size(); kept += 13) {
            const auto decoded = decodeBody(field.toStdString(), body.first(kept));
            QVERIFY2(decoded.has_value(), qPrintable(QString::number(kept)));
            QVERIFY(decoded->cut);
            QVERIFY(text().startsWith(decoded->bytes));
            QVERIFY(decoded->bytes.size() >= longest);
            longest = decoded->bytes.size();
        }
        QVERIFY(longest > text().size() / 2);
    }

    void zstdGivesWholeBlocksOfWhatIsCut()
    {
        QByteArray plain(1'000'000, '\0');
        QRandomGenerator random(7);
        for (auto &byte : plain)
            byte = char('a' + random.bounded(16));
        const auto body = zstd(plain);
        const auto decoded = decodeBody("zstd", body.first(body.size() * 2 / 3));
        QVERIFY(decoded.has_value() && decoded->cut);
        QVERIFY(plain.startsWith(decoded->bytes));
        QVERIFY(decoded->bytes.size() > plain.size() / 2);
    }

    void anEmptyBodyIsEmpty()
    {
        for (const char *field : {"gzip", "br", "zstd", "deflate", "gzip, br"}) {
            const auto decoded = decodeBody(field, {}); // of HEAD and 304
            QVERIFY(decoded.has_value() && decoded->bytes.isEmpty() && !decoded->cut);
        }
        QCOMPARE(decodeBody("gzip", deflated({}, kGzip))->bytes, QByteArray());
        QVERIFY(!decodeBody("gzip", deflated({}, kGzip))->cut);
    }

    void boundsWhatComesOut_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        const QByteArray zeros(40 << 20, '\0');
        QTest::newRow("gzip") << QByteArray("gzip") << deflated(zeros, kGzip);
        QTest::newRow("gzip twice") << QByteArray("gzip, gzip") << deflated(deflated(zeros, kGzip), kGzip);
        QTest::newRow("br") << QByteArray("br") << brotli(zeros);
        QTest::newRow("zstd") << QByteArray("zstd") << zstd(zeros);
        QByteArray members;
        for (int i = 0; i < 40; ++i)
            members += deflated(zeros.first(1 << 20), kGzip);
        QTest::newRow("members") << QByteArray("gzip") << members;
    }
    void boundsWhatComesOut()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, body);
        const auto decoded = decodeBody(field.toStdString(), body);
        QVERIFY(decoded.has_value() && decoded->cut);
        QCOMPARE(decoded->bytes.size(), qsizetype(wire::kDecodedBodyBytes));
    }

    void theBoundItselfIsNotCut()
    {
        const QByteArray zeros(qsizetype(wire::kDecodedBodyBytes), '\0');
        for (const auto &[field, body] :
             {std::pair{"gzip", deflated(zeros, kGzip)}, {"br", brotli(zeros)}, {"zstd", zstd(zeros)}}) {
            const auto decoded = decodeBody(field, body);
            QVERIFY2(decoded.has_value() && !decoded->cut && decoded->bytes.size() == zeros.size(), field);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *field, const QByteArray &body, const char *sentence) {
            QTest::newRow(field) << QByteArray(field) << body << QByteArray(sentence);
        };
        row("gzip", "plain text", "The body is not valid gzip, although Content-Encoding says so.");
        row("x-gzip", deflated(text(), kZlib), "The body is not valid gzip, although Content-Encoding says so.");
        row("deflate", "\xff\xff\xff\xff", "The body is not valid deflate, although Content-Encoding says so.");
        row("br", QByteArray(32, '\xff'), "The body is not valid br, although Content-Encoding says so.");
        row("zstd", "plain text", "The body is not valid zstd, although Content-Encoding says so.");
        row("compress", "x", "The body is encoded as “compress”, which this program cannot decode.");
        row("gzip, <b>", "x", "The body is encoded as something, which this program cannot decode.");
        row("br,br,br,br,br", "x", "The body is encoded too many times over to be decoded.");
    }
    void refuses()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, sentence);
        const auto decoded = decodeBody(field.toStdString(), body);
        QVERIFY(!decoded.has_value());
        QCOMPARE(decoded.error().code, wire::Code::InvalidRequest);
        QCOMPARE(QByteArray::fromStdString(decoded.error().message), sentence);
    }

    void refusesWhatFailsItsChecksum()
    {
        auto body = deflated(text(), kGzip);
        body[body.size() - 6] = char(body[body.size() - 6] ^ 1);
        QVERIFY(!decodeBody("gzip", body).has_value());
    }

    void refusesAWindowThatNoSenderMayUse()
    {
        QByteArray plain(32 << 20, 'x');
        QVERIFY(decodeBody("zstd", zstd(plain, 23)).has_value());
        QVERIFY(!decodeBody("zstd", zstd(plain, 27)).has_value());
    }

    // Nothing to compare with: it must end, stay within the bound, and keep the sanitizers quiet.
    void survivesMutations()
    {
        QRandomGenerator random(20240607);
        const QList<std::pair<const char *, QByteArray>> seeds{{"gzip", deflated(text(), kGzip)},
                                                               {"deflate", deflated(text(), kZlib)},
                                                               {"deflate", deflated(text(), kRaw)},
                                                               {"br", brotli(text())},
                                                               {"zstd", zstd(text())},
                                                               {"gzip, br", brotli(deflated(text(), kGzip))}};
        int refused = 0;
        for (int round = 0; round < 3000; ++round) {
            auto [field, body] = seeds[round % seeds.size()];
            for (auto edits = 1 + random.bounded(4); edits > 0; --edits)
                body[random.bounded(int(body.size()))] = char(random.bounded(256));
            if (random.bounded(4) == 0)
                body.truncate(random.bounded(int(body.size())));
            const auto decoded = decodeBody(field, body);
            refused += decoded ? 0 : 1;
            QVERIFY(!decoded || decoded->bytes.size() <= qsizetype(wire::kDecodedBodyBytes));
        }
        QVERIFY(refused > 1000 && refused < 3000);
    }

    void survivesNoise()
    {
        QRandomGenerator random(42);
        for (int round = 0; round < 2000; ++round) {
            QByteArray noise(random.bounded(200), '\0');
            for (auto &byte : noise)
                byte = char(random.bounded(256));
            for (const char *field : {"gzip", "deflate", "br", "zstd"}) {
                const auto decoded = decodeBody(field, noise);
                QVERIFY(!decoded || decoded->bytes.size() <= qsizetype(wire::kDecodedBodyBytes));
            }
        }
    }
};

QTEST_GUILESS_MAIN(BodyDecoderTest)
#include "body_decoder_test.moc"
