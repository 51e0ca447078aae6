#include "support/blocking_socket.h"

#include <openssl/ssl.h>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace support {

namespace {

[[noreturn]] void throwErrno(const char *what)
{
    if (errno == ECONNRESET || errno == EPIPE)
        throw ConnectionReset();
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        throw TimedOut();
    throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void setTimeouts(int socket)
{
    timeval bound{};
    bound.tv_sec = kBound.count();
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound);
}

int connectTo(std::uint16_t port, int receiveBuffer)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        throwErrno("socket");
    setTimeouts(socket);
    if (receiveBuffer > 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const auto address = loopback(port);
    // The socket interface takes every kind of address by this pointer type.
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(socket);
        errno = error;
        throwErrno("connect");
    }
    return socket;
}

} // namespace

struct BlockingSocket::Tls {
    explicit Tls(int socket)
        : context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), stream(SSL_new(context.get()), &SSL_free)
    {
        SSL_set_fd(stream.get(), socket);
        if (SSL_connect(stream.get()) != 1)
            throw std::runtime_error("TLS handshake failed");
    }

    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context;
    std::unique_ptr<SSL, decltype(&SSL_free)> stream;
};

BlockingSocket::BlockingSocket(std::uint16_t port, const Options &options)
{
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    m_socket = connectTo(port, options.receiveBuffer);
    try {
        if (options.tls)
            m_tls = std::make_unique<Tls>(m_socket);
    } catch (...) {
        close();
        throw;
    }
}

BlockingSocket::~BlockingSocket()
{
    close();
}

void BlockingSocket::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto size = std::min<std::size_t>(bytes.size(), 1 << 20);
        const auto sent = m_tls ? SSL_write(m_tls->stream.get(), bytes.data(), static_cast<int>(size))
                                : ::send(m_socket, bytes.data(), size, MSG_NOSIGNAL);
        if (sent <= 0)
            throwErrno("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string BlockingSocket::receiveRaw(std::size_t most)
{
    std::string bytes(most, '\0');
    errno = 0;
    const auto count = m_tls ? SSL_read(m_tls->stream.get(), bytes.data(), static_cast<int>(most))
                             : ::recv(m_socket, bytes.data(), most, 0);
    if (count <= 0 && m_tls && SSL_get_error(m_tls->stream.get(), static_cast<int>(count)) == SSL_ERROR_ZERO_RETURN)
        return {};
    if (count < 0)
        throwErrno("receive");
    bytes.resize(static_cast<std::size_t>(count));
    return bytes;
}

std::string BlockingSocket::receive(std::size_t most)
{
    if (m_pending.empty())
        return receiveRaw(most);
    auto bytes = m_pending.substr(0, most);
    m_pending.erase(0, bytes.size());
    return bytes;
}

std::string BlockingSocket::receiveExactly(std::size_t size)
{
    std::string bytes;
    bytes.reserve(size);
    while (bytes.size() < size) {
        const auto more = receive(size - bytes.size());
        if (more.empty())
            throw ConnectionEnded();
        bytes += more;
    }
    return bytes;
}

std::string BlockingSocket::receiveToEnd()
{
    std::string bytes;
    for (auto more = receive(); !more.empty(); more = receive())
        bytes += more;
    return bytes;
}

bool BlockingSocket::readable(std::chrono::milliseconds within)
{
    if (!m_pending.empty() || (m_tls && SSL_has_pending(m_tls->stream.get()) == 1))
        return true;
    pollfd wait{m_socket, POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(within.count())) == 1;
}

void BlockingSocket::finishSending()
{
    if (m_tls)
        SSL_shutdown(m_tls->stream.get());
    else
        ::shutdown(m_socket, SHUT_WR);
}

void BlockingSocket::reset()
{
    const linger now{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void BlockingSocket::close()
{
    m_tls.reset();
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

std::string BlockingSocket::tlsVersion() const
{
    return m_tls ? SSL_get_version(m_tls->stream.get()) : "";
}

std::uint16_t freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    ::close(socket);
    if (!bound)
        throwErrno("bind");
    return ntohs(address.sin_port);
}

} // namespace support
