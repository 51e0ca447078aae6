#include "exchange_samples.h"
#include "ttf/json_view.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ttf_test;

namespace {

QByteArray lineOf(const client::TunnelStatus &status)
{
    std::string out;
    ttf::JsonView().status(out, status, 0);
    return QByteArray::fromStdString(out);
}

QByteArray lineOf(const client::ExchangeSummary &exchange)
{
    std::string out;
    ttf::JsonView().exchange(out, exchange);
    return QByteArray::fromStdString(out);
}

QJsonObject object(const QByteArray &line)
{
    if (line.count('\n') != 1 || !line.endsWith('\n'))
        qFatal("not one line: %s", line.constData());
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class JsonViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void online();
    void limits();
    void reconnecting();
    void failed();
    void otherPhasesPrintNothing();
    void request();
    void abortedRequest();
    void upgradedRequest();
    void pendingRequestsPrintNothing();
    void nothingRawGetsThrough();
    void missed();
    void stopped();
};

void JsonViewTest::online()
{
    const QByteArray line = lineOf(onlineStatus());
    QVERIFY(line.startsWith(R"({"event":"online","name":"shop",)"));
    QCOMPARE(object(line),
             QJsonObject({{QStringLiteral("event"), QStringLiteral("online")},
                          {QStringLiteral("name"), QStringLiteral("shop")},
                          {QStringLiteral("tunnel"), QStringLiteral("shop")},
                          {QStringLiteral("public_url"), QStringLiteral("http://shop.localhost:4000/")},
                          {QStringLiteral("subdomain_url"), QStringLiteral("http://shop.localhost:4000/")},
                          {QStringLiteral("path_based_url"), QStringLiteral("http://localhost:4000/shop/")},
                          {QStringLiteral("limits"), QJsonObject()}}));
}

void JsonViewTest::limits()
{
    auto status = onlineStatus();
    status.limits = {.maxBodyBytes = 25'000'000,
                     .maxMessageBytes = 1,
                     .requestTimeoutMs = 120'000,
                     .requestsPerHour = 180'000,
                     .requestBurst = 100,
                     .maxRequests = 20,
                     .uploadBytesPerSecond = 3,
                     .downloadBytesPerSecond = 4};
    QCOMPARE(object(lineOf(status)).value(QStringLiteral("limits")).toObject(),
             QJsonObject({{QStringLiteral("max_body_bytes"), 25'000'000},
                          {QStringLiteral("request_timeout_ms"), 120'000},
                          {QStringLiteral("requests_per_hour"), 180'000},
                          {QStringLiteral("request_burst"), 100},
                          {QStringLiteral("max_requests"), 20},
                          {QStringLiteral("upload_bytes_per_second"), 3},
                          {QStringLiteral("download_bytes_per_second"), 4}}));
}

void JsonViewTest::reconnecting()
{
    QCOMPARE(object(lineOf(reconnectingStatus())),
             QJsonObject({{QStringLiteral("event"), QStringLiteral("reconnecting")},
                          {QStringLiteral("name"), QStringLiteral("shop")},
                          {QStringLiteral("tunnel"), QStringLiteral("shop")},
                          {QStringLiteral("reason"), QStringLiteral("the relay went away")},
                          {QStringLiteral("code"), QStringLiteral("connection_lost")},
                          {QStringLiteral("attempt"), 2},
                          {QStringLiteral("next_attempt_ms"), 1500}}));
}

void JsonViewTest::failed()
{
    QCOMPARE(object(lineOf(failedStatus())),
             QJsonObject({{QStringLiteral("event"), QStringLiteral("failed")},
                          {QStringLiteral("name"), QStringLiteral("shop")},
                          {QStringLiteral("tunnel"), QStringLiteral("shop")},
                          {QStringLiteral("reason"), QStringLiteral("somebody else has it")},
                          {QStringLiteral("code"), QStringLiteral("name_taken")},
                          {QStringLiteral("exit_code"), 4}}));
}

void JsonViewTest::otherPhasesPrintNothing()
{
    for (const auto phase : {client::Phase::Idle, client::Phase::Connecting, client::Phase::Stopped}) {
        auto status = onlineStatus();
        status.phase = phase;
        QCOMPARE(lineOf(status), QByteArray());
    }
}

void JsonViewTest::request()
{
    const QByteArray line = lineOf(doneExchange());
    QVERIFY(line.startsWith(R"({"event":"request","name":"shop",)"));
    QCOMPARE(object(line), QJsonObject({{QStringLiteral("event"), QStringLiteral("request")},
                                        {QStringLiteral("name"), QStringLiteral("shop")},
                                        {QStringLiteral("tunnel"), QStringLiteral("shop")},
                                        {QStringLiteral("request_id"), QStringLiteral("req_1")},
                                        {QStringLiteral("time"), QStringLiteral("2023-11-14T22:13:20.123Z")},
                                        {QStringLiteral("method"), QStringLiteral("GET")},
                                        {QStringLiteral("path"), QStringLiteral("/items?page=2")},
                                        {QStringLiteral("status"), 200},
                                        {QStringLiteral("duration_ms"), 12.345},
                                        {QStringLiteral("first_byte_ms"), 11},
                                        {QStringLiteral("request_bytes"), 7},
                                        {QStringLiteral("response_bytes"), 1234},
                                        {QStringLiteral("remote_address"), QStringLiteral("127.0.0.1")}}));
}

void JsonViewTest::abortedRequest()
{
    auto exchange = doneExchange();
    exchange.state = client::ExchangeState::Aborted;
    exchange.status = 0;
    exchange.error = {wire::Code::LocalServiceUnavailable, "nothing listens on port 3000"};
    const QJsonObject json = object(lineOf(exchange));
    QCOMPARE(json[QStringLiteral("status")].toInt(-1), 0);
    QCOMPARE(json[QStringLiteral("error")].toString(), QStringLiteral("local_service_unavailable"));
    QCOMPARE(json[QStringLiteral("error_message")].toString(), QStringLiteral("nothing listens on port 3000"));
}

void JsonViewTest::upgradedRequest()
{
    auto exchange = doneExchange();
    exchange.status = 101;
    exchange.upgrade = QStringLiteral("websocket");
    QCOMPARE(object(lineOf(exchange))[QStringLiteral("upgrade")].toString(), QStringLiteral("websocket"));
}

void JsonViewTest::pendingRequestsPrintNothing()
{
    auto exchange = doneExchange();
    exchange.state = client::ExchangeState::Pending;
    QCOMPARE(lineOf(exchange), QByteArray());
}

void JsonViewTest::nothingRawGetsThrough()
{
    auto exchange = doneExchange();
    exchange.target =
        QStringLiteral("/\x1b[2J\r\n\"\\\x7f") + QChar(0x9b) + QChar(0x202e) + QChar(0xd800) + QStringLiteral("\u00fc");
    const QByteArray line = lineOf(exchange);
    for (const char c : line.chopped(1))
        QVERIFY(c >= ' ' && c < '\x7f');
    const QString path = object(line)[QStringLiteral("path")].toString();
    QVERIFY(path.startsWith(QStringLiteral("/\x1b[2J\r\n\"\\\x7f") + QChar(0x9b) + QChar(0x202e)));
    QVERIFY(path.endsWith(u'\u00fc'));
}

void JsonViewTest::missed()
{
    std::string out;
    ttf::JsonView().missed(out, 12);
    QCOMPARE(QByteArray::fromStdString(out), QByteArray("{\"event\":\"missed\",\"requests\":12}\n"));
}

void JsonViewTest::stopped()
{
    std::string out;
    ttf::JsonView().stopped(out, {.requests = 3, .requestBytes = 4, .responseBytes = 5, .runUs = 1'500'000});
    QCOMPARE(QByteArray::fromStdString(out), QByteArray("{\"event\":\"stopped\",\"requests\":3,\"request_bytes\":4,"
                                                        "\"response_bytes\":5,\"run_ms\":1500.0}\n"));
}

QTEST_APPLESS_MAIN(JsonViewTest)
#include "json_view_test.moc"
