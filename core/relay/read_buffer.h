// Bytes read from a socket and not yet used, contiguous. Owned by the connection that reads.
#pragma once

#include <boost/asio/buffer.hpp>

#include <cstring>
#include <string_view>
#include <vector>

namespace relay {

class ReadBuffer {
public:
    [[nodiscard]] std::string_view view() const noexcept { return {m_bytes.data() + m_begin, m_end - m_begin}; }

    // Room for at least `size` more bytes; commit() says how many of them were filled.
    [[nodiscard]] boost::asio::mutable_buffer prepare(std::size_t size)
    {
        if (m_bytes.size() - m_end < size && m_begin > 0) {
            std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_bytes.size() - m_end < size)
            m_bytes.resize(m_end + size);
        return {m_bytes.data() + m_end, m_bytes.size() - m_end};
    }
    void commit(std::size_t size) noexcept { m_end += size; }
    void consume(std::size_t size) noexcept
    {
        m_begin += size;
        if (m_begin == m_end)
            m_begin = m_end = 0;
    }

private:
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace relay
