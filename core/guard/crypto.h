// What access rules need of OpenSSL's hashes, as plain strings of bytes. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace guard {

[[nodiscard]] std::string hmacSha256(std::string_view key, std::string_view text); // 32 bytes
// Takes the same time wherever they differ; their length is no secret.
[[nodiscard]] bool sameBytes(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string randomBytes(std::size_t count);
// Lower-case or upper-case hex digits of whole bytes; empty for anything else.
[[nodiscard]] std::string bytesOfHex(std::string_view hex);

// Around work on a thread of a pool: gives back at its end what OpenSSL keeps for the thread (OPENSSL_thread_stop). The
// thread itself would do so as it ends, which QThread::wait() does not wait for: the process may be ending as well.
class PooledCrypto {
public:
    PooledCrypto() = default;
    PooledCrypto(const PooledCrypto &) = delete;
    PooledCrypto &operator=(const PooledCrypto &) = delete;
    ~PooledCrypto();
};

} // namespace guard
