#include "client/message_split.h"
#include "wire/frame.h"

#include <QTest>

using client::nextMessageBytes;

namespace {

QList<qsizetype> split(std::string_view frames)
{
    QList<qsizetype> sizes;
    while (!frames.empty()) {
        const auto bytes = nextMessageBytes(frames);
        sizes << qsizetype(bytes);
        frames.remove_prefix(bytes);
    }
    return sizes;
}

std::string dataFrames(std::initializer_list<std::size_t> payloads)
{
    std::string frames;
    for (const auto bytes : payloads)
        wire::appendFrame(frames, 1, wire::FrameKind::Data, std::string(bytes, 'x'));
    return frames;
}

} // namespace

class MessageSplitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fewFramesAreOneMessage() { QCOMPARE(split(dataFrames({0, 1, 65536})), (QList<qsizetype>{8 + 9 + 65544})); }

    void manyFramesAreCutAtFrameBorders()
    {
        // 256 KiB hold three full data frames and not a fourth: each has a header.
        QCOMPARE(split(dataFrames({65536, 65536, 65536, 65536, 65536})), (QList<qsizetype>{3 * 65544, 2 * 65544}));
    }

    void aMessageMayBeExactlyFull()
    {
        const std::size_t last = wire::kMaxMessageBytes - 3 * 65544 - wire::kFrameHeaderBytes;
        QCOMPARE(split(dataFrames({65536, 65536, 65536, last, 1})),
                 (QList<qsizetype>{qsizetype(wire::kMaxMessageBytes), 9}));
    }

    void everyMessageReadsAsWholeFrames()
    {
        std::string frames;
        for (std::size_t bytes = 0; bytes < 3000; ++bytes)
            wire::appendFrame(frames, 7, wire::FrameKind::Data, std::string(bytes, 'y'));
        std::string_view rest = frames;
        std::size_t expected = 0;
        while (!rest.empty()) {
            const auto bytes = nextMessageBytes(rest);
            QVERIFY(bytes <= wire::kMaxMessageBytes);
            wire::FrameReader reader(rest.substr(0, bytes));
            for (auto frame = reader.next(); frame && *frame; frame = reader.next())
                QCOMPARE((*frame)->payload.size(), expected++);
            rest.remove_prefix(bytes);
        }
        QCOMPARE(expected, std::size_t{3000});
    }
};

QTEST_APPLESS_MAIN(MessageSplitTest)
#include "message_split_test.moc"
