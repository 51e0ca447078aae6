#include "edge/exchange.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using edge::Exchange;
using edge::FailureAction;
using edge::Framing;
using wire::BodyKind;
using wire::Code;
using wire::HeaderList;

const HeaderList kNone;
const HeaderList kClose{{"Connection", "close"}};
const HeaderList kKeepAlive{{"Connection", "keep-alive"}};
const HeaderList kChunked{{"Transfer-Encoding", "chunked"}};
const HeaderList kChunkedClose{{"Transfer-Encoding", "chunked"}, {"Connection", "close"}};
const HeaderList kZero{{"Content-Length", "0"}};

wire::RequestHead request(std::string method = "GET", unsigned version = 11, std::string upgrade = {})
{
    wire::RequestHead head;
    head.method = std::move(method);
    head.uri = "/";
    head.version = version;
    head.upgrade = std::move(upgrade);
    return head;
}

wire::ResponseHead response(unsigned status, BodyKind body, HeaderList headers = {})
{
    wire::ResponseHead head;
    head.status = status;
    head.body = body;
    head.headers = std::move(headers);
    return head;
}

// A response head that must be accepted.
edge::HeadPlan accept(Exchange &exchange, wire::ResponseHead head)
{
    const auto plan = exchange.onResponseHead(head);
    EXPECT_TRUE(plan) << (plan ? "" : plan.error().message);
    return plan.value_or(edge::HeadPlan{});
}

bool refuses(Exchange &exchange, wire::ResponseHead head)
{
    const auto plan = exchange.onResponseHead(head);
    return !plan && plan.error().code == Code::ProtocolError;
}

struct FramingCase {
    const char *what;
    wire::RequestHead request;
    bool visitorKeepAlive;
    wire::ResponseHead response;
    Framing framing;
    HeaderList extra;
    bool keepAlive; // with an empty body, or as much as Content-Length says
};

TEST(Exchange, FramesTheResponseForItsVisitor)
{
    const HeaderList five{{"Content-Length", "5"}};
    const FramingCase table[] = {
        {"sized", request(), true, response(200, BodyKind::Sized, five), Framing::Sized, kNone, true},
        {"sized, last", request(), false, response(200, BodyKind::Sized, five), Framing::Sized, kClose, false},
        {"sized 1.0", request("GET", 10), false, response(200, BodyKind::Sized, five), Framing::Sized, kClose, false},
        {"sized 1.0, kept", request("GET", 10), true, response(200, BodyKind::Sized, five), Framing::Sized, kKeepAlive,
         true},
        {"unknown", request(), true, response(200, BodyKind::Unknown), Framing::Chunked, kChunked, true},
        {"unknown, last", request(), false, response(200, BodyKind::Unknown), Framing::Chunked, kChunkedClose, false},
        {"unknown 1.0", request("GET", 10), true, response(200, BodyKind::Unknown), Framing::UntilClose, kClose, false},
        {"empty", request(), true, response(200, BodyKind::None), Framing::Sized, kZero, true},
        {"empty, last",
         request(),
         false,
         response(200, BodyKind::None),
         Framing::Sized,
         {{"Content-Length", "0"}, {"Connection", "close"}},
         false},
        {"empty 1.0, kept",
         request("GET", 10),
         true,
         response(200, BodyKind::None),
         Framing::Sized,
         {{"Content-Length", "0"}, {"Connection", "keep-alive"}},
         true},
        {"empty and said so", request(), true, response(200, BodyKind::None, kZero), Framing::Sized, kNone, true},
        {"unknown, but has a length", request(), true, response(200, BodyKind::Unknown, five), Framing::Sized, kNone,
         true},
        {"HEAD", request("HEAD"), true, response(200, BodyKind::None, five), Framing::None, kNone, true},
        {"HEAD, unknown", request("HEAD"), true, response(200, BodyKind::Unknown), Framing::None, kNone, true},
        {"HEAD 1.0, unknown", request("HEAD", 10), true, response(200, BodyKind::Unknown), Framing::None, kKeepAlive,
         true},
        {"204", request(), true, response(204, BodyKind::None), Framing::None, kNone, true},
        {"304", request(), true, response(304, BodyKind::None, five), Framing::None, kNone, true},
        {"304, last", request(), false, response(304, BodyKind::Sized, five), Framing::None, kClose, false},
        {"205", request(), true, response(205, BodyKind::None), Framing::Sized, kZero, true},
        {"head is a method in capitals only", request("head"), true, response(200, BodyKind::Sized, five),
         Framing::Sized, kNone, true},
    };
    for (const auto &row : table) {
        Exchange exchange(row.request, row.visitorKeepAlive);
        const auto sent = row.response;
        auto head = row.response;
        const auto plan = exchange.onResponseHead(head);
        ASSERT_TRUE(plan) << row.what;
        EXPECT_TRUE(plan->forward && plan->final) << row.what;
        EXPECT_EQ(plan->framing, row.framing) << row.what;
        EXPECT_EQ(*plan->extra, row.extra) << row.what;
        EXPECT_EQ(head.headers, sent.headers) << row.what << ": fields as sent";
        if (row.framing == Framing::Sized && wire::findHeader(head.headers, "Content-Length") == "5") {
            EXPECT_TRUE(exchange.onData(5)) << row.what;
        }
        const auto end = exchange.onEnd({});
        ASSERT_TRUE(end) << row.what;
        EXPECT_EQ(end->keepAlive, row.keepAlive) << row.what;
        EXPECT_EQ(end->lastChunk, row.framing == Framing::Chunked) << row.what;
        EXPECT_TRUE(exchange.complete());
        EXPECT_EQ(exchange.status(), sent.status);
    }
}

