#include "guard/visitor_key.h"

#include "wire/cidr.h"
#include "wire/limits.h"

namespace guard {

std::string visitorKey(std::string_view address)
{
    const auto parsed = wire::parseAddress(address);
    if (!parsed)
        return {};
    return wire::Cidr::around(*parsed, parsed->isV4() ? wire::kAddressBits : wire::kVisitorIpv6Bits).text();
}

} // namespace guard
