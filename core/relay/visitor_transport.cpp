#include "relay/visitor_transport.h"

#include "http1/serialize.h"
#include "wire/limits.h"

namespace relay {

namespace {

constexpr std::size_t kLingerReadBytes = 8 * wire::kKiB; // thousands may be shed at once: no more than their heads took

} // namespace

VisitorTransport::VisitorTransport(Deadlines &clock, std::chrono::milliseconds writeTimeout,
                                   std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection)),
      m_writeTimeout(writeTimeout),
      m_readLimit(clock, [this] { expire(); }),
      m_writeLimit(clock, [this] { expire(); })
{
}

void VisitorTransport::expire() noexcept
{
    m_expired = true;
    error_code ignored;
    if (m_connection)
        m_connection->socket().cancel(ignored);
}

Task<bool> VisitorTransport::readMore(std::size_t room)
{
    const auto [error, bytes] = co_await m_connection->read(m_input.prepare(room));
    if (error == asio::error::eof)
        m_ended = true;
    if (error)
        co_return false;
    m_input.commit(bytes);
    co_return true;
}

Task<bool> VisitorTransport::write(std::string_view bytes)
{
    m_writeLimit.arm(m_writeTimeout);
    const auto error = co_await m_connection->write(bytes);
    m_writeLimit.disarm();
    if (error)
        m_broken = true;
    co_return !error;
}

Task<bool> VisitorTransport::writePage(const edge::Page &page, bool keepAlive, unsigned version)
{
    wire::HeaderList extra;
    if (!keepAlive)
        extra.push_back({"Connection", "close"});
    else if (version == 10)
        extra.push_back({"Connection", "keep-alive"});
    std::string bytes;
    http1::appendResponseHead(bytes, page.head, extra);
    bytes.append(page.body);
    co_return co_await write(bytes);
}

Task<> VisitorTransport::finishSending()
{
    m_writeLimit.arm(wire::kLingerTimeout);
    co_await m_connection->shutdownSend();
    m_writeLimit.disarm();
}

Task<> VisitorTransport::finishSendingEarly()
{
    if (!m_connection->secure())
        co_await finishSending();
}

Task<> VisitorTransport::linger()
{
    co_await finishSendingEarly();
    m_readLimit.arm(wire::kLingerTimeout);
    bool more = true;
    for (std::size_t discarded = 0; more && discarded < wire::kLingerBytes;) {
        discarded += m_input.view().size();
        m_input.consume(m_input.view().size());
        more = co_await readMore(kLingerReadBytes);
    }
    m_readLimit.disarm();
}

void VisitorTransport::close() noexcept
{
    if (m_connection)
        m_connection->close();
}

void VisitorTransport::abort() noexcept
{
    error_code ignored;
    m_connection->socket().set_option(asio::socket_base::linger(true, 0), ignored);
    m_connection->close();
    m_broken = true;
}

} // namespace relay
