#include "client/held_requests.h"

#include "wire/msgpack_codec.h"

namespace client {

using wire::Code;
using wire::Result;

struct HeldRequests::Held {
    Held(wire::RequestHead kept, TunnelGuard::Ticket drawn, wire::LinkWindowBudget &budget)
        : head(std::move(kept)), ticket(drawn), window(budget, SteadyClock::now())
    {
    }

    wire::RequestHead head;
    TunnelGuard::Ticket ticket;
    wire::ReceiveWindow window;
    std::string body;
    wire::HeaderList trailers;
    std::size_t reserved = 0; // of the guard's room for bodies
    bool ended = false;
    bool reading = false; // the whole body, to check its signature
};

HeldRequests::HeldRequests(StreamHost &host, std::shared_ptr<TunnelGuard> guard, Admit admit)
    : m_host(host), m_guard(std::move(guard)), m_admit(std::move(admit))
{
}

HeldRequests::~HeldRequests()
{
    while (!m_held.empty())
        drop(m_held.begin()->first);
}

bool HeldRequests::admits(std::uint32_t stream, wire::RequestHead &head)
{
    const auto ticket = m_guard->drawTicket();
    const auto verdict = m_guard->ask(ticket, head, [this, stream](const auto &late) { decide(stream, late); });
    if (verdict && std::holds_alternative<guard::Pass>(*verdict)) {
        m_guard->gate().prepare(head);
        return true;
    }
    m_held.emplace(stream, std::make_unique<Held>(std::move(head), ticket, m_host.windowBudget()));
    if (verdict)
        decide(stream, *verdict);
    return false;
}

void HeldRequests::decide(std::uint32_t stream, const guard::Verdict &verdict)
{
    const auto found = m_held.find(stream);
    if (found == m_held.end())
        return;
    auto &held = *found->second;
    if (std::holds_alternative<guard::Pass>(verdict))
        return pass(stream);
    if (std::holds_alternative<guard::ReadBody>(verdict)) {
        held.reading = true;
        return read(stream, held, held.body.size());
    }
    if (const auto *refused = std::get_if<guard::Refuse>(&verdict))
        refuse(stream, held.head, refused->why);
    else if (const auto *answered = std::get_if<guard::Reply>(&verdict))
        reply(stream, held.head, *answered, held.ended || held.head.body == wire::BodyKind::None);
    drop(stream);
}

Result<> HeldRequests::onFrame(const wire::Frame &frame)
{
    auto &held = *m_held.at(frame.stream);
    switch (frame.kind) {
    case wire::FrameKind::Data: return onData(frame.stream, held, frame.payload);
    case wire::FrameKind::Window: {
        const auto credit = wire::decodeWindow(frame.payload);
        return credit ? Result<>{} : std::unexpected(credit.error()); // the answer fits the first window
    }
    case wire::FrameKind::End: {
        auto trailers = wire::decodeTrailers(frame.payload);
        if (!trailers)
            return std::unexpected(std::move(trailers.error()));
        held.trailers = *std::move(trailers);
        held.ended = true;
        if (held.reading)
            checkBody(frame.stream, held);
        return {};
    }
    case wire::FrameKind::Reset: {
        const auto why = wire::decodeReset(frame.payload);
        if (!why)
            return std::unexpected(why.error());
        end(frame.stream, *why);
        return {};
    }
    default: return wire::fail(Code::ProtocolError, "a frame that does not belong to a stream");
    }
}

// Before a request is let in, no more is granted: a stranger's body fills the first window at most.
Result<> HeldRequests::onData(std::uint32_t stream, Held &held, std::string_view bytes)
{
    if (auto received = held.window.onReceived(bytes.size()); !received)
        return received;
    held.body += bytes;
    if (held.reading)
        read(stream, held, bytes.size());
    return {};
}

void HeldRequests::read(std::uint32_t stream, Held &held, std::size_t bytes)
{
    if (held.body.size() > wire::kMaxSignedBodyBytes || !m_guard->reserve(bytes)) {
        refuse(stream, held.head, {Code::PayloadTooLarge, "The webhook is too large for its signature to be checked."});
        return drop(stream);
    }
    held.reserved += bytes;
    if (held.ended)
        return checkBody(stream, held);
    const auto credit = held.window.onConsumed(bytes, SteadyClock::now(), m_host.roundTrip());
    if (credit == 0)
        return;
    wire::appendWindow(m_host.frames(), stream, credit);
    m_host.framesAdded();
}

void HeldRequests::checkBody(std::uint32_t stream, Held &held)
{
    const auto verdict = m_guard->onBody(held.head, held.body);
    decide(stream, verdict);
}

void HeldRequests::pass(std::uint32_t stream)
{
    auto &held = *m_held.at(stream);
    AdmittedRequest admitted{stream,     std::move(held.head), std::move(held.body), std::move(held.trailers),
                             held.ended, held.reading};
    drop(stream);
    m_guard->gate().prepare(admitted.head);
    m_admit(std::move(admitted));
}

void HeldRequests::end(std::uint32_t stream, const wire::Error &why)
{
    m_host.log().finish(record(m_held.at(stream)->head), ExchangeState::Aborted, why);
    drop(stream);
}

void HeldRequests::drop(std::uint32_t stream)
{
    const auto node = m_held.extract(stream);
    m_guard->forget(node.mapped()->ticket);
    m_guard->release(node.mapped()->reserved);
}

void HeldRequests::abort(const wire::Error &why)
{
    while (!m_held.empty())
        end(m_held.begin()->first, why);
}

std::shared_ptr<ExchangeRecord> HeldRequests::record(const wire::RequestHead &head)
{
    auto shown = head;
    m_guard->gate().hideCredentials(shown);
    return m_host.begin(shown);
}

// The sentence is for the owner; the server gets the code, for which it has a page.
void HeldRequests::refuse(std::uint32_t stream, const wire::RequestHead &head, const wire::Error &why)
{
    m_host.log().finish(record(head), ExchangeState::Aborted, why);
    const auto at = wire::beginFrame(m_host.frames(), stream, wire::FrameKind::Reset);
    wire::encodeReset(m_host.frames(), {why.code, "refused by the tunnel's rules"});
    wire::finishFrame(m_host.frames(), at);
    m_host.framesAdded();
}

void HeldRequests::reply(std::uint32_t stream, const wire::RequestHead &head, const guard::Reply &reply,
                         bool requestEnded)
{
    auto &frames = m_host.frames();
    auto at = wire::beginFrame(frames, stream, wire::FrameKind::ResponseHead);
    wire::encodeResponseHead(frames, reply.head);
    wire::finishFrame(frames, at);
    if (!reply.body.empty())
        wire::appendFrame(frames, stream, wire::FrameKind::Data, reply.body);
    at = wire::beginFrame(frames, stream, wire::FrameKind::End);
    wire::finishFrame(frames, at);
    if (!requestEnded) {
        at = wire::beginFrame(frames, stream, wire::FrameKind::Reset);
        wire::encodeReset(frames, {Code::Cancelled, "answered before the request was complete"});
        wire::finishFrame(frames, at);
    }
    m_host.framesAdded();
    const auto row = record(head);
    row->status = reply.head.status;
    row->head = SteadyClock::now();
    row->responseBytes = reply.body.size();
    if (row->capture)
        row->capture->response(reply.head);
    m_host.log().finish(row, ExchangeState::Done, reply.why.value_or(wire::Error{}));
}

} // namespace client
