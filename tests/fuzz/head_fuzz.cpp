// The other MessagePack payloads. The first byte chooses: 0 request head, 1 response head, 2 trailers, 3 reset.
#include "fuzz/fuzz.h"
#include "wire/frame.h"
#include "wire/msgpack_codec.h"

namespace {

template <class T>
void roundTrip(std::string_view payload, wire::Result<T> (*decode)(std::string_view),
               void (*encode)(std::string &, const T &), wire::FrameKind kind)
{
    if (payload.size() > wire::maxPayload(kind))
        return;
    const auto value = decode(payload);
    if (!value)
        return;
    std::string encoded;
    encode(encoded, *value);
    fuzz::demand(encoded.size() <= wire::maxPayload(kind), "what was decoded fits its frame again");
    fuzz::demand(decode(encoded) == value, "what was decoded comes back equal");
}

void demandSafe(const wire::HeaderList &headers)
{
    for (const auto &[name, value] : headers) {
        fuzz::demand(!name.empty() && name.find_first_of("\r\n: ") == std::string::npos, "a name is a token");
        fuzz::demand(value.find_first_of("\r\n") == std::string::npos, "a value is one line");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto payload = fuzz::textOf(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        roundTrip(payload, wire::decodeRequestHead, wire::encodeRequestHead, wire::FrameKind::RequestHead);
        demandSafe(wire::decodeRequestHead(payload).value_or(wire::RequestHead{}).headers);
        break;
    case 1:
        roundTrip(payload, wire::decodeResponseHead, wire::encodeResponseHead, wire::FrameKind::ResponseHead);
        demandSafe(wire::decodeResponseHead(payload).value_or(wire::ResponseHead{}).headers);
        break;
    case 2:
        roundTrip(payload, wire::decodeTrailers, wire::encodeTrailers, wire::FrameKind::End);
        demandSafe(wire::decodeTrailers(payload).value_or(wire::HeaderList{}));
        break;
    default: roundTrip(payload, wire::decodeReset, wire::encodeReset, wire::FrameKind::Reset);
    }
    return 0;
}
