#include "guard/rules.h"

#include "guard/credentials.h"
#include "guard/span_text.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

std::unexpected<wire::Error> invalid(std::string sentence)
{
    return fail(Code::InvalidRequest, std::move(sentence));
}

Result<> checkCounts(const Rules &rules)
{
    struct Count {
        std::size_t count;
        std::size_t most;
        const char *what;
    };
    for (const auto &[count, most, what] :
         {Count{rules.logins.size(), wire::kMaxTunnelLogins, "users"},
          Count{rules.allow.size(), wire::kMaxAddressRules, "allowed addresses"},
          Count{rules.deny.size(), wire::kMaxAddressRules, "denied addresses"},
          Count{rules.only.size(), wire::kMaxRequestRules, "requests let through"},
          Count{rules.setHeaders.size(), wire::kMaxHeaderRules, "headers set"},
          Count{rules.removeHeaders.size(), wire::kMaxHeaderRules, "headers removed"}}) {
        if (count > most)
            return invalid(fmt::format("{} {}: a tunnel has at most {}", count, what, most));
    }
    return {};
}

Result<> checkLogins(const std::vector<Login> &logins)
{
    for (auto login = logins.begin(); login != logins.end(); ++login) {
        if (std::find_if(logins.begin(), login, [&](const Login &other) { return other.name == login->name; }) != login)
            return invalid(fmt::format("the user \"{}\" is there twice", login->name));
    }
    return {};
}

Result<> checkSpans(const Rules &rules)
{
    if (rules.idle && (*rules.idle < wire::kMinIdleExpiry || *rules.idle > wire::kMaxExpiry))
        return invalid(fmt::format("a tunnel closes after {} to {} without a visitor, not {}",
                                   durationText(wire::kMinIdleExpiry), durationText(wire::kMaxExpiry),
                                   durationText(*rules.idle)));
    if (rules.webhook &&
        (rules.webhook->tolerance.count() <= 0 || rules.webhook->tolerance > wire::kMaxWebhookTolerance))
        return invalid(fmt::format("a webhook may be up to {} old at most", durationText(wire::kMaxWebhookTolerance)));
    return {};
}

bool isSecretText(std::string_view secret) noexcept
{
    return !secret.empty() && secret.size() <= wire::kMaxTokenBytes && wire::isFieldValue(secret);
}

} // namespace

bool Rules::publicToEveryone() const
{
    const bool signedEverywhere = webhook && webhook->path.matchesAll();
    return logins.empty() && !bearer && allow.empty() && !askFirst && !signedEverywhere;
}

Result<Login> parseLogin(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return invalid("a user is written as NAME:$scrypt$…, with the hash that `ttf hash-password` prints");
    if (auto checked = checkLoginName(text.substr(0, colon)); !checked)
        return std::unexpected(std::move(checked.error()));
    auto hash = PasswordHash::parse(text.substr(colon + 1));
    if (!hash)
        return std::unexpected(std::move(hash.error()));
    return Login{std::string(text.substr(0, colon)), *std::move(hash)};
}

std::string loginText(const Login &login)
{
    return login.name + ':' + login.password.text();
}

Result<> checkRules(const Rules &rules)
{
    for (const auto &checked : {checkCounts(rules), checkLogins(rules.logins), checkSpans(rules)}) {
        if (!checked)
            return checked;
    }
    return {};
}

Result<> checkSecrets(const Rules &rules, const Secrets &secrets)
{
    if (rules.bearer && secrets.tokens.empty())
        return invalid("the access token of this tunnel is missing");
    if (secrets.tokens.size() > wire::kMaxAccessTokens)
        return invalid(fmt::format("a tunnel has at most {} access tokens", wire::kMaxAccessTokens));
    for (const auto &token : secrets.tokens) {
        if (auto checked = checkAccessToken(token); !checked)
            return checked;
    }
    if (rules.webhook && secrets.webhooks.empty())
        return invalid(fmt::format("the secret that {} signs its webhooks with is missing",
                                   webhookSenderName(rules.webhook->sender)));
    if (secrets.webhooks.size() > wire::kMaxWebhookSecrets || !std::ranges::all_of(secrets.webhooks, isSecretText))
        return invalid(
            fmt::format("a webhook secret is one line of text, and a tunnel has at most {}", wire::kMaxWebhookSecrets));
    return {};
}

} // namespace guard
