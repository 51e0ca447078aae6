// One visitor's connection: reads requests one after the other (pipelined ones wait in the socket), routes each, and
// answers it itself or through a tunnel. Lives in its own coroutine, which owns it; relay thread only.
#pragma once

#include "relay/client_session.h"
#include "relay/context.h"
#include "relay/visitor_request.h"
#include "relay/visitor_transport.h"

#include <memory>

namespace relay {

class VisitorSession {
public:
    // Counts a connection for its address; false when that has as many as it may. A trusted proxy, which brings
    // everybody's, may have any number.
    [[nodiscard]] static bool enter(Context &context, const Connection &connection);
    // For one that has entered. The whole life of the connection; hands it on when it turns out to be a tunnel client's.
    [[nodiscard]] static Task<> run(Context &context, std::unique_ptr<Connection> connection);

    VisitorSession(Context &context, std::unique_ptr<Connection> connection);
    ~VisitorSession();
    VisitorSession(const VisitorSession &) = delete;
    VisitorSession &operator=(const VisitorSession &) = delete;

    void drain() noexcept; // closes now when idle, else after the request under way
    void close() noexcept { m_transport.close(); }

private:
    [[nodiscard]] Task<> serve();
    // False when there is no further request to answer.
    [[nodiscard]] Task<bool> readHead(VisitorRequest &request);
    // The answers: true when the connection may take the next request.
    [[nodiscard]] Task<bool> answer(VisitorRequest &request);
    [[nodiscard]] Task<bool> answerTunnel(VisitorRequest &request, edge::Route route);
    [[nodiscard]] Task<bool> answerMissing(VisitorRequest &request);
    [[nodiscard]] Task<bool> answerConnect(VisitorRequest &request);
    [[nodiscard]] Task<bool> sendPage(VisitorRequest &request, edge::Page page);
    [[nodiscard]] Task<bool> sendError(VisitorRequest &request, wire::Code code, std::string_view sentence = {});
    [[nodiscard]] Task<bool> sendRefused(VisitorRequest &request, const edge::QuotaRefusal &refusal);
    [[nodiscard]] Task<bool> sendLateRequest(VisitorRequest &request);
    [[nodiscard]] Task<bool> sendReconnecting(VisitorRequest &request);
    [[nodiscard]] Task<bool> sendFailure(VisitorRequest &request, wire::Error error, edge::Page page);
    [[nodiscard]] std::shared_ptr<void> givePlace();
    [[nodiscard]] std::string clientAddress(const wire::RequestHead &head) const;
    void forwardHead(VisitorRequest &request, const edge::Route &route);

    Context &m_context;
    VisitorTransport m_transport;
    const std::string m_peerAddress;
    const bool m_trustedPeer;
    bool m_placeGiven = false; // to the link that this connection became
    bool m_idle = true;
    bool m_fresh = true; // no request has come yet
    std::shared_ptr<ClientSession> m_client; // set when the connection becomes a link, with
    wire::RequestHead m_upgrade; // the request it began with
};

} // namespace relay
