// One stream of a link and the local connection that serves it: head, body, response and, after a 101, raw bytes both
// ways, with credit in both directions. Owned by TunnelLink, engine thread.
#pragma once

#include "client/request_sender.h"
#include "client/response_pump.h"
#include "client/stream_host.h"

#include <memory>

namespace client {

class LocalRequest final : private LocalConnection::Listener {
public:
    LocalRequest(std::uint32_t stream, wire::RequestHead head, StreamHost &host);
    ~LocalRequest();

    void start();
    // The same when the whole body is here already: no more data and no end may come.
    void startWhole(std::string_view body, const wire::HeaderList &trailers);

    // Frames of this stream. An error is the server's breach of the protocol: the link must be closed.
    [[nodiscard]] wire::Result<> onData(std::string_view bytes);
    [[nodiscard]] wire::Result<> onWindow(std::uint32_t credit);
    void onEnd(const wire::HeaderList &trailers);
    void onReset(const wire::Error &why);

    // The link is no longer congested.
    void resume() { pump(); }
    // The link is gone: no more frames.
    void abort(const wire::Error &why);

private:
    void onConnected() override;
    void onReadable() override;
    void onWritten() override;
    void onClosed(const wire::Error &why) override;

    void connect(Reuse reuse);
    void giveCredit();
    void pump();
    void note(ResponsePump::State state);
    void onResponseComplete();
    void fail(const wire::Error &why);
    void sendReset(const wire::Error &why);
    void finish(ExchangeState state, const wire::Error &why = {});

    const std::uint32_t m_stream;
    StreamHost &m_host;
    wire::RequestHead m_head;
    std::shared_ptr<ExchangeRecord> m_record;
    RequestSender m_sender;
    ResponsePump m_pump;
    LocalConnectionPtr m_connection;
    bool m_sourceEnded = false; // nothing more comes from the service
    bool m_requestEnded = false;
    bool m_finished = false;
};

} // namespace client
