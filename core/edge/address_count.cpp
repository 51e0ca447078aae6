#include "edge/address_count.h"

#include "wire/limits.h"

#include <algorithm>
#include <functional>

namespace edge {

namespace {

wire::IpAddress keyOf(std::string_view text) noexcept
{
    auto address = wire::parseAddress(text).value_or(wire::IpAddress{});
    if (!address.isV4())
        std::fill(address.bytes.begin() + wire::kVisitorIpv6Bits / 8, address.bytes.end(), std::uint8_t{0});
    return address;
}

} // namespace

// There are no more entries than connections: colliding them on purpose is not worth the addresses.
std::size_t AddressCount::Hash::operator()(const wire::IpAddress &address) const noexcept
{
    return std::hash<std::string_view>()({reinterpret_cast<const char *>(address.bytes.data()), address.bytes.size()});
}

bool AddressCount::enter(std::string_view address)
{
    auto &count = m_counts[keyOf(address)];
    if (count >= m_most)
        return false;
    ++count;
    return true;
}

void AddressCount::leave(std::string_view address)
{
    const auto found = m_counts.find(keyOf(address));
    if (found != m_counts.end() && --found->second == 0)
        m_counts.erase(found);
}

} // namespace edge
