#include "guard/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <charconv>
#include <cstdlib>

namespace guard {

namespace {

const unsigned char *bytes(std::string_view text) noexcept
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

} // namespace

std::string hmacSha256(std::string_view key, std::string_view text)
{
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    const auto *done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(text), text.size(),
                            reinterpret_cast<unsigned char *>(digest.data()), &size);
    if (!done)
        std::abort(); // out of memory: never an empty digest that another empty one equals
    digest.resize(size);
    return digest;
}

bool sameBytes(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string randomBytes(std::size_t count)
{
    std::string out(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(out.data()), static_cast<int>(count)) != 1)
        std::abort(); // no randomness: no key
    return out;
}

PooledCrypto::~PooledCrypto()
{
    OPENSSL_thread_stop();
}

std::string bytesOfHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return {};
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += 2) {
        unsigned char byte = 0;
        const auto [end, error] = std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
        if (error != std::errc{} || end != hex.data() + at + 2)
            return {};
        out += static_cast<char>(byte);
    }
    return out;
}

} // namespace guard
