// How many connections each address has, so that one visitor cannot have all of them. An IPv6 network of kVisitorIpv6Bits is one
// address: its hosts are one customer's. Owned by the host; one thread.
#pragma once

#include "wire/cidr.h"

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace edge {

class AddressCount {
public:
    // `most` from 1.
    explicit AddressCount(std::size_t most) noexcept : m_most(most) {}

    // False when the address has as many as it may; text that is no address counts as one address.
    [[nodiscard]] bool enter(std::string_view address);
    void leave(std::string_view address); // once for each enter() that was true
    [[nodiscard]] std::size_t addresses() const noexcept { return m_counts.size(); }

private:
    struct Hash {
        [[nodiscard]] std::size_t operator()(const wire::IpAddress &address) const noexcept;
    };

    const std::size_t m_most;
    std::unordered_map<wire::IpAddress, std::size_t, Hash> m_counts;
};

} // namespace edge
