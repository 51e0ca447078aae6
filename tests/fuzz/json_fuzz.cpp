// One v1 text message.
#include "fuzz/fuzz.h"
#include "wire/json_codec.h"
#include "wire/limits.h"

#include <variant>

namespace {

// Headers that differ only in case are grouped by the first encoding, so equality holds from the second on.
wire::Message reencoded(const wire::Message &message)
{
    auto again = wire::decodeJson(wire::encodeJson(message));
    fuzz::demand(again.has_value(), "what was decoded decodes again");
    return *std::move(again);
}

std::string assembled(const std::vector<wire::Message> &messages, std::string_view firstPart, bool more)
{
    wire::ChunkAssembler assembler(wire::kV1MaxBodyBytes);
    fuzz::demand(assembler.begin(firstPart, more).has_value(), "the first part is taken");
    for (std::size_t i = messages.size() - 1; i > 0; --i) // the wrong way round
        fuzz::demand(assembler.add(std::get<wire::BodyChunk>(messages[i])).has_value(), "a chunk is taken");
    fuzz::demand(assembler.complete(), "the chunks are complete");
    return assembler.take();
}

template <class Head>
void demandChunks(const wire::Result<std::vector<wire::Message>> &messages, const std::string &body)
{
    if (!messages)
        return;
    for (const auto &message : *messages)
        fuzz::demand(wire::encodeJson(message).size() <= wire::kV1MaxMessageBytes, "a chunk fits a message");
    const auto &head = std::get<Head>(messages->front());
    fuzz::demand(assembled(*messages, head.body, head.more) == body, "the body comes back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = wire::decodeJson(fuzz::textOf(data, size));
    if (!message)
        return 0;
    const auto second = reencoded(*message);
    fuzz::demand(second.index() == message->index(), "the type comes back");
    fuzz::demand(reencoded(second) == second, "a message comes back equal");
    if (const auto *request = std::get_if<wire::HttpRequest>(&*message))
        demandChunks<wire::HttpRequest>(wire::chunkRequest(*request), request->body);
    if (const auto *response = std::get_if<wire::HttpResponse>(&*message))
        demandChunks<wire::HttpResponse>(wire::chunkResponse(*response), response->body);
    return 0;
}
