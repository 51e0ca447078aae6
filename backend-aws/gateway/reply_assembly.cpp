#include "gateway/reply_assembly.h"

#include <nlohmann/json.hpp>

namespace gateway {

using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kLinkGone = "link_gone"; // a type that no tunnel client's message has

std::string textAt(const nlohmann::json &message, const char *key)
{
    const auto found = message.find(key);
    return found != message.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The link it tells of; empty for all other messages.
std::string goneLink(std::string_view text)
{
    if (!text.starts_with(R"({"connection_id":)"))
        return {};
    const auto message = nlohmann::json::parse(text, nullptr, false);
    if (!message.is_object() || textAt(message, "type") != kLinkGone)
        return {};
    return textAt(message, "connection_id");
}

} // namespace

std::string linkGoneText(std::string_view connectionId)
{
    return nlohmann::json{{"connection_id", connectionId}, {"type", kLinkGone}}.dump();
}

Result<bool> ReplyAssembly::add(std::string_view text)
{
    if (const auto gone = goneLink(text); !gone.empty()) {
        if (gone != m_connectionId)
            return false;
        m_endedByClient = true;
        return wire::fail(Code::ConnectionLost, "the tunnel client went away");
    }
    auto message = wire::decodeJson(text);
    if (!message)
        return false; // checked on its way in; nobody's then
    if (auto *response = std::get_if<wire::HttpResponse>(&*message); response && response->requestId == m_requestId)
        return addHead(std::move(*response));
    if (auto *chunk = std::get_if<wire::BodyChunk>(&*message); chunk && chunk->requestId == m_requestId)
        return addChunk(std::move(*chunk));
    if (auto *error = std::get_if<wire::ErrorMessage>(&*message); error && error->requestId == m_requestId) {
        m_endedByClient = true;
        // The visitor would take this code for its own request's fault.
        const bool misleading = error->error.code == Code::HeadersTooLarge;
        return wire::fail(misleading ? Code::InternalError : error->error.code, std::move(error->error.message));
    }
    return false;
}

Result<bool> ReplyAssembly::addHead(wire::HttpResponse response)
{
    if (m_head)
        return true; // it came twice
    if (auto begun = m_body.begin(response.body, response.more); !begun)
        return std::unexpected(std::move(begun.error()));
    m_head = std::move(response);
    return true;
}

Result<bool> ReplyAssembly::addChunk(wire::BodyChunk chunk)
{
    if (!m_seen.insert(chunk.seq).second)
        return true;
    if (auto added = m_body.add(std::move(chunk)); !added)
        return std::unexpected(std::move(added.error()));
    return true;
}

wire::ResponseHead ReplyAssembly::takeHead()
{
    wire::ResponseHead head;
    head.status = m_head->statusCode;
    head.headers = std::move(m_head->headers);
    head.body = wire::BodyKind::Unknown;
    return head;
}

} // namespace gateway
