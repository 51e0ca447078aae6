// v2 payloads: MessagePack maps with the keys of docs/protocol.md. Encoders append to a buffer, so that a frame is
// built in place; decoders take untrusted bytes, ignore unknown keys, refuse wrong types, nesting over 8 levels,
// trailing bytes and whatever http_head.h's checks refuse.
#pragma once

#include "wire/message.h"

#include <string>
#include <string_view>

namespace wire {

void encodeControl(std::string &out, const ControlMessage &message);
[[nodiscard]] Result<ControlMessage> decodeControl(std::string_view payload);

// Keys: method, uri, version ("1.0"/"1.1"), headers [[name, value]…], remote_address, request_id, upgrade?, body
// ("none"/"sized"/"unknown").
void encodeRequestHead(std::string &out, const RequestHead &head);
[[nodiscard]] Result<RequestHead> decodeRequestHead(std::string_view payload);

// Keys: status_code, reason, headers, upgrade?, body.
void encodeResponseHead(std::string &out, const ResponseHead &head);
[[nodiscard]] Result<ResponseHead> decodeResponseHead(std::string_view payload);

// The payload of `end`: empty, or an array of [name, value].
void encodeTrailers(std::string &out, const HeaderList &trailers);
[[nodiscard]] Result<HeaderList> decodeTrailers(std::string_view payload);

// The payload of `reset`: {code, message}.
void encodeReset(std::string &out, const Error &error);
[[nodiscard]] Result<Error> decodeReset(std::string_view payload);

} // namespace wire
