// A v2 message from the other end of a link: framing, and the decoder of every kind of frame.
#include "fuzz/fuzz.h"
#include "wire/frame.h"
#include "wire/msgpack_codec.h"

namespace {

using wire::FrameKind;

template <class T>
bool decoded(const wire::Result<T> &result)
{
    fuzz::demand(result || !result.error().message.empty(), "a refusal says why");
    return result.has_value();
}

bool decodePayload(const wire::Frame &frame)
{
    switch (frame.kind) {
    case FrameKind::Control: return decoded(wire::decodeControl(frame.payload));
    case FrameKind::RequestHead: return decoded(wire::decodeRequestHead(frame.payload));
    case FrameKind::ResponseHead: return decoded(wire::decodeResponseHead(frame.payload));
    case FrameKind::Data: return true;
    case FrameKind::End: return decoded(wire::decodeTrailers(frame.payload));
    case FrameKind::Reset: return decoded(wire::decodeReset(frame.payload));
    case FrameKind::Window: return decoded(wire::decodeWindow(frame.payload));
    }
    fuzz::demand(false, "the reader gives known kinds only");
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = fuzz::textOf(data, size);
    wire::FrameReader reader(message);
    std::string rewritten;
    for (;;) {
        const auto next = reader.next();
        if (!next) {
            fuzz::demand(!reader.next(), "an error lasts");
            break;
        }
        if (!*next) {
            fuzz::demand(rewritten == message, "frames written again are the same bytes");
            break;
        }
        wire::appendFrame(rewritten, (*next)->stream, (*next)->kind, (*next)->payload);
        static_cast<void>(decodePayload(**next));
    }
    return 0;
}
