#include "wire/cidr.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace wire {

namespace {

namespace ip = boost::asio::ip;

constexpr unsigned kBits = kAddressBits;
constexpr unsigned kMappedBits = 96; // of ::ffff:0:0/96
constexpr std::size_t kLongestAddress = 45; // ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255
constexpr std::string_view kAddressChars = "0123456789abcdefABCDEF:.";

IpAddress fromV4(const ip::address_v4 &address)
{
    IpAddress result;
    result.bytes[10] = result.bytes[11] = 0xff;
    std::ranges::copy(address.to_bytes(), result.bytes.begin() + 12);
    return result;
}

// The first `bits` bits of the address, zeros behind.
IpAddress maskedTo(IpAddress address, unsigned bits)
{
    for (unsigned i = 0; i < address.bytes.size(); ++i) {
        const unsigned kept = bits > i * 8 ? std::min(bits - i * 8, 8U) : 0U;
        address.bytes[i] = static_cast<std::uint8_t>(address.bytes[i] & (0xff00U >> kept));
    }
    return address;
}

std::string toText(const IpAddress &address, bool asV4)
{
    if (!asV4)
        return ip::address_v6(address.bytes).to_string();
    ip::address_v4::bytes_type bytes;
    std::ranges::copy(address.bytes.begin() + 12, address.bytes.end(), bytes.begin());
    return ip::address_v4(bytes).to_string();
}

std::optional<unsigned> parseBits(std::string_view text, unsigned most)
{
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc() || end != text.data() + text.size() || bits > most)
        return std::nullopt;
    return bits;
}

} // namespace

bool IpAddress::isV4() const noexcept
{
    static constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::memcmp(bytes.data(), kMapped.data(), kMapped.size()) == 0;
}

std::optional<IpAddress> parseAddress(std::string_view text) noexcept
{
    text = text.substr(0, text.find('%'));
    if (text.empty() || text.size() > kLongestAddress ||
        text.find_first_not_of(kAddressChars) != std::string_view::npos)
        return std::nullopt;
    std::array<char, kLongestAddress + 1> terminated{};
    std::ranges::copy(text, terminated.begin());
    boost::system::error_code error;
    if (text.find(':') == std::string_view::npos) {
        const auto v4 = ip::make_address_v4(terminated.data(), error);
        return error ? std::nullopt : std::optional(fromV4(v4));
    }
    const auto v6 = ip::make_address_v6(terminated.data(), error);
    return error ? std::nullopt : std::optional(IpAddress{v6.to_bytes()});
}

Result<Cidr> Cidr::parse(std::string_view text)
{
    const auto slash = text.find('/');
    const auto addressText = text.substr(0, slash);
    const auto address = parseAddress(addressText);
    if (!address || addressText.find('%') != std::string_view::npos)
        return fail(Code::InvalidRequest, fmt::format("\"{}\" is not an IP address or range", text));
    const bool writtenAsV4 = addressText.find(':') == std::string_view::npos;
    const unsigned offset = writtenAsV4 ? kMappedBits : 0;
    const auto bits = slash == std::string_view::npos ? std::optional(kBits - offset)
                                                      : parseBits(text.substr(slash + 1), kBits - offset);
    if (!bits) {
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\": the prefix length must be 0 to {}", text, kBits - offset));
    }
    const auto network = maskedTo(*address, *bits + offset);
    if (network != *address) {
        return fail(Code::InvalidRequest, fmt::format("\"{}\" has bits set behind its prefix; \"{}/{}\" has not", text,
                                                      toText(network, writtenAsV4), *bits));
    }
    return Cidr(network, *bits + offset);
}

Cidr Cidr::around(const IpAddress &address, unsigned prefixBits) noexcept
{
    return {maskedTo(address, prefixBits), prefixBits};
}

std::string Cidr::text() const
{
    const bool asV4 = m_prefixBits >= kMappedBits && m_network.isV4();
    const auto address = toText(m_network, asV4);
    return m_prefixBits == kBits ? address
                                 : fmt::format("{}/{}", address, asV4 ? m_prefixBits - kMappedBits : m_prefixBits);
}

bool Cidr::contains(const IpAddress &address) const noexcept
{
    const bool rangeIsV4 = m_prefixBits >= kMappedBits && m_network.isV4();
    return rangeIsV4 == address.isV4() && maskedTo(address, m_prefixBits) == m_network;
}

bool containsAddress(std::span<const Cidr> ranges, const IpAddress &address) noexcept
{
    return std::ranges::any_of(ranges, [&](const Cidr &range) { return range.contains(address); });
}

bool containsAddress(std::span<const Cidr> ranges, std::string_view address) noexcept
{
    if (ranges.empty())
        return false;
    const auto parsed = parseAddress(address);
    return parsed && containsAddress(ranges, *parsed);
}

} // namespace wire
