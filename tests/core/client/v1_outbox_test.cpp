#include "client/v1_outbox.h"
#include "wire/limits.h"

#include <QTest>

#include <algorithm>

using client::V1Outbox;

namespace {

constexpr wire::SteadyTime kStart{std::chrono::hours(1)};

std::string message(int number, std::size_t bytes)
{
    auto text = std::to_string(number);
    text.resize(std::max(bytes, text.size()), ' ');
    return text;
}

} // namespace

class V1OutboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smallMessagesLeaveAtOnce()
    {
        V1Outbox outbox;
        QVERIFY(!outbox.wait(kStart));
        for (int i = 0; i < 500; ++i)
            outbox.add(message(i, 1000));
        QCOMPARE(outbox.take(kStart).size(), std::size_t(500));
        QVERIFY(!outbox.wait(kStart));
        QCOMPARE(outbox.bytes(), std::size_t(0));
    }

    void largeOnesLeaveInOrderAndNoFasterThanTheirRate()
    {
        constexpr int kCount = 47; // an answer of 4 MiB
        V1Outbox outbox;
        for (int i = 0; i < kCount; ++i)
            outbox.add(message(i, wire::kV1MaxMessageBytes));
        auto now = kStart;
        auto left = outbox.take(now);
        QCOMPARE(left.size(), std::size_t(9)); // 1 MiB, and the one that makes it full
        while (const auto wait = outbox.wait(now)) {
            QVERIFY(outbox.bytes() > 0);
            QVERIFY(wait->count() >= 1);
            now += *wait;
            const auto more = outbox.take(now);
            QCOMPARE(more.size(), std::size_t(1));
            left.push_back(more[0]);
        }
        QCOMPARE(left.size(), std::size_t(kCount));
        for (int i = 0; i < kCount; ++i)
            QCOMPARE(std::stoi(left[std::size_t(i)]), i);
        const std::chrono::milliseconds ideal(kCount * wire::kV1MaxMessageBytes * 1000 / wire::kV1BytesPerSecond);
        const auto took = now - kStart;
        QVERIFY(took > ideal - 2 * wire::kV1Burst);
        QVERIFY(took <= ideal);
    }

    void timeThatPassedIsNoCreditBeyondTheBurst()
    {
        V1Outbox outbox;
        outbox.add(message(0, wire::kV1MaxMessageBytes));
        QCOMPARE(outbox.take(kStart).size(), std::size_t(1));
        const auto later = kStart + std::chrono::hours(1);
        for (int i = 0; i < 100; ++i)
            outbox.add(message(i, wire::kV1MaxMessageBytes));
        QCOMPARE(outbox.take(later).size(), std::size_t(9));
    }
};

QTEST_APPLESS_MAIN(V1OutboxTest)
#include "v1_outbox_test.moc"
