// Whether a webhook was sent by who it says it is: the signatures of GitHub, Stripe, Slack and Shopify over the body as
// it came. Pure; any thread.
//   GitHub   X-Hub-Signature-256: sha256=HEX of the body
//   Stripe   Stripe-Signature: t=TIME,v1=HEX[,v1=HEX…] of "TIME.BODY"
//   Slack    X-Slack-Request-Timestamp: TIME and X-Slack-Signature: v0=HEX of "v0:TIME:BODY"
//   Shopify  X-Shopify-Hmac-Sha256: BASE64 of the body
// All are HMAC-SHA256 with the secret that the sender shows its user. Where the time is signed, an old message that is
// sent again is refused.
#pragma once

#include "wire/http_head.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace guard {

enum class WebhookSender : std::uint8_t { GitHub, Stripe, Slack, Shopify };

[[nodiscard]] wire::Result<WebhookSender> parseWebhookSender(std::string_view text); // "github", …
[[nodiscard]] std::string_view webhookSenderText(WebhookSender sender) noexcept;
[[nodiscard]] std::string_view webhookSenderName(WebhookSender sender) noexcept; // for people: "GitHub"

struct WebhookMessage {
    const wire::HeaderList &headers;
    std::string_view body;
};

// Whether the fields of a signature are there: without them the body need not be read.
[[nodiscard]] bool isSigned(WebhookSender sender, const wire::HeaderList &headers) noexcept;

// Forbidden, with what was wrong in a sentence for the owner's log. One secret that fits is enough.
[[nodiscard]] wire::Result<> verifyWebhook(WebhookSender sender, std::span<const std::string> secrets,
                                           const WebhookMessage &message, std::chrono::sys_seconds now,
                                           std::chrono::seconds tolerance);

} // namespace guard
