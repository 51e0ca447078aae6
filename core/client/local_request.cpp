#include "client/local_request.h"

#include "wire/msgpack_codec.h"

namespace client {

namespace {

std::string publicSentence(wire::Code code)
{
    switch (code) {
    case wire::Code::LocalServiceUnavailable: return "the local service cannot be reached";
    case wire::Code::InvalidRequest: return "the request cannot be passed to a local service";
    case wire::Code::HeadersTooLarge: return "the local service's response head is too large";
    default: return "the local service did not answer with a whole HTTP response";
    }
}

} // namespace

LocalRequest::LocalRequest(std::uint32_t stream, wire::RequestHead head, StreamHost &host)
    : m_stream(stream),
      m_host(host),
      m_head(std::move(head)),
      m_record(host.begin(m_head)),
      m_sender(host.windowBudget(), SteadyClock::now()),
      m_pump(stream, m_head.method == "HEAD", !m_head.upgrade.empty(), m_record->capture.get())
{
    if (host.allowsEveryOrigin())
        m_pump.allowEveryOrigin();
}

LocalRequest::~LocalRequest() = default;

void LocalRequest::start()
{
    if (auto begun = m_sender.begin(m_head, m_host.hostField()); !begun)
        return fail(begun.error());
    m_head.headers.clear();
    connect(m_sender.idempotent() ? Reuse::Any : Reuse::Recent);
}

void LocalRequest::startWhole(std::string_view body, const wire::HeaderList &trailers)
{
    start();
    if (m_finished)
        return;
    m_requestEnded = true;
    m_record->requestBytes += body.size();
    if (m_record->capture)
        m_record->capture->requestBody(body);
    auto sent = body.empty() ? wire::Result<>{} : m_sender.sendBody(body);
    if (sent)
        sent = m_sender.endBody(trailers);
    if (!sent)
        fail(sent.error());
}

void LocalRequest::connect(Reuse reuse)
{
    m_connection = m_host.site().acquire(reuse, *this, SteadyClock::now());
    if (m_connection->isUp())
        m_sender.use(*m_connection, true);
}

wire::Result<> LocalRequest::onData(std::string_view bytes)
{
    if (m_finished)
        return {};
    if (auto received = m_sender.onReceived(bytes.size()); !received)
        return received;
    m_record->requestBytes += bytes.size();
    if (m_record->capture && !m_pump.upgraded())
        m_record->capture->requestBody(bytes);
    m_host.log().changed(m_record);
    if (m_pump.upgraded()) {
        m_sender.sendRaw(bytes);
    } else if (auto sent = m_sender.sendBody(bytes); !sent) {
        fail(sent.error());
        return {};
    }
    giveCredit();
    return {};
}

void LocalRequest::onEnd(const wire::HeaderList &trailers)
{
    if (m_finished || m_requestEnded)
        return;
    m_requestEnded = true;
    if (m_pump.upgraded()) {
        m_connection->shutdownSend();
        if (m_sourceEnded)
            pump();
    } else if (auto ended = m_sender.endBody(trailers); !ended) {
        fail(ended.error());
    }
}

void LocalRequest::onReset(const wire::Error &why)
{
    finish(ExchangeState::Aborted, why);
}

wire::Result<> LocalRequest::onWindow(std::uint32_t credit)
{
    auto added = m_pump.credit().add(credit);
    if (added)
        pump();
    return added;
}

void LocalRequest::abort(const wire::Error &why)
{
    finish(ExchangeState::Aborted, why);
}

void LocalRequest::onConnected()
{
    m_sender.use(*m_connection, false);
    giveCredit();
}

void LocalRequest::onReadable()
{
    m_sender.stopReplaying();
    pump();
}

void LocalRequest::onWritten()
{
    giveCredit();
}

void LocalRequest::onClosed(const wire::Error &why)
{
    if (m_sender.canReplay() && !m_pump.started() && !m_connection->hasBytes()) {
        m_sender.takeBack();
        return connect(Reuse::None);
    }
    if (!m_connection->isUp() && why.code == wire::Code::LocalServiceUnavailable)
        return fail(why);
    m_sourceEnded = true;
    m_sender.drop();
    pump();
}

void LocalRequest::giveCredit()
{
    if (m_finished || m_requestEnded)
        return;
    const std::uint32_t credit = m_sender.takeCredit(m_host.roundTrip());
    if (credit == 0)
        return;
    wire::appendWindow(m_host.frames(), m_stream, credit);
    m_host.framesAdded();
}

void LocalRequest::pump()
{
    if (m_finished || !m_connection || m_host.congested())
        return;
    auto &frames = m_host.frames();
    const std::size_t before = frames.size();
    auto state = m_pump.run(*m_connection, frames, m_host.scratch());
    if (state && *state == ResponsePump::State::Waiting && m_sourceEnded) {
        if (auto ended = m_pump.finish(frames); ended)
            state = ResponsePump::State::Complete;
        else
            state = std::unexpected(std::move(ended.error()));
    }
    if (frames.size() != before)
        m_host.framesAdded();
    if (!state)
        return fail(state.error());
    note(*state);
}

void LocalRequest::note(ResponsePump::State state)
{
    if (m_record->status != m_pump.status() || m_record->responseBytes != m_pump.bodyBytes()) {
        if (m_record->status == 0)
            m_record->head = SteadyClock::now();
        m_record->status = m_pump.status();
        m_record->responseBytes = m_pump.bodyBytes();
        m_host.log().changed(m_record);
    }
    if (state == ResponsePump::State::Complete)
        onResponseComplete();
}

void LocalRequest::onResponseComplete()
{
    if (m_pump.upgraded()) {
        if (m_requestEnded)
            finish(ExchangeState::Done);
        return;
    }
    if (!m_sender.complete())
        sendReset({wire::Code::Cancelled, "the local service answered before the request was complete"});
    else if (m_pump.keepAlive() && !m_sourceEnded)
        m_host.site().release(std::move(m_connection), m_pump.idleTimeout(), SteadyClock::now());
    finish(ExchangeState::Done);
}

void LocalRequest::sendReset(const wire::Error &why)
{
    const auto at = wire::beginFrame(m_host.frames(), m_stream, wire::FrameKind::Reset);
    wire::encodeReset(m_host.frames(), why);
    wire::finishFrame(m_host.frames(), at);
    m_host.framesAdded();
}

// The sentence may name the local service's address: it is for the user; the server gets the code.
void LocalRequest::fail(const wire::Error &why)
{
    sendReset({why.code, publicSentence(why.code)});
    finish(ExchangeState::Aborted, why);
}

void LocalRequest::finish(ExchangeState state, const wire::Error &why)
{
    if (m_finished)
        return;
    m_finished = true;
    m_sender.drop();
    m_connection.reset();
    m_host.log().finish(m_record, state, why);
    m_host.streamFinished(m_stream);
}

} // namespace client
