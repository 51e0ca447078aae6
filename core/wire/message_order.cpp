#include "wire/message_order.h"

namespace wire {

Result<> checkFromClient(const ControlMessage &message, bool established)
{
    const bool isReady = std::holds_alternative<Ready>(message);
    if (isReady && established)
        return fail(Code::ProtocolError, "`ready` was sent twice");
    if (!isReady && !established)
        return fail(Code::ProtocolError, "the first message of a link is `ready`");
    if (std::holds_alternative<ConnectionEstablished>(message))
        return fail(Code::ProtocolError, "only the server says that a connection is established");
    return {};
}

} // namespace wire