TEST(Exchange, ForwardsInterimHeadsBeforeTheFinalOne)
{
    Exchange exchange(request(), true);
    for (const unsigned status : {100U, 103U, 103U, 199U}) {
        const auto plan = accept(exchange, response(status, BodyKind::None, {{"Link", "</a>"}}));
        EXPECT_TRUE(plan.forward);
        EXPECT_FALSE(plan.final);
        EXPECT_EQ(plan.framing, Framing::None);
        EXPECT_EQ(*plan.extra, kNone);
    }
    EXPECT_FALSE(exchange.finalHeadSeen());
    EXPECT_EQ(exchange.status(), 0U);
    EXPECT_TRUE(accept(exchange, response(200, BodyKind::None)).final);
    EXPECT_TRUE(exchange.finalHeadSeen());
}

TEST(Exchange, HidesInterimHeadsFromHttp10)
{
    Exchange exchange(request("GET", 10), false);
    EXPECT_FALSE(accept(exchange, response(100, BodyKind::None)).forward);
    EXPECT_TRUE(accept(exchange, response(200, BodyKind::None)).forward);
}

TEST(Exchange, AnInterimHeadHasNoLength)
{
    Exchange exchange(request(), true);
    auto head = response(103, BodyKind::None, {{"Content-Length", "5"}, {"Link", "</a>"}});
    ASSERT_TRUE(exchange.onResponseHead(head));
    EXPECT_EQ(head.headers, (HeaderList{{"Link", "</a>"}}));
}

TEST(Exchange, BoundsInterimHeads)
{
    Exchange exchange(request(), true);
    for (unsigned i = 0; i < wire::kMaxInterimHeads; ++i)
        accept(exchange, response(100, BodyKind::None));
    EXPECT_TRUE(refuses(exchange, response(100, BodyKind::None)));
}

TEST(Exchange, RefusesWhatIsOutOfOrder)
{
    Exchange exchange(request(), true);
    EXPECT_FALSE(exchange.onData(1));
    EXPECT_FALSE(exchange.onData(0));
    EXPECT_FALSE(exchange.onEnd({}));
    accept(exchange, response(200, BodyKind::Unknown));
    EXPECT_TRUE(refuses(exchange, response(200, BodyKind::Unknown)));
    EXPECT_TRUE(refuses(exchange, response(100, BodyKind::None)));
    EXPECT_TRUE(exchange.onData(1));
    ASSERT_TRUE(exchange.onEnd({}));
    EXPECT_FALSE(exchange.onData(1));
    EXPECT_FALSE(exchange.onEnd({}));
    EXPECT_TRUE(refuses(exchange, response(200, BodyKind::None)));
    EXPECT_EQ(exchange.bodyBytes(), 1U);
}

TEST(Exchange, RefusesStatusesThatAreNone)
{
    for (const unsigned status : {0U, 99U, 1000U}) {
        Exchange exchange(request(), true);
        EXPECT_TRUE(refuses(exchange, response(status, BodyKind::None))) << status;
        EXPECT_FALSE(exchange.finalHeadSeen());
    }
}

TEST(Exchange, HoldsTheClientToItsContentLength)
{
    Exchange exchange(request(), true);
    accept(exchange, response(200, BodyKind::Sized, {{"Content-Length", "10"}}));
    EXPECT_TRUE(exchange.onData(6));
    const auto early = exchange.onEnd({});
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Code::ProtocolError);
    EXPECT_EQ(exchange.onFailure(early.error()).action, FailureAction::Abort);
    EXPECT_FALSE(exchange.onData(5));
    EXPECT_EQ(exchange.bodyBytes(), 6U);
    EXPECT_TRUE(exchange.onData(4));
    EXPECT_FALSE(exchange.onData(1));
    EXPECT_TRUE(exchange.onEnd({}));
}

