// IP addresses and address ranges (CIDR, RFC 4632) as plain values: parsed once, compared without allocation.
// An IPv4-mapped IPv6 address (::ffff:192.0.2.1, what a dual-stack socket reports) is its IPv4 address. Any thread.
#pragma once

#include "wire/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wire {

inline constexpr unsigned kAddressBits = 128;

struct IpAddress {
    std::array<std::uint8_t, 16> bytes{}; // network order; IPv4 as ::ffff:a.b.c.d

    [[nodiscard]] bool isV4() const noexcept;
    friend bool operator==(const IpAddress &, const IpAddress &) = default;
};

// "192.0.2.1", "2001:db8::1", "fe80::1%eth0" (the zone is ignored); no port, no brackets.
[[nodiscard]] std::optional<IpAddress> parseAddress(std::string_view text) noexcept;

class Cidr {
public:
    // "10.0.0.0/8", "2001:db8::/32", or a bare address for that address alone. Bits set behind the prefix are an
    // error (10.1.2.3/8 is more often a typo than a wish). Errors are InvalidRequest with a sentence.
    [[nodiscard]] static Result<Cidr> parse(std::string_view text);

    // The range of this size that the address is in; `prefixBits` of 128, also for IPv4.
    [[nodiscard]] static Cidr around(const IpAddress &address, unsigned prefixBits) noexcept;

    // IPv4 ranges hold IPv4 addresses only and IPv6 ranges IPv6 ones only: ::/0 is "all of IPv6".
    [[nodiscard]] bool contains(const IpAddress &address) const noexcept;
    // As parse() takes it: "10.0.0.0/8", and a single address without its length.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Cidr &, const Cidr &) = default;

private:
    Cidr(const IpAddress &network, unsigned prefixBits) noexcept : m_network(network), m_prefixBits(prefixBits) {}

    IpAddress m_network;
    unsigned m_prefixBits; // of the 128
};

[[nodiscard]] bool containsAddress(std::span<const Cidr> ranges, const IpAddress &address) noexcept;
// False for text that is no address.
[[nodiscard]] bool containsAddress(std::span<const Cidr> ranges, std::string_view address) noexcept;

} // namespace wire
