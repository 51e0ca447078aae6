#include "wire/json_codec.h"
#include "wire/limits.h"

#include <algorithm>

namespace wire {

namespace {

template <class Head>
Result<std::size_t> roomBeside(Head head)
{
    if (auto checked = checkHead(head); !checked)
        return std::unexpected(std::move(checked).error());
    if (head.replyTo.size() > kV1MaxReplyToBytes)
        return fail(Code::InvalidRequest, "reply_to is too long");
    head.body.clear();
    head.more = true;
    const auto headBytes = encodeJson(head).size();
    if (headBytes > kV1MaxMessageBytes)
        return fail(Code::HeadersTooLarge, "the head does not fit a message");
    return std::min((kV1MaxMessageBytes - headBytes) / 4 * 3, kV1ChunkBodyBytes);
}

void appendChunks(std::vector<Message> &messages, std::string_view body, const BodyChunk &pattern)
{
    for (auto chunk = pattern; !body.empty();) {
        chunk.body = body.substr(0, kV1ChunkBodyBytes);
        body.remove_prefix(chunk.body.size());
        chunk.more = !body.empty();
        ++chunk.seq;
        messages.emplace_back(chunk);
    }
}

template <class Head>
Result<std::vector<Message>> chunked(Head head)
{
    const auto body = std::exchange(head.body, {});
    const auto room = roomBeside(head);
    if (!room)
        return std::unexpected(room.error());
    if (body.size() > kV1MaxBodyBytes)
        return fail(Code::PayloadTooLarge, "the body is larger than " + std::to_string(kV1MaxBodyBytes) + " bytes");
    head.body = body.substr(0, *room);
    head.more = head.body.size() < body.size();
    BodyChunk pattern;
    pattern.requestId = head.requestId;
    pattern.replyTo = head.replyTo;
    const auto sent = head.body.size();
    std::vector<Message> messages;
    messages.emplace_back(std::move(head));
    appendChunks(messages, std::string_view(body).substr(sent), pattern);
    return messages;
}

} // namespace

Result<std::size_t> bodyRoom(const HttpResponse &head)
{
    return roomBeside(head);
}

Result<std::vector<Message>> chunkRequest(HttpRequest request)
{
    return chunked(std::move(request));
}

Result<std::vector<Message>> chunkResponse(HttpResponse response)
{
    return chunked(std::move(response));
}

Result<> ChunkAssembler::begin(std::string_view firstPart, bool more)
{
    if (m_begun)
        return fail(Code::ProtocolError, "body: begun twice");
    if (!more && (m_lastSeq || !m_pending.empty()))
        return fail(Code::ProtocolError, "body: chunks of a body that has none");
    if (firstPart.size() > m_maxBodyBytes - m_totalBytes)
        return fail(Code::PayloadTooLarge, "body: larger than allowed");
    m_begun = true;
    m_totalBytes += firstPart.size();
    m_ready = firstPart;
    if (!more)
        m_lastSeq = 0;
    takePending();
    return {};
}

Result<> ChunkAssembler::add(BodyChunk chunk)
{
    if (auto checked = check(chunk); !checked)
        return checked;
    m_totalBytes += chunk.body.size();
    if (!chunk.more)
        m_lastSeq = chunk.seq;
    const auto seq = chunk.seq;
    m_pending.emplace(seq, std::move(chunk));
    takePending();
    return {};
}

Result<> ChunkAssembler::check(const BodyChunk &chunk) const
{
    if (chunk.seq < m_nextSeq || m_pending.contains(chunk.seq))
        return fail(Code::ProtocolError, "body: a chunk twice");
    if (m_lastSeq && (chunk.seq > *m_lastSeq || !chunk.more))
        return fail(Code::ProtocolError, "body: a chunk after the last");
    if (!chunk.more && !m_pending.empty() && m_pending.rbegin()->first > chunk.seq)
        return fail(Code::ProtocolError, "body: the last chunk is not the last");
    if (chunk.body.size() > m_maxBodyBytes - m_totalBytes)
        return fail(Code::PayloadTooLarge, "body: larger than allowed");
    if (m_pending.size() >= kV1MaxPendingChunks && (!m_begun || chunk.seq != m_nextSeq))
        return fail(Code::ProtocolError, "body: too many chunks out of order");
    return {};
}

void ChunkAssembler::takePending()
{
    while (m_begun && !m_pending.empty() && m_pending.begin()->first == m_nextSeq) {
        m_ready += m_pending.begin()->second.body;
        m_pending.erase(m_pending.begin());
        ++m_nextSeq;
    }
}

std::string ChunkAssembler::take()
{
    return std::exchange(m_ready, {});
}

bool ChunkAssembler::complete() const noexcept
{
    return m_begun && m_lastSeq && m_nextSeq > *m_lastSeq;
}

} // namespace wire
