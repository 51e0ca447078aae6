#include "client/request_body.h"

#include "http1/serialize.h"

namespace client {

wire::Result<std::string_view> RequestBody::frame(std::string_view data)
{
    if (m_finished)
        return wire::fail(wire::Code::InvalidRequest, "the request goes on after its end");
    if (m_kind == wire::BodyKind::Unknown) {
        m_chunk.clear();
        http1::appendChunk(m_chunk, data);
        return m_chunk;
    }
    if (data.size() > m_left)
        return wire::fail(wire::Code::InvalidRequest, "the request body is longer than announced");
    m_left -= data.size();
    return data;
}

wire::Result<std::string_view> RequestBody::finish(const wire::HeaderList &trailers)
{
    if (m_kind != wire::BodyKind::Unknown && m_left > 0)
        return wire::fail(wire::Code::InvalidRequest, "the request body is shorter than announced");
    m_chunk.clear();
    if (m_kind == wire::BodyKind::Unknown && !m_finished)
        http1::appendLastChunk(m_chunk, trailers);
    m_finished = true;
    return m_chunk;
}

} // namespace client
