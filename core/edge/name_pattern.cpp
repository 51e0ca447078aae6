#include "edge/name_pattern.h"

#include "wire/ids.h"
#include "wire/limits.h"

#include <algorithm>

namespace edge {

namespace {

bool isPatternCharacter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '*';
}

} // namespace

bool isNamePattern(std::string_view pattern) noexcept
{
    return !pattern.empty() && pattern.size() <= wire::kMaxNameLength &&
           std::ranges::all_of(pattern, isPatternCharacter);
}

// Goes back to the last `*` only: those before it have matched as little as they could, which leaves most to the rest.
bool matchesName(std::string_view pattern, std::string_view name) noexcept
{
    std::size_t at = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    for (std::size_t i = 0; i < name.size();) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            retry = i;
        } else if (at < pattern.size() && pattern[at] == name[i]) {
            ++at;
            ++i;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            i = ++retry;
        } else {
            return false;
        }
    }
    return pattern.substr(at).find_first_not_of('*') == std::string_view::npos;
}

std::optional<std::string> nameFromPattern(std::string_view pattern, std::string_view drawn)
{
    std::string name(pattern);
    if (const auto star = name.find('*'); star != std::string::npos)
        name.replace(star, 1, drawn);
    std::erase(name, '*');
    return wire::checkTunnelName(name) ? std::optional(std::move(name)) : std::nullopt;
}

} // namespace edge
