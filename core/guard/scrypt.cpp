#include "guard/scrypt.h"

#include <openssl/evp.h>

#include <cstdint>
#include <cstdlib>

namespace guard {

bool ScryptCost::acceptable() const noexcept
{
    return logN >= wire::kMinScryptLogN && logN <= wire::kMaxScryptLogN && blockSize == wire::kScryptBlockSize &&
           parallelism > 0 && parallelism <= wire::kMaxScryptParallelism;
}

void scrypt(std::string_view password, std::string_view salt, const ScryptCost &cost, std::span<char> key)
{
    const std::uint64_t n = 1ULL << cost.logN;
    const std::uint64_t memory = 128ULL * cost.blockSize * (n + cost.parallelism + 2);
    const int done = EVP_PBE_scrypt(
        password.data(), password.size(), reinterpret_cast<const unsigned char *>(salt.data()), salt.size(), n,
        cost.blockSize, cost.parallelism, memory, reinterpret_cast<unsigned char *>(key.data()), key.size());
    if (done != 1)
        std::abort(); // out of memory: an acceptable cost is all that can come here
}

} // namespace guard
