// Writes HTTP/1.1 heads and chunked framing as bytes (RFC 9112). Appends to a buffer; heads must have passed
// wire::checkHead.
#pragma once

#include "wire/http_head.h"

#include <string>
#include <string_view>

namespace http1 {

// "METHOD target HTTP/1.1", the head's fields as they are, then `extra` fields (framing, Connection), then CRLF.
void appendRequestHead(std::string &out, const wire::RequestHead &head, const wire::HeaderList &extra);
// The status line is always HTTP/1.1 (RFC 9110 2.5: a server answers with its own version).
void appendResponseHead(std::string &out, const wire::ResponseHead &head, const wire::HeaderList &extra);

// One chunk of chunked framing; nothing for empty data, which would end the body.
void appendChunk(std::string &out, std::string_view data);
void appendLastChunk(std::string &out, const wire::HeaderList &trailers);

} // namespace http1
