// v1: one JSON text message each, the earlier system's messages unchanged, plus chunking (docs/protocol.md, "v1").
#pragma once

#include "wire/message.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

// Bytes that are not UTF-8, which JSON cannot carry, become U+FFFD; bodies are base64 and keep all of theirs.
[[nodiscard]] std::string encodeJson(const Message &message);
// Untrusted text in. Refuses over kV1MaxMessageBytes, wrong types, bad base64, bad ids; ignores unknown keys.
[[nodiscard]] Result<Message> decodeJson(std::string_view text);
// API Gateway's own word to a client, {"message":"Internal server error","connectionId":"…","requestId":"…"}: it could not
// hand one of the client's messages on, and does not say which.
[[nodiscard]] bool isGatewayNotice(std::string_view text);

// http_head.h's checks on the heads of v1; decodeJson makes them.
[[nodiscard]] Result<> checkHead(const HttpRequest &request);
[[nodiscard]] Result<> checkHead(const HttpResponse &response);

// Splits a body so that every message stays under kV1MaxMessageBytes: the head carries the first part and `more`,
// body_chunk messages the rest. The head itself must fit (checkHead); an error otherwise.
[[nodiscard]] Result<std::vector<Message>> chunkRequest(HttpRequest request);
[[nodiscard]] Result<std::vector<Message>> chunkResponse(HttpResponse response);

// Raw body bytes that fit into one message beside this head, whose own body counts for nothing. An error when the head
// itself does not fit or is none.
[[nodiscard]] Result<std::size_t> bodyRoom(const HttpResponse &head);

// Puts the chunks of one body back in order of seq, however they arrive. Bounded by maxBodyBytes and
// kV1MaxPendingChunks; a repeated seq is an error.
class ChunkAssembler {
public:
    explicit ChunkAssembler(std::size_t maxBodyBytes) noexcept : m_maxBodyBytes(maxBodyBytes) {}

    [[nodiscard]] Result<> begin(std::string_view firstPart, bool more);
    [[nodiscard]] Result<> add(BodyChunk chunk);
    // Bytes that are in order and were not taken yet.
    [[nodiscard]] std::string take();
    // begin() was seen and every chunk up to the one with more:false.
    [[nodiscard]] bool complete() const noexcept;

private:
    [[nodiscard]] Result<> check(const BodyChunk &chunk) const;
    void takePending();

    std::size_t m_maxBodyBytes;
    std::size_t m_totalBytes = 0;
    std::uint32_t m_nextSeq = 1;
    std::optional<std::uint32_t> m_lastSeq;
    bool m_begun = false;
    std::string m_ready;
    std::map<std::uint32_t, BodyChunk> m_pending;
};

} // namespace wire
