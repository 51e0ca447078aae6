#include "client/response_pump.h"

#include "client/capture_recorder.h"
#include "client/local_connection.h"
#include "guard/cors.h"
#include "wire/msgpack_codec.h"

#include <algorithm>
#include <charconv>

namespace client {

namespace {

constexpr unsigned kSwitchingProtocols = 101;
constexpr unsigned kFirstFinalStatus = 200;

// "Keep-Alive: timeout=5, max=100": Node.js closes idle connections after 5 s and says so.
std::chrono::seconds keepAliveTimeout(const wire::HeaderList &headers)
{
    static constexpr std::string_view kKey = "timeout=";
    const auto value = wire::findHeader(headers, "keep-alive").value_or("");
    const auto at = value.find(kKey);
    unsigned seconds = 0;
    if (at != std::string_view::npos)
        std::from_chars(value.data() + at + kKey.size(), value.data() + value.size(), seconds);
    return std::chrono::seconds{seconds};
}

} // namespace

ResponsePump::ResponsePump(std::uint32_t stream, bool answersHead, bool upgradeAsked, CaptureRecorder *capture)
    : m_stream(stream),
      m_answersHead(answersHead),
      m_upgradeAsked(upgradeAsked),
      m_capture(capture),
      m_reader(answersHead)
{
}

wire::Result<ResponsePump::State> ResponsePump::run(LocalConnection &source, std::string &frames,
                                                    std::span<char> scratch)
{
    m_starved = false;
    while (!m_complete) {
        auto taken = take(m_unread, frames);
        if (!taken)
            return std::unexpected(std::move(taken.error()));
        m_unread.erase(0, *taken);
        if (m_complete)
            break;
        if (m_starved || (inBody() && m_credit.available() == 0))
            return State::Blocked;
        const std::size_t most = inBody() ? std::min(scratch.size(), m_credit.available()) : scratch.size();
        const std::size_t got = source.read(scratch.first(most));
        if (got == 0)
            return State::Waiting;
        m_started = true;
        const std::string_view bytes(scratch.data(), got);
        if (m_unread.empty()) {
            taken = take(bytes, frames);
            if (!taken)
                return std::unexpected(std::move(taken.error()));
            m_unread.assign(bytes.substr(*taken));
        } else {
            m_unread.append(bytes);
        }
    }
    return State::Complete;
}

wire::Result<std::size_t> ResponsePump::take(std::string_view bytes, std::string &frames)
{
    std::size_t done = 0;
    while (done < bytes.size() && !m_complete) {
        auto taken = takeSome(bytes.substr(done), frames);
        if (!taken)
            return taken;
        if (*taken == 0)
            break;
        done += *taken;
    }
    return done;
}

wire::Result<std::size_t> ResponsePump::takeSome(std::string_view bytes, std::string &frames)
{
    if (m_raw)
        return takeRaw(bytes, frames);
    return inBody() ? takeBody(bytes, frames) : takeHead(bytes, frames);
}

wire::Result<std::size_t> ResponsePump::takeHead(std::string_view bytes, std::string &frames)
{
    std::string none;
    auto taken = m_reader.feed(bytes, none);
    if (!taken || !m_reader.headComplete())
        return taken;
    if (auto handled = onHead(frames); !handled)
        return std::unexpected(std::move(handled.error()));
    return taken;
}

wire::Result<> ResponsePump::onHead(std::string &frames)
{
    const unsigned status = m_reader.head().status;
    if (status == kSwitchingProtocols && !m_upgradeAsked)
        return wire::fail(wire::Code::InternalError, "The local service switched protocols without being asked.");
    m_idleTimeout = keepAliveTimeout(m_reader.head().headers);
    if (auto sent = sendHead(frames); !sent)
        return sent;
    if (status < kFirstFinalStatus && status != kSwitchingProtocols) {
        m_reader = http1::ResponseReader(m_answersHead);
        return {};
    }
    if (m_capture)
        m_capture->response(m_reader.head());
    m_status = status;
    m_raw = status == kSwitchingProtocols;
    if (!m_raw && m_reader.complete())
        return sendEnd(frames);
    return {};
}

wire::Result<> ResponsePump::sendHead(std::string &frames)
{
    auto &head = m_reader.head();
    wire::removeHopByHop(head.headers);
    if (m_everyOrigin)
        guard::allowEveryOrigin(head.headers);
    const auto at = wire::beginFrame(frames, m_stream, wire::FrameKind::ResponseHead);
    wire::encodeResponseHead(frames, head);
    if (frames.size() - at - wire::kFrameHeaderBytes > wire::maxPayload(wire::FrameKind::ResponseHead)) {
        frames.resize(at);
        return wire::fail(wire::Code::HeadersTooLarge, "The local service's response head is too large.");
    }
    wire::finishFrame(frames, at);
    return {};
}

wire::Result<std::size_t> ResponsePump::takeBody(std::string_view bytes, std::string &frames)
{
    const std::size_t most = std::min({bytes.size(), m_credit.available(), wire::kMaxDataBytes});
    const auto at = wire::beginFrame(frames, m_stream, wire::FrameKind::Data);
    auto taken = m_reader.feed(bytes.substr(0, most), frames);
    const std::size_t body = frames.size() - at - wire::kFrameHeaderBytes;
    if (body == 0)
        frames.resize(at);
    else
        wire::finishFrame(frames, at);
    if (m_capture && body > 0)
        m_capture->responseBody({frames.data() + frames.size() - body, body});
    m_credit.take(body);
    m_bodyBytes += body;
    if (!taken)
        return taken;
    m_starved = *taken == 0 && most < bytes.size();
    if (m_reader.complete()) {
        if (auto sent = sendEnd(frames); !sent)
            return std::unexpected(std::move(sent.error()));
    }
    return taken;
}

std::size_t ResponsePump::takeRaw(std::string_view bytes, std::string &frames)
{
    const std::size_t most = std::min({bytes.size(), m_credit.available(), wire::kMaxDataBytes});
    if (most == 0)
        return 0;
    wire::appendFrame(frames, m_stream, wire::FrameKind::Data, bytes.substr(0, most));
    m_credit.take(most);
    m_bodyBytes += most;
    return most;
}

wire::Result<> ResponsePump::sendEnd(std::string &frames)
{
    m_complete = true;
    m_keepAlive = !m_raw && m_reader.keepAlive();
    const auto at = wire::beginFrame(frames, m_stream, wire::FrameKind::End);
    if (!m_raw && !m_reader.trailers().empty())
        wire::encodeTrailers(frames, m_reader.trailers());
    if (frames.size() - at - wire::kFrameHeaderBytes > wire::maxPayload(wire::FrameKind::End)) {
        frames.resize(at);
        return wire::fail(wire::Code::HeadersTooLarge, "The local service's trailers are too large.");
    }
    wire::finishFrame(frames, at);
    return {};
}

wire::Result<> ResponsePump::finish(std::string &frames)
{
    if (!m_started)
        return wire::fail(wire::Code::InternalError, "The local service closed the connection without an answer.");
    if (!m_raw) {
        if (auto finished = m_reader.finish(); !finished)
            return finished;
    }
    return sendEnd(frames);
}

} // namespace client
