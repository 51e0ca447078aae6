#include "desktop/start_request.h"

#include <QTest>

using desktop::fromMessage;
using desktop::StartRequest;
using desktop::toMessage;

class StartRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itArrivesAsItWasSent();
    void otherVersionsAreUnderstood();
    void nonsenseIsAnError();
};

void StartRequestTest::itArrivesAsItWasSent()
{
    const StartRequest request{true, QStringLiteral("http://localhost:3000"), QStringLiteral("shop"), true};
    QVERIFY(!toMessage(request).contains('\n'));
    QVERIFY(*fromMessage(toMessage(request)) == request);
    QVERIFY(*fromMessage(toMessage({})) == StartRequest{});
}

void StartRequestTest::otherVersionsAreUnderstood()
{
    const auto request = fromMessage(R"({"expose":true,"target":"3000","later":[1]})");
    QVERIFY(request);
    QVERIFY(*request == (StartRequest{true, QStringLiteral("3000")}));
}

void StartRequestTest::nonsenseIsAnError()
{
    QVERIFY(!fromMessage("--expose 3000"));
    QVERIFY(!fromMessage("[]"));
}

QTEST_APPLESS_MAIN(StartRequestTest)
#include "start_request_test.moc"