TEST(Exchange, RefusesBytesWhereThereIsNoBody)
{
    for (auto head : {response(204, BodyKind::None), response(304, BodyKind::None, {{"Content-Length", "5"}})}) {
        Exchange exchange(request(), true);
        accept(exchange, head);
        EXPECT_FALSE(exchange.onData(1)) << head.status;
        EXPECT_TRUE(exchange.onData(0)) << head.status;
    }
    Exchange head(request("HEAD"), true);
    accept(head, response(200, BodyKind::Sized, {{"Content-Length", "5"}}));
    EXPECT_FALSE(head.onData(5));
    EXPECT_TRUE(head.onEnd({}));
    Exchange empty(request(), true);
    accept(empty, response(200, BodyKind::None));
    EXPECT_FALSE(empty.onData(1));
}

struct LengthCase {
    HeaderList lengths;
    const char *result; // null: refused
};

TEST(Exchange, LeavesOneContentLength)
{
    const LengthCase table[] = {
        {{{"Content-Length", "5"}, {"content-length", "5"}}, "5"},
        {{{"Content-Length", "5"}, {"Content-Length", "05"}}, "5"},
        {{{"Content-Length", "5"}, {"Content-Length", "6"}}, nullptr},
        {{{"Content-Length", "5, 5"}}, nullptr},
        {{{"Content-Length", "-1"}}, nullptr},
        {{{"Content-Length", "+5"}}, nullptr},
        {{{"Content-Length", "0x5"}}, nullptr},
        {{{"Content-Length", ""}}, nullptr},
        {{{"Content-Length", " 5"}}, nullptr},
        {{{"Content-Length", "18446744073709551616"}}, nullptr},
        {{{"Content-Length", "18446744073709551615"}}, "18446744073709551615"},
    };
    for (const auto &[lengths, result] : table) {
        Exchange exchange(request(), true);
        auto head = response(200, BodyKind::Sized, lengths);
        const auto plan = exchange.onResponseHead(head);
        EXPECT_EQ(plan.has_value(), result != nullptr) << lengths.front().value;
        EXPECT_EQ(exchange.finalHeadSeen(), result != nullptr);
        if (result != nullptr) {
            EXPECT_EQ(head.headers, (HeaderList{{"Content-Length", result}}));
        }
    }
    Exchange exchange(request(), true);
    EXPECT_TRUE(refuses(exchange, response(200, BodyKind::Sized))) << "sized, but how long?";
}

TEST(Exchange, RemovesFramingThatTheClientMadeUp)
{
    Exchange exchange(request(), true);
    auto head = response(200, BodyKind::Sized,
                         {{"Transfer-Encoding", "chunked"},
                          {"Content-Length", "5"},
                          {"Connection", "keep-alive, X-Mine"},
                          {"X-Mine", "1"},
                          {"Upgrade", "h2c"},
                          {"Server", "x"}});
    ASSERT_TRUE(exchange.onResponseHead(head));
    EXPECT_EQ(head.headers, (HeaderList{{"Content-Length", "5"}, {"Server", "x"}}));
}

TEST(Exchange, SwitchesProtocolsWhenAsked)
{
    Exchange exchange(request("GET", 11, "websocket"), true);
    auto head = response(101, BodyKind::None, {{"Sec-WebSocket-Accept", "x"}, {"Content-Length", "0"}});
    head.upgrade = "WebSocket";
    const auto plan = exchange.onResponseHead(head);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->forward && plan->final);
    EXPECT_EQ(plan->framing, Framing::Raw);
    EXPECT_EQ(*plan->extra, (HeaderList{{"Connection", "Upgrade"}, {"Upgrade", "WebSocket"}}));
    EXPECT_EQ(head.headers, (HeaderList{{"Sec-WebSocket-Accept", "x"}}));
    EXPECT_TRUE(exchange.upgraded());
    EXPECT_TRUE(exchange.onData(1'000'000));
    const auto end = exchange.onEnd({{"X-Late", "1"}});
    ASSERT_TRUE(end);
    EXPECT_FALSE(end->keepAlive || end->lastChunk);
    EXPECT_EQ(end->trailers, kNone);
}

