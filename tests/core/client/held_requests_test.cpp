#include "client/held_requests.h"
#include "support/fake_stream_host.h"
#include "support/raw_origin.h"
#include "wire/base64.h"

#include <QTest>

using client::AdmittedRequest;
using client::HeldRequests;
using client::TunnelGuard;
using wire::Code;

namespace {

constexpr std::uint32_t kStream = 1;
constexpr const char *kUser =
    "ann:$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";

// GitHub's documented example.
constexpr const char *kSecret = "It's a Secret to Everybody";
constexpr const char *kBody = "Hello, World!";
constexpr const char *kSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

wire::RequestHead request(const char *method, wire::BodyKind body = wire::BodyKind::None, wire::HeaderList headers = {})
{
    wire::RequestHead head;
    head.method = method;
    head.uri = "/";
    head.headers = std::move(headers);
    head.body = body;
    head.remoteAddress = "192.0.2.1";
    return head;
}

wire::RequestHead signedRequest()
{
    return request("POST", wire::BodyKind::Unknown, {{"X-Hub-Signature-256", kSignature}});
}

class Bench : public QObject {
public:
    explicit Bench(guard::Rules rules, guard::Secrets secrets = {})
        : guard(std::make_shared<TunnelGuard>(std::move(rules), std::move(secrets), true)),
          held(host, guard, [this](AdmittedRequest request) { admitted.push_back(std::move(request)); })
    {
        connect(&host.exchanges, &client::ExchangeLog::batch, this,
                [this](const client::ExchangeBatch &batch) { rows += batch; });
    }

    [[nodiscard]] wire::Result<> frame(wire::FrameKind kind, std::string_view payload = {})
    {
        return held.onFrame({kStream, kind, payload});
    }
    bool admits(wire::RequestHead head) { return held.admits(kStream, head); }
    client::ExchangeBatch rowsNow()
    {
        host.exchanges.flush();
        return rows;
    }

    support::RawOrigin origin{support::RawOrigin::always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
    support::FakeStreamHost host{support::loopbackTarget(origin.port())};
    std::shared_ptr<TunnelGuard> guard;
    std::vector<AdmittedRequest> admitted;
    HeldRequests held;
    client::ExchangeBatch rows;
};

} // namespace

class HeldRequestsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatMayPassIsPrepared();
    void aLoginIsDemanded();
    void aRefusalHasACodeOnly();
    void anUnreadBodyIsCancelled();
    void bodiesWaitWithTheirRequest();
    void aStrangerFillsTheFirstWindowOnly();
    void aSignedBodyIsReadWhole();
    void aForgedBodyReachesNobody();
    void aBodyTooLargeIsRefused();
    void aVisitorMayLeave();
    void theLinkMayBeLost();
    void credentialsAreNotRecorded();
};

void HeldRequestsTest::whatMayPassIsPrepared()
{
    Bench bench({.setHeaders = {{"X-Env", "staging"}}});
    auto head = request("GET");
    QVERIFY(bench.held.admits(kStream, head));
    QVERIFY(wire::findHeader(head.headers, "X-Env") == "staging");
    QCOMPARE(bench.held.size(), 0U);
}

void HeldRequestsTest::aLoginIsDemanded()
{
    Bench bench({.logins = {*guard::parseLogin(kUser)}});
    QVERIFY(!bench.admits(request("GET")));
    const auto &sent = bench.host.sent(kStream);
    QCOMPARE(sent.heads.front().status, 401U);
    QVERIFY(wire::findHeader(sent.heads.front().headers, "WWW-Authenticate").has_value());
    QVERIFY(sent.ended && !sent.reset && !sent.body.empty());
    QVERIFY(!bench.held.holds(kStream));
    QCOMPARE(bench.rowsNow().last().status, 401);
}

void HeldRequestsTest::aRefusalHasACodeOnly()
{
    Bench bench({.deny = {*wire::Cidr::parse("192.0.2.1")}});
    QVERIFY(!bench.admits(request("GET")));
    const auto &sent = bench.host.sent(kStream);
    QVERIFY(sent.heads.empty());
    QCOMPARE(sent.reset->code, Code::Forbidden);
    QVERIFY2(sent.reset->message.find("deny") == std::string::npos, "visitors do not learn the rules");
    QVERIFY(bench.rowsNow().last().error.message.find("deny") != std::string::npos);
}

void HeldRequestsTest::anUnreadBodyIsCancelled()
{
    Bench bench({.logins = {*guard::parseLogin(kUser)}});
    QVERIFY(!bench.admits(request("POST", wire::BodyKind::Unknown)));
    const auto &sent = bench.host.sent(kStream);
    QVERIFY(sent.ended);
    QCOMPARE(sent.reset->code, Code::Cancelled);
}

void HeldRequestsTest::bodiesWaitWithTheirRequest()
{
    Bench bench({.askFirst = true});
    QVERIFY(!bench.admits(request("POST", wire::BodyKind::Unknown)));
    QVERIFY(bench.held.holds(kStream));
    QVERIFY(bench.frame(wire::FrameKind::Data, "half ").has_value());
    QVERIFY(bench.frame(wire::FrameKind::Data, "whole").has_value());
    QVERIFY(bench.admitted.empty());
    bench.guard->answer(QStringLiteral("192.0.2.1"), true);
    QCOMPARE(bench.admitted.size(), 1U);
    const auto &request = bench.admitted.front();
    QCOMPARE(request.body, std::string("half whole"));
    QVERIFY(!request.ended && !request.whole);
    QVERIFY(!bench.held.holds(kStream));
}

