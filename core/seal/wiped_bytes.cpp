#include "seal/wiped_bytes.h"

#include <openssl/crypto.h>

namespace seal {

WipedBytes &WipedBytes::operator=(WipedBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

void WipedBytes::wipe()
{
    wipeBytes(m_bytes);
    m_bytes.clear();
}

void wipeBytes(std::span<char> bytes)
{
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

} // namespace seal
