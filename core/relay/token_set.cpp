#include "relay/token_set.h"

#include "relay/text_file.h"
#include "wire/http_head.h"
#include "wire/limits.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

namespace relay {

namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view trim(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(kSpace);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Visible ASCII: wider than RFC 6750's token68, but nothing that a header field could bend.
bool isTokenText(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= wire::kMaxTokenBytes &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

TokenSet::Digest TokenSet::digestOf(std::string_view token)
{
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char *>(token.data()), token.size(), digest.data());
    return digest;
}

wire::Result<TokenSet> TokenSet::parse(std::string_view text, std::string_view sourceName)
{
    TokenSet set;
    for (unsigned number = 1; !text.empty(); ++number) {
        const auto lineEnd = std::min(text.find('\n'), text.size());
        const auto line = trim(text.substr(0, lineEnd));
        text.remove_prefix(std::min(lineEnd + 1, text.size()));
        if (line.empty() || line.front() == '#')
            continue;
        if (!isTokenText(line)) {
            return wire::fail(wire::Code::InvalidRequest,
                              fmt::format("{}:{}: a token is one word of ASCII characters", sourceName, number));
        }
        set.m_digests.push_back(digestOf(line));
    }
    if (set.m_digests.empty()) {
        return wire::fail(wire::Code::InvalidRequest,
                          fmt::format("{}: holds no token; nobody could open a tunnel", sourceName));
    }
    return set;
}

wire::Result<TokenSet> TokenSet::load(const std::filesystem::path &file)
{
    auto text = readTextFile(file, wire::kMaxConfigFileBytes);
    if (!text)
        return std::unexpected(text.error());
    auto set = parse(*text, file.string());
    OPENSSL_cleanse(text->data(), text->size());
    return set;
}

std::optional<std::string> TokenSet::accept(std::string_view token) const
{
    if (open() && token.empty())
        return std::string();
    const auto digest = digestOf(token);
    bool known = open();
    for (const auto &candidate : m_digests) // all of them, so that the time says nothing
        known |= CRYPTO_memcmp(candidate.data(), digest.data(), digest.size()) == 0;
    return known ? std::optional(std::string(digest.begin(), digest.end())) : std::nullopt;
}

bool TokenSet::knowsOwner(std::string_view owner) const noexcept
{
    return std::ranges::any_of(m_digests, [owner](const Digest &digest) {
        return std::ranges::equal(digest, owner, {}, {}, [](char c) { return static_cast<std::uint8_t>(c); });
    });
}

std::string_view bearerToken(std::string_view authorization) noexcept
{
    constexpr std::string_view scheme = "Bearer ";
    authorization = trim(authorization);
    if (authorization.size() <= scheme.size() || !wire::sameFieldName(authorization.substr(0, scheme.size()), scheme))
        return {};
    const auto token = trim(authorization.substr(scheme.size()));
    return isTokenText(token) ? token : std::string_view();
}

} // namespace relay
