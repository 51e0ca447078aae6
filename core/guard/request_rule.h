// "only POST /webhooks/*": which requests a tunnel lets through. Pure values; any thread.
#pragma once

#include "wire/http_head.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guard {

// The path of a rule: "/health" is that path alone, "/webhooks/*" all that begin with "/webhooks/", "/*" all.
class PathPattern {
public:
    PathPattern() = default; // "/*"
    [[nodiscard]] static wire::Result<PathPattern> parse(std::string_view text);

    [[nodiscard]] bool matchesAll() const noexcept { return m_prefix && m_path == "/"; }
    // `path`: of plainPath(). Letter case counts.
    [[nodiscard]] bool matches(std::string_view path) const noexcept;
    // The same where letter case does not count: for rules that demand something, which another case must not avoid.
    [[nodiscard]] bool matchesAnyCase(std::string_view path) const noexcept;
    [[nodiscard]] std::string text() const { return m_prefix ? m_path + "*" : m_path; }

    friend bool operator==(const PathPattern &, const PathPattern &) = default;

private:
    std::string m_path = "/";
    bool m_prefix = true;
};

class RequestRule {
public:
    // "POST /webhooks/*", "GET,POST /api/*", or "/health" for every method. GET lets HEAD through too.
    [[nodiscard]] static wire::Result<RequestRule> parse(std::string_view text);

    [[nodiscard]] bool matches(std::string_view method, std::string_view path) const noexcept;
    [[nodiscard]] std::string text() const;

    friend bool operator==(const RequestRule &, const RequestRule &) = default;

private:
    std::vector<std::string> m_methods; // none: every method
    PathPattern m_path;
};

// Fields that name another method or path than the start line does (X-HTTP-Method-Override, X-Original-URL and their
// kin, with "_" for "-" too), which some frameworks follow.
[[nodiscard]] bool namesAnotherTarget(const wire::Header &field) noexcept;
[[nodiscard]] bool namesAnotherTarget(const wire::RequestHead &head) noexcept;

// Whether one of the rules lets this request through; true when there are none. A preflight is judged by the method it
// asks about. Never true for a path without a plain form, or when namesAnotherTarget().
[[nodiscard]] bool letsThrough(std::span<const RequestRule> rules, const wire::RequestHead &head);

} // namespace guard
