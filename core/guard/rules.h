// Who may reach one tunnel, as its owner wrote it down. A value without secrets; crosses threads by copy. All rules that
// are set must hold. A path with signed webhooks needs the signature instead of a login and of the owner's consent.
#pragma once

#include "guard/password_hash.h"
#include "guard/request_rule.h"
#include "guard/webhook.h"
#include "wire/cidr.h"
#include "wire/limits.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace guard {

struct Login {
    std::string name;
    PasswordHash password;

    friend bool operator==(const Login &, const Login &) = default;
};

struct WebhookRule {
    WebhookSender sender = WebhookSender::GitHub;
    PathPattern path{};
    std::chrono::seconds tolerance = wire::kWebhookTolerance;

    friend bool operator==(const WebhookRule &, const WebhookRule &) = default;
};

struct Rules {
    std::vector<Login> logins{}; // any of them, or a token
    bool bearer = false; // one of Secrets::tokens
    std::vector<wire::Cidr> allow{}; // none: every address
    std::vector<wire::Cidr> deny{}; // wins over allow
    std::vector<RequestRule> only{}; // none: every request
    std::optional<std::chrono::sys_seconds> expires{};
    std::optional<std::chrono::seconds> idle{}; // closes after this long without a request that was let in
    std::optional<WebhookRule> webhook{};
    bool askFirst = false; // the owner is asked about each new visitor
    bool cors = false; // scripts of every origin may read what the service answers
    wire::HeaderList setHeaders{};
    std::vector<std::string> removeHeaders{};

    [[nodiscard]] bool empty() const { return *this == Rules{}; }
    // Nothing keeps a stranger who knows the address from the service: no login, address, signature or consent is asked
    // for everywhere.
    [[nodiscard]] bool publicToEveryone() const;
    [[nodiscard]] bool needsAddress() const { return askFirst || !allow.empty() || !deny.empty(); }
    friend bool operator==(const Rules &, const Rules &) = default;
};

// What the rules need and no file holds.
struct Secrets {
    std::vector<std::string> tokens{};
    std::vector<std::string> webhooks{};

    friend bool operator==(const Secrets &, const Secrets &) = default;
};

// "user:$scrypt$…"
[[nodiscard]] wire::Result<Login> parseLogin(std::string_view text);
[[nodiscard]] std::string loginText(const Login &login);
// Counts, sizes and spans within limits.h; no login twice. InvalidRequest with a sentence for the owner.
[[nodiscard]] wire::Result<> checkRules(const Rules &rules);
// Every secret that the rules ask for is there and can be one.
[[nodiscard]] wire::Result<> checkSecrets(const Rules &rules, const Secrets &secrets);

} // namespace guard
