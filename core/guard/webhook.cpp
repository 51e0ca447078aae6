#include "guard/webhook.h"

#include "guard/crypto.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

struct Sender {
    WebhookSender sender;
    std::string_view text;
    std::string_view name;
    std::string_view signatureField;
    std::string_view timeField; // empty: the time is elsewhere, or not signed
};

constexpr std::array kSenders{
    Sender{WebhookSender::GitHub, "github", "GitHub", "X-Hub-Signature-256", ""},
    Sender{WebhookSender::Stripe, "stripe", "Stripe", "Stripe-Signature", ""},
    Sender{WebhookSender::Slack, "slack", "Slack", "X-Slack-Signature", "X-Slack-Request-Timestamp"},
    Sender{WebhookSender::Shopify, "shopify", "Shopify", "X-Shopify-Hmac-Sha256", ""},
};

const Sender &senderOf(WebhookSender sender) noexcept
{
    return *std::ranges::find(kSenders, sender, &Sender::sender);
}

// The value of a field that is there once: two of them may be read in two ways.
std::optional<std::string_view> onlyValue(const wire::HeaderList &headers, std::string_view name) noexcept
{
    std::optional<std::string_view> value;
    for (const auto &header : headers) {
        if (!wire::sameFieldName(header.name, name))
            continue;
        if (value)
            return std::nullopt;
        value = header.value;
    }
    return value;
}

std::unexpected<wire::Error> refuse(std::string why)
{
    return fail(Code::Forbidden, std::move(why));
}

// What was signed, and the signatures, any of which may fit.
struct Claim {
    std::string text;                   // in front of the body
    std::vector<std::string> signatures; // bytes
    std::optional<std::string_view> time;
};

std::string afterPrefix(std::string_view value, std::string_view prefix)
{
    return value.starts_with(prefix) ? bytesOfHex(value.substr(prefix.size())) : std::string();
}

Claim stripeClaim(std::string_view value)
{
    Claim claim;
    while (!value.empty()) {
        const auto comma = value.find(',');
        const auto part = value.substr(0, comma);
        if (part.starts_with("t=") && !claim.time)
            claim.time = part.substr(2);
        else if (part.starts_with("v1=") && claim.signatures.size() < wire::kMaxWebhookSignatures)
            claim.signatures.push_back(bytesOfHex(part.substr(3)));
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
    claim.text = fmt::format("{}.", claim.time.value_or(""));
    return claim;
}

Claim claimOf(const Sender &sender, const wire::HeaderList &headers)
{
    const auto value = onlyValue(headers, sender.signatureField).value_or("");
    switch (sender.sender) {
    case WebhookSender::GitHub: return {{}, {afterPrefix(value, "sha256=")}, {}};
    case WebhookSender::Stripe: return stripeClaim(value);
    case WebhookSender::Slack: {
        const auto time = onlyValue(headers, sender.timeField);
        return {fmt::format("v0:{}:", time.value_or("")), {afterPrefix(value, "v0=")}, time};
    }
    case WebhookSender::Shopify: return {{}, {wire::decodeBase64(value).value_or(std::string())}, {}};
    }
    return {};
}

bool signsTime(WebhookSender sender) noexcept
{
    return sender == WebhookSender::Stripe || sender == WebhookSender::Slack;
}

Result<> checkTime(const Claim &claim, std::chrono::sys_seconds now, std::chrono::seconds tolerance)
{
    std::int64_t seconds = -1;
    const auto text = claim.time.value_or("");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || seconds < 0 ||
        seconds > wire::kMaxJwtTime)
        return refuse("the webhook does not say when it was sent");
    const auto age = now.time_since_epoch() - std::chrono::seconds(seconds);
    if (age > tolerance || -age > tolerance)
        return refuse(
            fmt::format("the webhook was signed {} seconds {}: it may be an old one, sent again, or a clock is "
                        "wrong",
                        std::abs(age.count()), age.count() < 0 ? "ahead of this computer's clock" : "ago"));
    return {};
}

bool fits(const Claim &claim, std::string_view secret, std::string_view body)
{
    const auto expected =
        claim.text.empty() ? hmacSha256(secret, body) : hmacSha256(secret, claim.text + std::string(body));
    return std::ranges::any_of(claim.signatures, [&](const auto &given) { return sameBytes(given, expected); });
}

} // namespace

Result<WebhookSender> parseWebhookSender(std::string_view text)
{
    const auto *found = std::ranges::find(kSenders, text, &Sender::text);
    if (found == kSenders.end())
        return fail(Code::InvalidRequest,
                    fmt::format("\"{}\": signatures of github, stripe, slack and shopify can be checked", text));
    return found->sender;
}

std::string_view webhookSenderText(WebhookSender sender) noexcept
{
    return senderOf(sender).text;
}

std::string_view webhookSenderName(WebhookSender sender) noexcept
{
    return senderOf(sender).name;
}

bool isSigned(WebhookSender sender, const wire::HeaderList &headers) noexcept
{
    const auto &fields = senderOf(sender);
    return onlyValue(headers, fields.signatureField) &&
           (fields.timeField.empty() || onlyValue(headers, fields.timeField));
}

Result<> verifyWebhook(WebhookSender sender, std::span<const std::string> secrets, const WebhookMessage &message,
                       std::chrono::sys_seconds now, std::chrono::seconds tolerance)
{
    if (!isSigned(sender, message.headers))
        return refuse(fmt::format("the request has no signature of {}", webhookSenderName(sender)));
    const auto claim = claimOf(senderOf(sender), message.headers);
    const bool genuine =
        std::ranges::any_of(secrets, [&](const auto &secret) { return fits(claim, secret, message.body); });
    if (!genuine)
        return refuse(fmt::format("the signature is not one of {} with your secret", webhookSenderName(sender)));
    return signsTime(sender) ? checkTime(claim, now, tolerance) : Result<>{};
}

} // namespace guard
