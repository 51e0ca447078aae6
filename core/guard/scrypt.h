// The key derivation of RFC 7914, through OpenSSL: for the passwords of visitors and for the file of saved secrets. Any
// thread; takes some 100 ms and tens of MiB, by intention.
#pragma once

#include "wire/limits.h"

#include <span>
#include <string_view>

namespace guard {

struct ScryptCost {
    unsigned logN = wire::kScryptLogN;
    unsigned blockSize = wire::kScryptBlockSize;
    unsigned parallelism = wire::kScryptParallelism;

    // Neither guessed too fast nor more than limits.h lets a text from outside ask for.
    [[nodiscard]] bool acceptable() const noexcept;
    friend bool operator==(const ScryptCost &, const ScryptCost &) = default;
};

// Fills `key`. An acceptable cost only.
void scrypt(std::string_view password, std::string_view salt, const ScryptCost &cost, std::span<char> key);

} // namespace guard
