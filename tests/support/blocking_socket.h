// A TCP connection to a loopback port, plain or TLS, for tests that read and write as a script does: every call blocks
// until it is done and gives up after kBound. Belongs to the test's thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace support {

inline constexpr std::chrono::seconds kBound{20}; // what takes longer has failed; far above what anything takes

struct TimedOut : std::runtime_error {
    TimedOut() : std::runtime_error("nothing came in time") {}
};
struct ConnectionReset : std::runtime_error {
    ConnectionReset() : std::runtime_error("the connection was reset") {}
};

struct ConnectionEnded : std::runtime_error {
    ConnectionEnded() : std::runtime_error("the connection ended early") {}
};

class BlockingSocket {
public:
    struct Options {
        bool tls = false;       // without verifying: the certificates of tests are self-signed
        int receiveBuffer = 0;  // SO_RCVBUF; 0: the system's
    };

    explicit BlockingSocket(std::uint16_t port) : BlockingSocket(port, Options{}) {}
    BlockingSocket(std::uint16_t port, const Options &options);
    ~BlockingSocket();
    BlockingSocket(const BlockingSocket &) = delete;
    BlockingSocket &operator=(const BlockingSocket &) = delete;

    void send(std::string_view bytes);
    // At least one byte, at most `most`; nothing at the end. Throws TimedOut, ConnectionReset.
    [[nodiscard]] std::string receive(std::size_t most = 64 * 1024);
    // Puts bytes back in front of what receive() gives.
    void unread(std::string_view bytes) { m_pending.insert(0, bytes); }
    [[nodiscard]] std::string receiveExactly(std::size_t size); // throws ConnectionEnded too
    [[nodiscard]] std::string receiveToEnd();
    // Whether receive() would return at once, after waiting for it as long.
    [[nodiscard]] bool readable(std::chrono::milliseconds within);

    void finishSending(); // the peer reads to the end
    void reset();         // closes with a TCP reset
    void close();
    [[nodiscard]] std::string tlsVersion() const; // "TLSv1.3"

private:
    struct Tls;

    std::string receiveRaw(std::size_t most);

    int m_socket = -1;
    std::unique_ptr<Tls> m_tls;
    std::string m_pending;
};

// A port on which nothing listens right now.
[[nodiscard]] std::uint16_t freePort();

} // namespace support
