// v1 for a link that thinks in the frames of v2 (docs/protocol.md): the server's JSON messages become frames to handle,
// the frames that the streams write become JSON messages to send. A request's body waits here for its stream's credit;
// of a response whole messages leave, because the server passes on nothing less. Sans I/O. Owned by TunnelLink, engine
// thread.
#pragma once

#include "wire/frame.h"
#include "wire/json_codec.h"
#include "wire/stream_credit.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace client {

class V1Frames {
public:
    // One message of the server, untrusted. After an error the link must be closed.
    [[nodiscard]] wire::Result<> onMessage(std::string_view text, wire::SteadyTime now);
    // Whole frames as wire::appendFrame writes them.
    void onFrames(std::string_view frames, wire::SteadyTime now);

    // To be handled as though the server had sent them in one message of v2.
    [[nodiscard]] std::string takeFrames() { return std::exchange(m_frames, {}); }
    // To be sent, each a text message of at most wire::kV1MaxMessageBytes.
    [[nodiscard]] std::vector<std::string> takeMessages() { return std::exchange(m_messages, {}); }

private:
    struct Exchange {
        wire::ChunkAssembler request;
        std::string requestId{};
        std::string replyTo{};
        wire::SteadyTime begun{};
        wire::SendCredit credit{}; // what its stream still takes
        std::string waiting{}; // of the request's body, for credit
        bool requestTold = false; // to its last byte
        wire::HttpResponse head{};
        std::size_t room = 0; // for the body in the message with the head
        bool headSent = false;
        std::string body{}; // of the response, not sent yet
        std::size_t bodyBytes = 0;
        std::uint32_t lastSeq = 0;
    };

    [[nodiscard]] wire::Result<> on(wire::HttpRequest &request);
    [[nodiscard]] wire::Result<> on(wire::BodyChunk &chunk);
    [[nodiscard]] wire::Result<> on(wire::HttpResponse &response);
    [[nodiscard]] wire::Result<> on(wire::Cancel &cancel);
    [[nodiscard]] wire::Result<> on(wire::ErrorMessage &message);
    [[nodiscard]] wire::Result<> on(wire::ConnectionEstablished &established);
    template <class Control>
    [[nodiscard]] wire::Result<> on(Control &message);
    [[nodiscard]] wire::ChunkAssembler takeEarly(const std::string &requestId);
    [[nodiscard]] wire::ChunkAssembler &early(const std::string &requestId);
    void refuse(std::uint32_t stream, const wire::Error &why);
    void tellBody(std::uint32_t stream, Exchange &exchange);

    void onFrame(const wire::Frame &frame);
    void onStreamFrame(std::uint32_t stream, Exchange &exchange, const wire::Frame &frame);
    void onResponseHead(std::uint32_t stream, Exchange &exchange, std::string_view payload);
    void onResponseData(std::uint32_t stream, Exchange &exchange, std::string_view bytes);
    void refuseLarge(std::uint32_t stream, const Exchange &exchange);
    void sendFull(Exchange &exchange);
    void sendLast(Exchange &exchange);
    void sendPart(Exchange &exchange, std::size_t bytes, bool more);
    void sendError(const Exchange &exchange, const wire::Error &why);
    void send(const wire::Message &message) { m_messages.push_back(wire::encodeJson(message)); }
    void forget(std::uint32_t stream);

    std::unordered_map<std::uint32_t, Exchange> m_exchanges; // by stream
    std::unordered_map<std::string, std::uint32_t> m_streams; // by request id
    std::map<std::string, wire::ChunkAssembler> m_early; // chunks that overtook their request
    std::deque<std::string> m_earlyOrder;
    std::deque<std::string> m_ended; // whose late chunks mean nothing
    std::uint32_t m_lastStream = 0;
    std::uint64_t m_maxBodyBytes = wire::kV1MaxBodyBytes;
    wire::SteadyTime m_now{};
    std::string m_frames;
    std::vector<std::string> m_messages;
};

} // namespace client
