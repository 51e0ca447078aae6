// Passwords of visitors as they are kept: scrypt (RFC 7914) with its salt and parameters, as text in the PHC format,
// "$scrypt$ln=15,r=8,p=3$SALT$HASH". Any thread; hashing takes some 100 ms and tens of MiB, by intention.
#pragma once

#include "guard/scrypt.h"
#include "wire/result.h"

#include <string>
#include <string_view>

namespace guard {

class PasswordHash {
public:
    // A new one with a random salt.
    [[nodiscard]] static PasswordHash of(std::string_view password);
    // Refuses parameters that are too weak, or that would take more time or memory than limits.h allows.
    [[nodiscard]] static wire::Result<PasswordHash> parse(std::string_view text);

    [[nodiscard]] bool matches(std::string_view password) const;
    [[nodiscard]] std::string text() const;

    friend bool operator==(const PasswordHash &, const PasswordHash &) = default;

private:
    PasswordHash() = default;
    [[nodiscard]] std::string derive(std::string_view password) const;

    ScryptCost m_cost;
    std::string m_salt;
    std::string m_hash;
};

// Something to give to a person: no letters that look alike, 100 bits.
[[nodiscard]] std::string drawPassword();

} // namespace guard
