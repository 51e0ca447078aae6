#include "guard/request_rule.h"

#include "guard/cors.h"
#include "guard/request_path.h"
#include "wire/limits.h"
#include "wire/variable_name.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::array<std::string_view, 6> kOverrides{"X-HTTP-Method-Override", "X-HTTP-Method",  "X-Method-Override",
                                                     "X-Original-URL",         "X-Original-URI", "X-Rewrite-URL"};

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool sameAnyCase(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

Result<std::vector<std::string>> parseMethods(std::string_view text)
{
    std::vector<std::string> methods;
    while (true) {
        const auto comma = text.find(',');
        const auto method = text.substr(0, comma);
        const bool upper = std::ranges::none_of(method, [](char c) { return c >= 'a' && c <= 'z'; });
        if (!wire::isToken(method) || method.size() > wire::kMaxMethodBytes || !upper)
            return fail(Code::InvalidRequest,
                        fmt::format("\"{}\" is not a method: write GET, POST, … in capitals", method));
        methods.emplace_back(method);
        if (comma == std::string_view::npos)
            return methods;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

Result<PathPattern> PathPattern::parse(std::string_view text)
{
    PathPattern pattern;
    pattern.m_prefix = text.ends_with('*');
    const auto path = text.substr(0, text.size() - (pattern.m_prefix ? 1 : 0));
    if (text.size() > wire::kMaxRulePathBytes || !path.starts_with('/') || path.find('*') != std::string_view::npos)
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\" is not a path: write /health, or /webhooks/* for all below it", text));
    if (plainPath(path) != path)
        return fail(
            Code::InvalidRequest,
            fmt::format("\"{}\": write the path plainly, without escapes, \"//\", \"..\", \";\" or a query", text));
    pattern.m_path = path;
    return pattern;
}

bool PathPattern::matches(std::string_view path) const noexcept
{
    return m_prefix ? path.starts_with(m_path) : path == m_path;
}

bool PathPattern::matchesAnyCase(std::string_view path) const noexcept
{
    return sameAnyCase(m_prefix ? path.substr(0, m_path.size()) : path, m_path);
}

Result<RequestRule> RequestRule::parse(std::string_view text)
{
    RequestRule rule;
    const auto space = text.find(' ');
    if (space != std::string_view::npos) {
        auto methods = parseMethods(text.substr(0, space));
        if (!methods)
            return std::unexpected(std::move(methods.error()));
        rule.m_methods = *std::move(methods);
    }
    auto path = PathPattern::parse(space == std::string_view::npos ? text : text.substr(space + 1));
    if (!path)
        return std::unexpected(std::move(path.error()));
    rule.m_path = *std::move(path);
    return rule;
}

bool RequestRule::matches(std::string_view method, std::string_view path) const noexcept
{
    const auto named = [&](std::string_view wanted) { return std::ranges::find(m_methods, wanted) != m_methods.end(); };
    return (m_methods.empty() || named(method) || (method == "HEAD" && named("GET"))) && m_path.matches(path);
}

std::string RequestRule::text() const
{
    return m_methods.empty() ? m_path.text() : fmt::format("{} {}", fmt::join(m_methods, ","), m_path.text());
}

bool namesAnotherTarget(const wire::Header &field) noexcept
{
    return std::ranges::any_of(kOverrides, [&](auto name) { return wire::sameVariableName(field.name, name); });
}

bool namesAnotherTarget(const wire::RequestHead &head) noexcept
{
    return std::ranges::any_of(head.headers, [](const auto &field) { return namesAnotherTarget(field); });
}

bool letsThrough(std::span<const RequestRule> rules, const wire::RequestHead &head)
{
    if (rules.empty())
        return true;
    const auto path = plainPath(head.uri);
    if (!path || namesAnotherTarget(head))
        return false;
    const std::string_view method =
        isPreflight(head) ? *wire::findHeader(head.headers, kRequestMethodField) : std::string_view(head.method);
    return std::ranges::any_of(rules, [&](const RequestRule &rule) { return rule.matches(method, *path); });
}

} // namespace guard
