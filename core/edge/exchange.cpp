#include "edge/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace edge {

namespace {

using wire::BodyKind;
using wire::Code;
using wire::HeaderList;

constexpr unsigned kSwitchingProtocols = 101;

wire::HeaderList fields(std::initializer_list<wire::Header> list)
{
    return list;
}

// Fields that must not arrive as trailers, because what they say was needed before the body (RFC 9110 6.5.1).
constexpr std::array<std::string_view, 14> kNeverTrailers{
    "Content-Length", "Transfer-Encoding", "Trailer",       "Host",     "Connection",
    "Content-Type",   "Content-Encoding",  "Content-Range", "Location", "Cache-Control",
    "Authorization",  "WWW-Authenticate",  "Set-Cookie",    "Upgrade"};

bool mayBeTrailer(const wire::Header &header) noexcept
{
    return std::ranges::none_of(kNeverTrailers,
                                [&](std::string_view name) { return wire::sameFieldName(header.name, name); });
}

std::unexpected<wire::Error> protocolError(std::string message)
{
    return wire::fail(Code::ProtocolError, std::move(message));
}

std::optional<std::uint64_t> parseLength(std::string_view text) noexcept
{
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(length) : std::nullopt;
}

// The one Content-Length of a head; several that agree become one (RFC 9112 6.3).
wire::Result<std::optional<std::uint64_t>> takeContentLength(HeaderList &headers)
{
    std::optional<std::uint64_t> length;
    bool repeated = false;
    for (const auto &header : headers) {
        if (!wire::sameFieldName(header.name, "Content-Length"))
            continue;
        const auto value = parseLength(header.value);
        if (!value || (length && *length != *value))
            return protocolError("the response has a bad Content-Length");
        repeated = length.has_value();
        length = value;
    }
    if (repeated)
        wire::setHeader(headers, "Content-Length", std::to_string(*length));
    return length;
}

bool neverHasBody(unsigned status) noexcept
{
    return status == 204 || status == 304;
}

} // namespace

Exchange::Exchange(const wire::RequestHead &request, bool visitorKeepAlive)
    : m_http10(request.version < 11),
      m_answersHead(request.method == "HEAD"),
      m_requestedUpgrade(request.upgrade),
      m_keepAlive(visitorKeepAlive)
{
}

wire::Result<HeadPlan> Exchange::onResponseHead(wire::ResponseHead &head)
{
    if (m_state != State::AwaitingHead)
        return protocolError("a second response head");
    if (head.status < 100 || head.status > 999)
        return protocolError(fmt::format("a response with status {}", head.status));
    wire::removeHopByHop(head.headers);
    if (head.status == kSwitchingProtocols)
        return onSwitchingProtocols(head);
    return head.status < 200 ? onInterimHead(head) : onFinalHead(head);
}

wire::Result<HeadPlan> Exchange::onInterimHead(wire::ResponseHead &head)
{
    if (++m_interimHeads > wire::kMaxInterimHeads)
        return protocolError("too many interim responses");
    wire::removeHeader(head.headers, "Content-Length"); // RFC 9110 8.6: never in 1xx
    static const HeaderList none;
    return HeadPlan{.forward = !m_http10, .final = false, .framing = Framing::None, .extra = &none};
}

wire::Result<HeadPlan> Exchange::onSwitchingProtocols(wire::ResponseHead &head)
{
    if (m_http10 || m_requestedUpgrade.empty())
        return protocolError("101 to a visitor that asked for no upgrade");
    if (head.upgrade.empty())
        head.upgrade = m_requestedUpgrade;
    else if (!wire::listHasToken(m_requestedUpgrade, head.upgrade))
        return protocolError("101 with a protocol that the visitor did not ask for");
    wire::removeHeader(head.headers, "Content-Length");
    m_upgradeFields = {{"Connection", "Upgrade"}, {"Upgrade", head.upgrade}};
    m_state = State::Body;
    m_framing = Framing::Raw;
    m_keepAlive = false;
    m_status = head.status;
    return HeadPlan{.forward = true, .final = true, .framing = m_framing, .extra = &m_upgradeFields};
}

