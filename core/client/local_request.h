// One stream of a link and the local connection that serves it: head, body, response and, after a 101, raw bytes both
// ways, with credit in both directions. Owned by TunnelLink, engine thread.
#pragma once

#include "client/request_body.h"
#include "client/response_pump.h"
#include "client/stream_host.h"

#include <memory>
#include <optional>
#include <string>

namespace client {

class LocalRequest final : private LocalConnection::Listener {
public:
    LocalRequest(std::uint32_t stream, wire::RequestHead head, StreamHost &host);
    ~LocalRequest();

    void start();

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
    void send(std::string_view bytes);
    void sendWaiting();
    void stopReplaying();
    [[nodiscard]] bool canReplay() const;
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
    wire::ReceiveWindow m_window;
    ResponsePump m_pump;
    std::optional<RequestBody> m_body;
    LocalConnectionPtr m_connection;
    std::string m_waiting;      // for the connection, or sent on a reused one and kept to be sent again
    std::size_t m_heldBody = 0; // body bytes taken from the visitor and not yet written out
    bool m_reused = false;      // the connection carried a request before
    bool m_replayable = false;
    bool m_sourceEnded = false;
    bool m_requestEnded = false;
    bool m_finished = false;
};

} // namespace client
