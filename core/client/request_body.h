// A visitor's body on its way to the local service: counts it against Content-Length or wraps it in chunks (RFC 9112
// 7.1). Sans I/O; owned by LocalRequest.
#pragma once

#include "wire/http_head.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace client {

class RequestBody {
public:
    RequestBody(wire::BodyKind kind, std::uint64_t length) : m_kind(kind), m_left(length) {}

    // The bytes to send for `data`; valid until the next call. InvalidRequest when there are more than announced.
    [[nodiscard]] wire::Result<std::string_view> frame(std::string_view data);
    // The bytes that end the body. InvalidRequest when fewer came than announced.
    [[nodiscard]] wire::Result<std::string_view> finish(const wire::HeaderList &trailers);

    // Nothing more is to come, whether finish() was called or not.
    [[nodiscard]] bool complete() const noexcept
    {
        return m_finished || (m_kind != wire::BodyKind::Unknown && m_left == 0);
    }

private:
    wire::BodyKind m_kind;
    std::uint64_t m_left;
    bool m_finished = false;
    std::string m_chunk;
};

} // namespace client
