#include "guard/header_rule.h"

#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::array<std::string_view, 10> kFixed{
    "Host",    "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE",
    "Trailer", "Expect",         "Proxy-Connection"};

std::string_view trimmed(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Result<> checkName(std::string_view name)
{
    if (!wire::isToken(name) || name.size() > wire::kMaxLoginNameBytes)
        return fail(Code::InvalidRequest, fmt::format("\"{}\" is not the name of a header", name));
    if (std::ranges::any_of(kFixed, [&](std::string_view fixed) { return wire::sameFieldName(fixed, name); }))
        return fail(Code::InvalidRequest,
                    fmt::format("{} cannot be changed: it says where a message goes or ends", name));
    return {};
}

} // namespace

Result<wire::Header> parseSetHeader(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return fail(Code::InvalidRequest, fmt::format("\"{}\" is not a header: write \"Name: value\"", text));
    const auto name = text.substr(0, colon);
    if (auto checked = checkName(name); !checked)
        return std::unexpected(std::move(checked.error()));
    const auto value = trimmed(text.substr(colon + 1));
    if (!wire::isFieldValue(value) || value.size() > wire::kMaxHeaderRuleBytes)
        return fail(Code::InvalidRequest, fmt::format("{}: the value cannot be sent in a header", name));
    return wire::Header{std::string(name), std::string(value)};
}

Result<std::string> parseRemoveHeader(std::string_view text)
{
    if (auto checked = checkName(text); !checked)
        return std::unexpected(std::move(checked.error()));
    return std::string(text);
}

void applyHeaderRules(wire::HeaderList &headers, std::span<const wire::Header> set, std::span<const std::string> remove)
{
    for (const auto &name : remove)
        wire::removeHeader(headers, name);
    for (const auto &[name, value] : set)
        wire::setHeader(headers, name, value);
}

} // namespace guard
