#include "relay/visitor_exchange.h"

#include "relay/tls_context.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <exception>

namespace relay {

namespace {

using wire::Code;
using namespace asio::experimental::awaitable_operators;

constexpr std::size_t kReadBytes = wire::kMaxDataBytes;
// Most requests are answered sooner and need no watch over a visitor that might leave.
constexpr std::chrono::milliseconds kWatchAfter{500};
constexpr std::size_t kWatchedBytes = 8 * wire::kKiB; // of a further request, pipelined; its head was read so too

} // namespace

VisitorExchange::VisitorExchange(Context &context, VisitorTransport &transport, VisitorRequest &request,
                                 std::shared_ptr<ClientSession> link)
    : m_context(context),
      m_transport(transport),
      m_request(request),
      m_link(std::move(link)),
      m_use(m_link->quotas().requests, request.started),
      m_stream(m_link->openStream(request.head, request.keepAlive)),
      m_headLimit(context.deadlines, [this] { onHeadTimeout(); }),
      m_watchDelay(context.deadlines, [this] { watchVisitor(); }),
      m_silenceLimit(context.deadlines, [this] { onSilence(); }),
      m_watchOver(context.executor)
{
    if (m_context.draining)
        m_stream->exchange().forbidKeepAlive();
}

Task<> VisitorExchange::pumpBoth()
{
    auto bothWays = pumpRequest() && pumpResponse();
    co_await std::move(bothWays);
}

Task<bool> VisitorExchange::run()
{
    std::exception_ptr thrown;
    try {
        auto pumps = m_stream->requestEnded ? pumpResponse() : pumpBoth();
        co_await std::move(pumps);
    } catch (...) {
        thrown = std::current_exception(); // not before the watch, which reads into our session's buffer, is over
    }
    m_watchDelay.disarm();
    if (m_watching)
        co_await endWatch();
    if (thrown)
        std::rethrow_exception(thrown);
    m_transport.readLimit().disarm();
    if (!m_request.reader.complete() && !m_transport.broken() && !m_transport.ended() && !m_transport.expired())
        co_await m_transport.linger();
    m_context.metrics.bytesIn += m_request.bodyBytes;
    co_return m_request.keep &&m_request.reader.complete() && !m_transport.broken() && !m_transport.expired();
}

// --- The request, up -------------------------------------------------------------------------------------------------

// Waits until a body byte may be sent, or until the exchange has failed, or (without `whileAnswered`) is answered.
Task<> VisitorExchange::awaitCredit(bool whileAnswered)
{
    while (!m_stream->failure() && (whileAnswered || !m_stream->ended()) &&
           (m_stream->credit.available() == 0 || m_link->pausesSources()))
        co_await m_stream->input().wait();
}

Task<> VisitorExchange::pumpRequest()
{
    while (!m_request.reader.complete()) {
        co_await awaitCredit(false);
        if (m_stream->finished())
            co_return co_await discardBody();
        const bool more = co_await sendBody();
        if (!more)
            break;
    }
    if (!m_request.reader.complete()) {
        m_link->resetStream(*m_stream, {Code::Cancelled, "the visitor went away in the middle of its request"});
        co_return;
    }
    if (!m_request.head.upgrade.empty())
        co_await pumpUpgraded();
    m_link->endRequest(*m_stream, m_request.reader.trailers());
}

// One step: what is buffered goes out, or more is read. False when the visitor is gone or its framing is broken.
Task<bool> VisitorExchange::sendBody()
{
    auto &input = m_transport.input();
    const auto before = m_stream->credit.available();
    const auto most = std::min({input.view().size(), before, wire::kMaxDataBytes});
    auto taken = m_link->sendData(
        *m_stream, most, [&](std::string &out) { return m_request.reader.feed(input.view().substr(0, most), out); });
    if (!taken) {
        m_link->resetStream(*m_stream, taken.error());
        co_return false;
    }
    input.consume(*taken);
    m_request.bodyBytes += before - m_stream->credit.available();
    if (m_request.bodyBytes > m_link->maxBodyBytes())
        m_link->resetStream(*m_stream, {Code::PayloadTooLarge, "the request body is over the limit"});
    if (*taken > 0) {
        if (m_link->quotas().upload)
            co_await payForUpload(*taken);
        if (!m_stream->finished() && !m_stream->exchange().finalHeadSeen())
            m_headLimit.arm(m_context.config.timeouts.responseHead); // it counts from the last byte sent
        co_return true;
    }
    if (m_request.reader.complete())
        co_return true;
    if (most < input.view().size()) { // not even what stands between two chunks fits the credit
        co_await m_stream->input().wait();
        co_return true;
    }
    co_return co_await readBody();
}

Task<bool> VisitorExchange::readBody()
{
    if (!m_answered)
        m_transport.readLimit().arm(m_context.config.timeouts.bodyRead);
    const bool more = co_await m_transport.readMore(kReadBytes);
    if (!m_answered)
        m_transport.readLimit().disarm();
    if (more || !m_transport.expired())
        co_return more;
    m_requestLate = !m_stream->finished();
    m_link->resetStream(*m_stream, {Code::Timeout, "the request body did not arrive in time"});
    co_return false;
}

// The answer is there before the request was read: read on, so that closing does not reset the connection under the
// answer (RFC 9112 9.6). pumpResponse() sets the time limit once the answer is written.
Task<> VisitorExchange::discardBody()
{
    auto &input = m_transport.input();
    std::string sink;
    std::size_t discarded = 0;
    while (!m_request.reader.complete() && discarded < wire::kLingerBytes) {
        sink.clear();
        auto taken = m_request.reader.feed(input.view(), sink);
        if (!taken)
            co_return;
        discarded += *taken;
        input.consume(*taken);
        if (*taken > 0)
            continue;
        const bool more = co_await m_transport.readMore(kReadBytes);
        if (!more)
            co_return;
    }
}

// After 101: bytes as they are, until either side is done. Half-closing one direction leaves the other open.
Task<> VisitorExchange::pumpUpgraded()
{
    auto &input = m_transport.input();
    while (!m_stream->exchange().finalHeadSeen() && !m_stream->failure())
        co_await m_stream->input().wait();
    if (!m_stream->exchange().upgraded())
        co_return;
    if (m_watching)
        co_await endWatch(); // it reads what is ours now
    for (;;) {
        co_await awaitCredit(true);
        if (m_stream->failure())
            co_return;
        const auto bytes = input.view().substr(0, std::min(m_stream->credit.available(), wire::kMaxDataBytes));
        if (bytes.empty()) {
            if (!m_answered)
                m_transport.readLimit().arm(m_context.config.timeouts.upgradedIdle);
            const bool more = co_await m_transport.readMore(kReadBytes);
            if (!more)
                break;
            continue;
        }
        (void)m_link->sendData(*m_stream, bytes.size(), [&](std::string &out) {
            out.append(bytes);
            return wire::Result<std::size_t>(bytes.size());
        });
        const auto sent = bytes.size();
        m_request.bodyBytes += sent;
        input.consume(sent);
        if (m_link->quotas().upload)
            co_await payForUpload(sent);
    }
    if (!m_transport.ended())
        m_link->resetStream(*m_stream, {Code::Cancelled, "the visitor went away"});
    else if (!m_answered)
        armIdleLimit();
}

// --- The response, down ----------------------------------------------------------------------------------------------

void VisitorExchange::onHeadTimeout()
{
    if (!m_stream->exchange().finalHeadSeen())
        m_link->resetStream(*m_stream, {Code::Timeout, "no response head in time"});
}

Task<> VisitorExchange::pumpResponse()
{
    m_headLimit.arm(m_context.config.timeouts.responseHead);
    m_watchDelay.arm(kWatchAfter);
    while (!m_stream->failure() && (m_stream->hasOutput() || !m_stream->ended())) {
        if (!m_stream->hasOutput()) {
            co_await m_stream->output().wait();
            continue;
        }
        const bool written = co_await writeOutput();
        if (!written)
            break;
    }
    m_headLimit.disarm();
    m_watchDelay.disarm();
    m_silenceLimit.disarm();
    co_await conclude();
    m_answered = true;
    if (!m_request.reader.complete())
        m_transport.readLimit().arm(wire::kLingerTimeout);
}

// In slices, so that a slow visitor is granted credit as it reads and its time limit is one of progress.
Task<bool> VisitorExchange::writeOutput()
{
    auto output = m_stream->takeOutput();
    std::string_view rest = output.bytes;
    std::size_t uncounted = output.bodyBytes;
    const auto &pace = m_link->quotas().download;
    const auto most = pace ? pace->piece() : wire::kMaxDataBytes;
    while (!rest.empty() && !(pace && m_stream->failure())) {
        const auto slice = rest.substr(0, most);
        const bool written = co_await m_transport.write(slice);
        if (!written)
            co_return false;
        rest.remove_prefix(slice.size());
        const auto counted = rest.empty() ? uncounted : std::min(uncounted, slice.size());
        uncounted -= counted;
        m_context.metrics.bytesOut += counted;
        m_link->consumed(*m_stream, counted);
        if (pace)
            co_await payForDownload(slice.size());
    }
    m_stream->giveBack(std::move(output.bytes));
    if (m_stream->exchange().upgraded())
        armIdleLimit();
    co_return true;
}

// Of both directions of an upgraded connection; once the visitor has said its last byte, of the service's own.
void VisitorExchange::armIdleLimit()
{
    const auto idle = m_context.config.timeouts.upgradedIdle;
    if (!m_transport.ended())
        return m_transport.readLimit().arm(idle);
    m_transport.readLimit().disarm();
    m_silenceLimit.arm(std::min<std::chrono::milliseconds>(idle, wire::kHalfClosedIdleTimeout));
}

void VisitorExchange::onSilence()
{
    m_link->resetStream(*m_stream, {Code::Timeout, "nothing came after the visitor's last byte"});
}

Task<> VisitorExchange::conclude()
{
    if (m_transport.broken())
        m_link->resetStream(*m_stream, {Code::Cancelled, "the visitor went away"});
    if (m_stream->failure())
        co_return co_await concludeFailure();
    const auto &exchange = m_stream->exchange();
    recordRequest(m_context, m_request, exchange.status(), exchange.bodyBytes(), nullptr);
    m_request.keep = m_stream->keepVisitor() && !exchange.upgraded();
    if (exchange.upgraded()) {
        m_transport.readLimit().arm(wire::kHeadTimeout); // for the visitor's own last bytes
        co_return co_await m_transport.finishSending();
    }
    if (!m_request.reader.complete()) {
        m_link->resetStream(*m_stream, {Code::Cancelled, "answered before the request was read"});
        if (!m_request.keep)
            co_await m_transport.finishSendingEarly();
    }
}

Task<> VisitorExchange::concludeFailure()
{
    const auto &exchange = m_stream->exchange();
    const auto &failure = *m_stream->failure();
    const auto plan = exchange.onFailure(failure);
    if (plan.action != edge::FailureAction::Page || m_transport.broken()) {
        recordRequest(m_context, m_request, exchange.status(), exchange.bodyBytes(), &failure);
        m_transport.abort();
        co_return;
    }
    auto page = m_requestLate ? edge::makeLateRequestPage(m_request.page())
                              : edge::makeErrorPage(plan.code, {}, m_request.page());
    recordRequest(m_context, m_request, page.head.status, 0, &failure);
    addTransportSecurity(m_context.config.tls, page.head);
    m_request.keep = plan.keepAlive && m_request.keepAlive && m_request.reader.complete() && !m_context.draining;
    const bool written = co_await m_transport.writePage(page, m_request.keep, m_request.head.version);
    if (written && !m_request.keep && !m_request.reader.complete())
        co_await m_transport.finishSendingEarly();
}

// --- Limited bandwidth -----------------------------------------------------------------------------------------------

// The visitor is not read meanwhile, and the service's time to answer does not run.
Task<> VisitorExchange::payForUpload(std::size_t bytes)
{
    const auto wait = m_link->quotas().upload->onMoved(bytes, std::chrono::steady_clock::now());
    if (wait.count() > 0) {
        m_headLimit.disarm();
        co_await pause(wait, m_uploadPause, Direction::Up);
    }
}

// The client gets its credit back when bytes are written, and so sends no faster.
Task<> VisitorExchange::payForDownload(std::size_t bytes)
{
    const auto wait = m_link->quotas().download->onMoved(bytes, std::chrono::steady_clock::now());
    if (wait.count() > 0)
        co_await pause(wait, m_downloadPause, Direction::Down);
}

// Ends early when the exchange fails, and on the way up when it is answered: nobody wants the rest of the body then.
// The event is one of the stream. The timer may fire after our end, and must not keep the stream: that would outlive its
// link, to which it gives its window back.
Task<> VisitorExchange::pause(std::chrono::nanoseconds wait, std::optional<Timer> &timer, Direction direction)
{
    const bool up = direction == Direction::Up;
    auto &event = up ? m_stream->input() : m_stream->output();
    const auto due = std::chrono::steady_clock::now() + wait;
    if (!timer)
        timer.emplace(m_context.executor);
    timer->expires_at(due);
    timer->async_wait([stream = std::weak_ptr(m_stream), &event](const error_code &error) {
        if (!error && !stream.expired())
            event.notify();
    });
    const auto over = [&] {
        return m_stream->failure() || (up && m_stream->ended() && !m_stream->exchange().upgraded());
    };
    while (!over() && std::chrono::steady_clock::now() < due)
        co_await event.wait();
}

// --- A visitor that leaves while it waits ----------------------------------------------------------------------------

void VisitorExchange::watchVisitor()
{
    if (m_stream->exchange().upgraded())
        return; // its bytes are being read: that notices
    if (!m_request.reader.complete()) {
        m_watchDelay.arm(kWatchAfter); // so is its body
        return;
    }
    m_watching = true;
    asio::co_spawn(m_context.executor, m_transport.readMore(kWatchedBytes),
                   asio::bind_cancellation_slot(m_watchEnd.slot(), [this](const std::exception_ptr &thrown, bool more) {
                       m_watching = false;
                       m_watchOver.notify();
                       if (thrown || !more)
                           onVisitorGone();
                   }));
}

// The end of a visitor's bytes is a half-close when it said it would send no further request, and a visitor that left
// when it did not. Bytes are a pipelined request, for later.
void VisitorExchange::onVisitorGone()
{
    const bool halfClosed = m_transport.ended() && !m_request.keepAlive;
    if (halfClosed || m_stream->finished() || m_stream->exchange().upgraded())
        return;
    m_transport.close();
    m_link->resetStream(*m_stream, {Code::Cancelled, "the visitor went away"});
}

Task<> VisitorExchange::endWatch()
{
    m_watchEnd.emit(asio::cancellation_type::terminal);
    co_await m_watchOver.wait();
}

} // namespace relay