void HeldRequestsTest::aStrangerFillsTheFirstWindowOnly()
{
    Bench bench({.askFirst = true});
    QVERIFY(!bench.admits(request("POST", wire::BodyKind::Unknown)));
    const std::string chunk(wire::kMaxDataBytes, 'x');
    for (std::size_t sent = 0; sent < wire::kInitialWindowBytes; sent += chunk.size())
        QVERIFY(bench.frame(wire::FrameKind::Data, chunk).has_value());
    QCOMPARE(bench.host.sent(kStream).credit, 0U);
    QVERIFY(!bench.frame(wire::FrameKind::Data, "x").has_value()); // the server's breach
}

void HeldRequestsTest::aSignedBodyIsReadWhole()
{
    Bench bench({.webhook = guard::WebhookRule{}}, {.webhooks = {kSecret}});
    QVERIFY(!bench.admits(signedRequest()));
    QVERIFY(bench.frame(wire::FrameKind::Data, std::string_view(kBody).substr(0, 4)).has_value());
    QVERIFY(bench.admitted.empty());
    QVERIFY(bench.frame(wire::FrameKind::Data, std::string_view(kBody).substr(4)).has_value());
    QVERIFY(bench.admitted.empty());
    QVERIFY(bench.frame(wire::FrameKind::End).has_value());
    QCOMPARE(bench.admitted.size(), 1U);
    QVERIFY(bench.admitted.front().whole);
    QCOMPARE(bench.admitted.front().body, std::string(kBody));
    QVERIFY(bench.guard->reserve(wire::kMaxSignedBodiesBytes)); // all room was given back
}

void HeldRequestsTest::aForgedBodyReachesNobody()
{
    Bench bench({.webhook = guard::WebhookRule{}}, {.webhooks = {kSecret}});
    QVERIFY(!bench.admits(signedRequest()));
    QVERIFY(bench.frame(wire::FrameKind::Data, "Hello, World?").has_value());
    QVERIFY(bench.frame(wire::FrameKind::End).has_value());
    QVERIFY(bench.admitted.empty());
    QCOMPARE(bench.host.sent(kStream).reset->code, Code::Forbidden);
}

void HeldRequestsTest::aBodyTooLargeIsRefused()
{
    Bench bench({.webhook = guard::WebhookRule{}}, {.webhooks = {kSecret}});
    QVERIFY(!bench.admits(signedRequest()));
    const std::string chunk(wire::kMaxDataBytes, 'x');
    std::size_t sent = 0;
    while (bench.held.holds(kStream) && sent <= 2 * wire::kMaxSignedBodyBytes) {
        QVERIFY(bench.frame(wire::FrameKind::Data, chunk).has_value());
        sent += chunk.size();
    }
    QVERIFY(sent > wire::kMaxSignedBodyBytes && sent <= wire::kMaxSignedBodyBytes + chunk.size());
    QCOMPARE(bench.host.sent(kStream).reset->code, Code::PayloadTooLarge);
    QVERIFY(bench.guard->reserve(wire::kMaxSignedBodiesBytes));
}

void HeldRequestsTest::aVisitorMayLeave()
{
    Bench bench({.askFirst = true});
    QVERIFY(!bench.admits(request("GET")));
    std::string reset;
    wire::encodeReset(reset, {Code::Cancelled, "the visitor went away"});
    QVERIFY(bench.frame(wire::FrameKind::Reset, reset).has_value());
    QVERIFY(!bench.held.holds(kStream));
    bench.guard->answer(QStringLiteral("192.0.2.1"), true);
    QVERIFY(bench.admitted.empty());
}

void HeldRequestsTest::theLinkMayBeLost()
{
    Bench bench({.askFirst = true});
    QVERIFY(!bench.admits(request("GET")));
    bench.held.abort({Code::ConnectionLost, "the link was lost"});
    QCOMPARE(bench.held.size(), 0U);
    QCOMPARE(bench.rowsNow().last().error.code, Code::ConnectionLost);
    bench.guard->answer(QStringLiteral("192.0.2.1"), true);
    QVERIFY(bench.admitted.empty());
}

void HeldRequestsTest::credentialsAreNotRecorded()
{
    Bench bench({.logins = {*guard::parseLogin(kUser)}});
    support::FakeStreamHost recording(support::loopbackTarget(bench.origin.port()), 1000);
    std::vector<wire::RequestHead> heads;
    connect(&recording.exchanges, &client::ExchangeLog::captures, this, [&](const client::CaptureBatch &batch) {
        for (const auto &update : batch) {
            if (update.request)
                heads.push_back(*update.request);
        }
    });
    HeldRequests held(recording, bench.guard, [](const AdmittedRequest &) {});
    auto head = request("GET", wire::BodyKind::None,
                        {{"Authorization", "Basic " + wire::encodeBase64("ann:guess")}, {"Accept", "*/*"}});
    QVERIFY(!held.admits(kStream, head));
    QTRY_VERIFY(!held.holds(kStream));
    recording.exchanges.flush();
    QCOMPARE(heads.size(), 1U);
    QVERIFY(heads.front().headers == (wire::HeaderList{{"Accept", "*/*"}}));
}

QTEST_GUILESS_MAIN(HeldRequestsTest)
#include "held_requests_test.moc"
