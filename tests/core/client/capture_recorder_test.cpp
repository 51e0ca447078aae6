#include "client/capture_recorder.h"

#include <QTest>

using namespace client;

namespace {

wire::RequestHead requestHead()
{
    wire::RequestHead head;
    head.method = "POST";
    head.uri = "/a";
    head.headers = {{"Host", "shop.example"}};
    return head;
}

} // namespace

class CaptureRecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNothing()
    {
        CaptureRecorder recorder(1, 10);
        QVERIFY(!recorder.take());
        recorder.requestBody({});
        QVERIFY(!recorder.take());
    }

    void headsAreTakenOnce()
    {
        CaptureRecorder recorder(7, 10);
        const auto head = requestHead();
        recorder.request(head);
        const auto first = recorder.take();
        QVERIFY(first);
        QCOMPARE(first->key, quint64{7});
        QCOMPARE(*first->request, head);
        QVERIFY(!first->response);
        QVERIFY(!recorder.take());
        wire::ResponseHead answer;
        answer.status = 204;
        recorder.response(answer);
        const auto second = recorder.take();
        QVERIFY(second && !second->request);
        QCOMPARE(second->key, quint64{7});
        QCOMPARE(*second->response, answer);
    }

    void bodiesComeInPieces()
    {
        CaptureRecorder recorder(1, 10);
        recorder.requestBody("ab");
        recorder.requestBody("cd");
        recorder.responseBody("12");
        auto update = recorder.take();
        QCOMPARE(update->requestBody, QByteArray("abcd"));
        QCOMPARE(update->responseBody, QByteArray("12"));
        recorder.requestBody("ef");
        update = recorder.take();
        QCOMPARE(update->requestBody, QByteArray("ef"));
        QVERIFY(update->responseBody.isEmpty());
    }

    void bodiesAreCutAtTheBound_data()
    {
        QTest::addColumn<int>("bound");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<bool>("cut");
        QTest::newRow("below") << 5 << QByteArray("ab") << QByteArray("cd") << QByteArray("abcd") << false;
        QTest::newRow("just") << 4 << QByteArray("ab") << QByteArray("cd") << QByteArray("abcd") << false;
        QTest::newRow("within a piece") << 3 << QByteArray("ab") << QByteArray("cd") << QByteArray("abc") << true;
        QTest::newRow("between pieces") << 2 << QByteArray("ab") << QByteArray("c") << QByteArray("ab") << true;
        QTest::newRow("none at all") << 0 << QByteArray("a") << QByteArray("b") << QByteArray() << true;
    }
    void bodiesAreCutAtTheBound()
    {
        QFETCH(int, bound);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        CaptureRecorder recorder(1, bound);
        for (const auto &part : {first, second}) {
            recorder.requestBody({part.constData(), std::size_t(part.size())});
            recorder.responseBody({part.constData(), std::size_t(part.size())});
        }
        const auto update = recorder.take();
        QTEST(update->requestBody, "kept");
        QTEST(update->requestCut, "cut");
        QTEST(update->responseBody, "kept");
        QTEST(update->responseCut, "cut");
    }

    void aCutIsToldOnceByItselfAndAgainWithOtherNews()
    {
        CaptureRecorder recorder(1, 2);
        recorder.responseBody("ab");
        QVERIFY(!recorder.take()->responseCut);
        recorder.responseBody("c");
        const auto cut = recorder.take();
        QVERIFY(cut && cut->responseCut && !cut->requestCut);
        QVERIFY(cut->responseBody.isEmpty());
        recorder.responseBody("d");
        QVERIFY(!recorder.take());
        recorder.requestBody("x");
        QVERIFY(recorder.take()->responseCut);
    }
};

QTEST_GUILESS_MAIN(CaptureRecorderTest)
#include "capture_recorder_test.moc"
