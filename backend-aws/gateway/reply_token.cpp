#include "gateway/reply_token.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gateway {

using wire::Code;
using wire::Result;

namespace {

constexpr std::string_view kVersion = "r1"; // of the token's form; part of what is signed

// Each part with its length in front, so that no two sets of parts give the same text.
std::string boundText(std::string_view address, const ReplyBinding &binding, std::int64_t ends)
{
    return fmt::format("{} {}:{} {}:{} {}:{} {}", kVersion, address.size(), address, binding.requestId.size(),
                       binding.requestId, binding.connectionId.size(), binding.connectionId, ends);
}

std::string mac(std::string_view key, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char *>(text.data()),
         text.size(), digest.data(), &length);
    return wire::encodeBase64Url({reinterpret_cast<const char *>(digest.data()), length});
}

bool sameText(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::unexpected<wire::Error> refused(std::string what)
{
    return wire::fail(Code::Forbidden, "reply_to: " + std::move(what));
}

// Takes the text up to the next point off the front.
std::string_view nextPart(std::string_view &text)
{
    const auto part = text.substr(0, text.find('.'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

} // namespace

Result<ReplyKeys> ReplyKeys::parse(std::string_view text)
{
    ReplyKeys keys;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        if (line.size() < wire::kMinReplyKeyBytes)
            return wire::fail(Code::InvalidRequest,
                              fmt::format("a key of reply_to has less than {} characters", wire::kMinReplyKeyBytes));
        keys.m_keys.emplace_back(line);
    }
    if (keys.m_keys.empty())
        return wire::fail(Code::InvalidRequest, "there is no key for reply_to");
    return keys;
}

std::string ReplyKeys::sign(std::string_view address, const ReplyBinding &binding, Time ends) const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(ends).time_since_epoch().count();
    return fmt::format("{}.{}.{}.{}", kVersion, wire::encodeBase64Url(address), seconds,
                       mac(m_keys.front(), boundText(address, binding, seconds)));
}

Result<std::string> ReplyKeys::verify(std::string_view token, const ReplyBinding &binding, Time now) const
{
    const auto version = nextPart(token);
    const auto address = wire::decodeBase64Url(nextPart(token));
    const auto number = nextPart(token);
    std::int64_t ends = 0;
    const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), ends);
    if (version != kVersion || !address || error != std::errc() || stop != number.data() + number.size())
        return refused("it is none of ours");
    const auto text = boundText(*address, binding, ends);
    if (std::ranges::none_of(m_keys, [&](const auto &key) { return sameText(mac(key, text), token); }))
        return refused("it was not made for this request and connection");
    if (now > Time(std::chrono::seconds(ends)) + wire::kReplyClockSkew)
        return refused("its time is over");
    return *address;
}

} // namespace gateway