TEST(Exchange, TheVisitorsOwnProtocolNameIsTheDefault)
{
    Exchange exchange(request("GET", 11, "websocket"), true);
    const auto plan = accept(exchange, response(101, BodyKind::None));
    EXPECT_EQ(*plan.extra, (HeaderList{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}}));
}

TEST(Exchange, RefusesToSwitchUnasked)
{
    Exchange plain(request(), true);
    EXPECT_TRUE(refuses(plain, response(101, BodyKind::None)));
    Exchange old(request("GET", 10, "websocket"), true);
    EXPECT_TRUE(refuses(old, response(101, BodyKind::None)));
    Exchange other(request("GET", 11, "websocket"), true);
    auto head = response(101, BodyKind::None);
    head.upgrade = "h2c";
    EXPECT_TRUE(refuses(other, head));
    EXPECT_EQ(other.onFailure({Code::ProtocolError, ""}).action, FailureAction::Page);
}

TEST(Exchange, AnUpgradeMayBeDeclined)
{
    Exchange exchange(request("GET", 11, "websocket"), true);
    const auto plan = accept(exchange, response(426, BodyKind::None));
    EXPECT_EQ(plan.framing, Framing::Sized);
    EXPECT_FALSE(exchange.upgraded());
    EXPECT_TRUE(exchange.onEnd({})->keepAlive);
}

TEST(Exchange, TrailersGoWithChunkedFramingOnly)
{
    const HeaderList trailers{{"X-Checksum", "1"},       {"Content-Length", "5"}, {"transfer-encoding", "chunked"},
                              {"Set-Cookie", "a=b"},     {"Host", "x"},           {"Server-Timing", "db"},
                              {"Authorization", "Basic"}};
    Exchange chunked(request(), true);
    accept(chunked, response(200, BodyKind::Unknown));
    EXPECT_EQ(chunked.onEnd(trailers)->trailers, (HeaderList{{"X-Checksum", "1"}, {"Server-Timing", "db"}}));
    Exchange sized(request(), true);
    accept(sized, response(200, BodyKind::Sized, {{"Content-Length", "0"}}));
    EXPECT_EQ(sized.onEnd(trailers)->trailers, kNone);
    Exchange old(request("GET", 10), true);
    accept(old, response(200, BodyKind::Unknown));
    const auto end = old.onEnd(trailers);
    EXPECT_EQ(end->trailers, kNone);
    EXPECT_FALSE(end->lastChunk);
}

TEST(Exchange, AFailureBeforeTheHeadIsAPage)
{
    Exchange exchange(request(), true);
    accept(exchange, response(103, BodyKind::None));
    const auto plan = exchange.onFailure({Code::LocalServiceUnavailable, "ECONNREFUSED 127.0.0.1:3000"});
    EXPECT_EQ(plan.action, FailureAction::Page);
    EXPECT_EQ(plan.code, Code::LocalServiceUnavailable);
    EXPECT_EQ(*plan.extra, kNone);
    EXPECT_TRUE(plan.keepAlive);
    const auto last = Exchange(request(), false).onFailure({Code::Timeout, ""});
    EXPECT_EQ(*last.extra, kClose);
    EXPECT_FALSE(last.keepAlive);
    EXPECT_EQ(*Exchange(request("GET", 10), true).onFailure({Code::Timeout, ""}).extra, kKeepAlive);
}

TEST(Exchange, AFailureAfterTheHeadAborts)
{
    Exchange exchange(request(), true);
    accept(exchange, response(200, BodyKind::Unknown));
    EXPECT_EQ(exchange.onFailure({Code::ConnectionLost, ""}).action, FailureAction::Abort);
    EXPECT_FALSE(exchange.onFailure({Code::ConnectionLost, ""}).keepAlive);
    ASSERT_TRUE(exchange.onEnd({}));
    EXPECT_EQ(exchange.onFailure({Code::ConnectionLost, ""}).action, FailureAction::Nothing);
}

TEST(Exchange, ARefusedHeadLeavesRoomForAPage)
{
    Exchange exchange(request(), true);
    EXPECT_TRUE(refuses(exchange, response(200, BodyKind::Sized)));
    EXPECT_EQ(exchange.onFailure({Code::ProtocolError, ""}).action, FailureAction::Page);
}

TEST(Exchange, CanBeToldToClose)
{
    Exchange exchange(request(), true);
    exchange.forbidKeepAlive();
    const auto plan = accept(exchange, response(200, BodyKind::Unknown));
    EXPECT_EQ(*plan.extra, kChunkedClose);
    EXPECT_FALSE(exchange.onEnd({})->keepAlive);
}

} // namespace
