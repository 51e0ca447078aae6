#include "guard/credentials.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kField = "Authorization";

bool hasControls(std::string_view text) noexcept
{
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

bool isTokenByte(char c) noexcept
{
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("-._~+/=").find(c) != std::string_view::npos;
}

Credentials readBasic(std::string_view encoded)
{
    constexpr std::size_t kMost = (wire::kMaxLoginNameBytes + wire::kMaxPasswordBytes) * 2;
    const auto text = encoded.size() > kMost ? fail(Code::InvalidRequest, {}) : wire::decodeBase64(encoded);
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return NoCredentials{};
    BasicCredentials basic{text->substr(0, colon), text->substr(colon + 1)};
    if (!checkLoginName(basic.name) || !checkPassword(basic.password))
        return NoCredentials{};
    return basic;
}

} // namespace

Credentials readCredentials(const wire::HeaderList &headers)
{
    const auto isField = [](const wire::Header &header) { return wire::sameFieldName(header.name, kField); };
    if (std::ranges::count_if(headers, isField) != 1)
        return NoCredentials{};
    const std::string_view value = std::ranges::find_if(headers, isField)->value;
    const auto space = value.find(' ');
    const auto start = value.find_first_not_of(' ', space);
    if (space == std::string_view::npos || start == std::string_view::npos)
        return NoCredentials{};
    const auto scheme = value.substr(0, space);
    const auto rest = value.substr(start);
    if (wire::sameFieldName(scheme, "Basic"))
        return readBasic(rest);
    if (wire::sameFieldName(scheme, "Bearer") && rest.size() <= wire::kMaxTokenBytes)
        return BearerCredentials{std::string(rest)};
    return NoCredentials{};
}

Result<> checkLoginName(std::string_view name)
{
    if (name.empty() || name.size() > wire::kMaxLoginNameBytes || hasControls(name) ||
        name.find(':') != std::string_view::npos)
        return fail(Code::InvalidRequest,
                    fmt::format("a user name has 1 to {} characters and no colon", wire::kMaxLoginNameBytes));
    return {};
}

Result<> checkPassword(std::string_view password)
{
    if (password.empty() || password.size() > wire::kMaxPasswordBytes || hasControls(password))
        return fail(Code::InvalidRequest,
                    fmt::format("a password has 1 to {} bytes and no line break", wire::kMaxPasswordBytes));
    return {};
}

Result<> checkAccessToken(std::string_view token)
{
    if (token.size() < wire::kMinAccessTokenBytes || token.size() > wire::kMaxTokenBytes ||
        !std::ranges::all_of(token, isTokenByte))
        return fail(
            Code::InvalidRequest,
            fmt::format("an access token has at least {} letters, digits or -._~+/= and no spaces; `openssl rand "
                        "-hex 32` makes a good one",
                        wire::kMinAccessTokenBytes));
    return {};
}

} // namespace guard
