#include "answers.h"

#include "wire/msgpack_codec.h"

#include <algorithm>
#include <charconv>

namespace load {

namespace {

using wire::Code;
using wire::FrameKind;

constexpr std::string_view kSizedPath = "/bytes/";
constexpr std::uint64_t kMaxSize = 1024 * wire::kMiB;

const std::string &filler()
{
    static const std::string bytes(wire::kMaxDataBytes, 'x');
    return bytes;
}

wire::Result<std::uint64_t> sizeOf(std::string_view uri, std::uint64_t fallback)
{
    if (!uri.starts_with(kSizedPath))
        return fallback;
    uri.remove_prefix(kSizedPath.size());
    std::uint64_t size = 0;
    const auto end = uri.data() + uri.size();
    const auto [stop, error] = std::from_chars(uri.data(), end, size);
    if (error != std::errc{} || stop != end || size > kMaxSize)
        return wire::fail(Code::InvalidRequest, "no size: " + std::string(uri));
    return size;
}

std::string headOf(std::uint64_t size)
{
    wire::ResponseHead head;
    head.status = 200;
    head.reason = "OK";
    head.headers = {{"Content-Type", "text/plain"}, {"Content-Length", std::to_string(size)}};
    head.body = wire::BodyKind::Sized;
    std::string out;
    wire::encodeResponseHead(out, head);
    return out;
}

} // namespace

wire::Result<> Answers::take(std::string_view message)
{
    wire::FrameReader reader(message);
    for (;;) {
        auto frame = reader.next();
        if (!frame)
            return std::unexpected(std::move(frame.error()));
        if (!*frame)
            return {};
        if (auto handled = onFrame(**frame); !handled)
            return handled;
    }
}

wire::Result<> Answers::onFrame(const wire::Frame &frame)
{
    switch (frame.kind) {
    case FrameKind::Control: return onControl(frame.payload);
    case FrameKind::RequestHead: return onRequest(frame.stream, frame.payload);
    case FrameKind::Window: return onWindow(frame.stream, frame.payload);
    case FrameKind::Reset: m_answers.erase(frame.stream); return {};
    case FrameKind::End:
        if (const auto found = m_answers.find(frame.stream); found != m_answers.end())
            begin(found);
        return {};
    case FrameKind::Data:
        if (!frame.payload.empty())
            wire::appendWindow(room(sizeof(std::uint32_t)), frame.stream,
                               static_cast<std::uint32_t>(frame.payload.size()));
        return {};
    case FrameKind::ResponseHead: break;
    }
    return wire::fail(Code::ProtocolError, "a response from the relay");
}

wire::Result<> Answers::onControl(std::string_view payload)
{
    auto message = wire::decodeControl(payload);
    if (!message)
        return std::unexpected(std::move(message.error()));
    if (std::holds_alternative<wire::ConnectionEstablished>(*message))
        m_established = true;
    else if (const auto *error = std::get_if<wire::ErrorMessage>(&*message))
        m_refusal = error->error.message;
    return {};
}

wire::Result<> Answers::onRequest(std::uint32_t stream, std::string_view payload)
{
    const auto head = wire::decodeRequestHead(payload);
    if (!head)
        return std::unexpected(head.error());
    const auto size = sizeOf(head->uri, m_bodyBytes);
    if (!size)
        return std::unexpected(size.error());
    m_answers[stream] = Answer{.size = *size, .left = *size, .begun = false, .credit = {}};
    return {};
}

wire::Result<> Answers::onWindow(std::uint32_t stream, std::string_view payload)
{
    const auto credit = wire::decodeWindow(payload);
    if (!credit)
        return std::unexpected(credit.error());
    const auto found = m_answers.find(stream);
    if (found == m_answers.end())
        return {};
    if (auto added = found->second.credit.add(*credit); !added)
        return added;
    if (found->second.begun)
        goOn(found);
    return {};
}

// The request is complete.
void Answers::begin(Found found)
{
    found->second.begun = true;
    const auto head = headOf(found->second.size);
    wire::appendFrame(room(head.size()), found->first, FrameKind::ResponseHead, head);
    goOn(found);
}

void Answers::goOn(Found found)
{
    auto &[stream, answer] = *found;
    while (answer.left > 0 && answer.credit.available() > 0) {
        const auto most = std::min<std::uint64_t>({answer.left, answer.credit.available(), wire::kMaxDataBytes});
        const auto bytes = static_cast<std::size_t>(most);
        wire::appendFrame(room(bytes), stream, FrameKind::Data, std::string_view(filler()).substr(0, bytes));
        answer.credit.take(bytes);
        answer.left -= bytes;
    }
    if (answer.left > 0)
        return;
    wire::appendFrame(room(0), stream, FrameKind::End, {});
    ++m_answered;
    m_answers.erase(found);
}

void Answers::sayReady(const wire::Ready &ready)
{
    std::string payload;
    wire::encodeControl(payload, ready);
    wire::appendFrame(room(payload.size()), 0, FrameKind::Control, payload);
}

std::string &Answers::room(std::size_t bytes)
{
    if (m_messages.empty() || m_messages.back().size() + bytes + wire::kFrameHeaderBytes > wire::kMaxMessageBytes)
        m_messages.emplace_back();
    return m_messages.back();
}

std::string Answers::takeMessage()
{
    auto message = std::move(m_messages.front());
    m_messages.pop_front();
    return message;
}

} // namespace load