wire::Result<HeadPlan> Exchange::onFinalHead(wire::ResponseHead &head)
{
    const auto length = takeContentLength(head.headers);
    if (!length)
        return std::unexpected(length.error());
    const auto framing = chooseFraming(head, *length);
    if (!framing)
        return std::unexpected(framing.error());
    m_framing = *framing;
    m_expectedBytes = m_framing == Framing::Sized ? length->value_or(0) : 0;
    m_keepAlive = m_keepAlive && m_framing != Framing::UntilClose;
    m_state = State::Body;
    m_status = head.status;
    const bool addZeroLength = m_framing == Framing::Sized && !length->has_value();
    return HeadPlan{.forward = true, .final = true, .framing = m_framing, .extra = &framingFields(addZeroLength)};
}

// Content-Length, when there is one, is what the visitor will go by, so it decides, whatever the client calls the body.
wire::Result<Framing> Exchange::chooseFraming(const wire::ResponseHead &head, std::optional<std::uint64_t> length) const
{
    if (m_answersHead || neverHasBody(head.status))
        return Framing::None;
    if (length || head.body == BodyKind::None)
        return Framing::Sized;
    if (head.body == BodyKind::Sized)
        return protocolError("a sized response without Content-Length");
    return m_http10 ? Framing::UntilClose : Framing::Chunked;
}

const HeaderList &Exchange::connectionFields() const noexcept
{
    static const HeaderList none;
    static const auto close = fields({{"Connection", "close"}});
    static const auto keepAlive = fields({{"Connection", "keep-alive"}});
    if (!m_keepAlive)
        return close;
    return m_http10 ? keepAlive : none; // HTTP/1.1 keeps connections unless told otherwise (RFC 9112 9.3)
}

// Prebuilt lists: a response costs no allocation here.
const HeaderList &Exchange::framingFields(bool addZeroLength) const
{
    static const auto chunked = fields({{"Transfer-Encoding", "chunked"}});
    static const auto chunkedClose = fields({{"Transfer-Encoding", "chunked"}, {"Connection", "close"}});
    static const auto empty = fields({{"Content-Length", "0"}});
    static const auto emptyClose = fields({{"Content-Length", "0"}, {"Connection", "close"}});
    static const auto emptyKeepAlive = fields({{"Content-Length", "0"}, {"Connection", "keep-alive"}});
    if (m_framing == Framing::Chunked)
        return m_keepAlive ? chunked : chunkedClose;
    if (!addZeroLength)
        return connectionFields();
    if (!m_keepAlive)
        return emptyClose;
    return m_http10 ? emptyKeepAlive : empty;
}

wire::Result<> Exchange::onData(std::size_t bytes)
{
    if (m_state != State::Body)
        return protocolError(m_state == State::Complete ? "data after the end" : "data before a response head");
    if (bytes == 0)
        return {};
    if (m_framing == Framing::None)
        return protocolError("body bytes in a response that has no body");
    if (m_framing == Framing::Sized && bytes > m_expectedBytes - m_bodyBytes)
        return protocolError("more body bytes than Content-Length says");
    m_bodyBytes += bytes;
    return {};
}

wire::Result<EndPlan> Exchange::onEnd(wire::HeaderList trailers)
{
    if (m_state != State::Body)
        return protocolError(m_state == State::Complete ? "a second end" : "an end before a response head");
    if (m_framing == Framing::Sized && m_bodyBytes != m_expectedBytes)
        return protocolError("fewer body bytes than Content-Length says");
    m_state = State::Complete;
    EndPlan plan{.lastChunk = m_framing == Framing::Chunked, .trailers = {}, .keepAlive = m_keepAlive};
    if (plan.lastChunk) {
        plan.trailers = std::move(trailers);
        std::erase_if(plan.trailers, [](const wire::Header &header) { return !mayBeTrailer(header); });
    }
    return plan;
}

FailurePlan Exchange::onFailure(const wire::Error &error) const noexcept
{
    if (m_state == State::AwaitingHead)
        return {FailureAction::Page, error.code, &connectionFields(), m_keepAlive};
    return {m_state == State::Body ? FailureAction::Abort : FailureAction::Nothing, error.code, &connectionFields(),
            false};
}

} // namespace edge
