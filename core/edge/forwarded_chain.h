// Reads the chain of proxies in X-Forwarded-For and Forwarded (RFC 7239) from its trusted end. Pure; any thread; no
// allocation: what is returned points into the arguments.
#pragma once

#include "wire/cidr.h"
#include "wire/http_head.h"

#include <span>
#include <string_view>

namespace edge {

// Where a request came from, as far as trusted proxies vouch for it.
struct VisitorOrigin {
    std::string_view address; // without port and brackets
    std::string_view scheme;  // "proto" of the Forwarded element it was taken from, else empty
    std::string_view host;    // "host" of it, else empty
};

// The rightmost address that is no trusted proxy, of X-Forwarded-For, or of Forwarded where the other is absent (a
// proxy that writes the one passes a forged other through). The walk ends at what is no address. `peer` is trusted.
[[nodiscard]] VisitorOrigin visitorOrigin(const wire::HeaderList &headers, std::string_view peer,
                                          std::span<const wire::Cidr> trusted) noexcept;

// The address in "192.0.2.1:80", "[2001:db8::1]:80" and the like; empty when there is none.
[[nodiscard]] std::string_view nodeAddress(std::string_view node) noexcept;

// The last element of a comma-separated list, with `rest` cut to what stands before it; commas in quotes do not count.
[[nodiscard]] std::string_view takeLastElement(std::string_view &rest) noexcept;
// The value of a parameter of a Forwarded element, without quotes; empty when absent. Values with escapes are given as
// written.
[[nodiscard]] std::string_view forwardedParameter(std::string_view element, std::string_view name) noexcept;

} // namespace edge
