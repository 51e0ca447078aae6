#include "settings/token_expiry.h"

#include "wire/base64.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace settings {

namespace {

using nlohmann::json;

constexpr int kMaxDepth = 8; // of a payload: claims are flat

// The middle of HEAD.PAYLOAD.SIGNATURE, decoded; empty when it is no such text.
std::string payloadOf(std::string_view token)
{
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > wire::kMaxTokenBytes || second == std::string_view::npos ||
        token.find('.', second + 1) != std::string_view::npos)
        return {};
    return wire::decodeBase64Url(token.substr(first + 1, second - first - 1)).value_or(std::string());
}

// What is deeper is left out: it would only cost memory.
bool isShallow(int depth, json::parse_event_t, json &)
{
    return depth <= kMaxDepth;
}

} // namespace

std::optional<TokenTime> tokenExpiry(std::string_view token)
{
    const auto claims = json::parse(payloadOf(token), isShallow, false);
    if (!claims.is_object() || !claims.contains("exp") || !claims["exp"].is_number())
        return std::nullopt;
    const double seconds = std::floor(claims["exp"].get<double>());
    if (!(seconds >= 0 && seconds <= static_cast<double>(wire::kMaxJwtTime)))
        return std::nullopt;
    return TokenTime(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

} // namespace settings
