// Who counts as one visitor to limits and approvals. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace guard {

// An IPv4 address, or the network of an IPv6 one (a household or server changes the rest at will), as
// "192.0.2.1" or "2001:db8:1:2::/64". Empty for what is no address.
[[nodiscard]] std::string visitorKey(std::string_view address);

} // namespace guard
