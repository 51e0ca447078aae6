// The payload of a control frame.
#include "fuzz/fuzz.h"
#include "wire/frame.h"
#include "wire/msgpack_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto payload = fuzz::textOf(data, size);
    if (payload.size() > wire::maxPayload(wire::FrameKind::Control))
        return 0;
    const auto message = wire::decodeControl(payload);
    if (!message)
        return 0;
    std::string encoded;
    wire::encodeControl(encoded, *message);
    fuzz::demand(wire::decodeControl(encoded) == message, "a control message comes back equal");
    return 0;
}
