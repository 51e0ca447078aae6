#include "settings/access_table.h"

#include "guard/header_rule.h"
#include "guard/span_text.h"

#include <array>
#include <sstream>

namespace settings {

namespace {

constexpr std::array<std::string_view, 15> kKeys{"users",
                                                 "token",
                                                 "allow",
                                                 "deny",
                                                 "only",
                                                 "expires",
                                                 "expires_idle",
                                                 "webhook",
                                                 "webhook_path",
                                                 "webhook_secret",
                                                 "webhook_tolerance",
                                                 "set_headers",
                                                 "remove_headers",
                                                 "cors",
                                                 "ask_first"};

// A date in quotes, or as TOML writes it.
void readExpires(TomlReader &toml, const toml::table &table, guard::Rules &rules)
{
    const toml::node *node = table.get("expires");
    if (!node)
        return;
    std::ostringstream text;
    if (const auto *date = node->as_date_time())
        text << date->get();
    else if (const auto *quoted = node->as_string())
        text << quoted->get();
    auto time = guard::parseTime(text.str());
    if (!time)
        return toml.complain(node->source(), fmt::format("expires: {}", time.error().message));
    rules.expires = *time;
}

void readIdle(TomlReader &toml, const toml::table &table, guard::Rules &rules)
{
    std::chrono::seconds idle{0};
    toml.readText(table, "expires_idle", guard::parseDuration, idle);
    if (idle > std::chrono::seconds{0})
        rules.idle = idle;
}

void readWebhook(TomlReader &toml, const toml::table &table, AccessEntry &access)
{
    guard::WebhookRule rule;
    toml.readText(table, "webhook", guard::parseWebhookSender, rule.sender);
    toml.readText(table, "webhook_path", guard::PathPattern::parse, rule.path);
    toml.readText(table, "webhook_tolerance", guard::parseDuration, rule.tolerance);
    toml.readText(table, "webhook_secret", parseSecretRef, access.webhookSecret);
    if (table.contains("webhook"))
        access.rules.webhook = rule;
    else if (table.contains("webhook_path") || table.contains("webhook_tolerance"))
        toml.complain(table.source(),
                      "webhook_path and webhook_tolerance need a webhook: github, stripe, slack or shopify");
}

void makeAbsolute(const QDir &folder, SecretRef &secret)
{
    if (secret.place == SecretPlace::File)
        secret.name = folder.absoluteFilePath(secret.name);
}

} // namespace

void readAccess(TomlReader &toml, const toml::table &tunnel, const QDir &folder, AccessEntry &access)
{
    const toml::node *node = tunnel.get(kAccessKey);
    if (!node)
        return;
    const auto *table = node->as_table();
    if (!table)
        return toml.complain(node->source(), "access is a table: write [tunnel.access] and its keys below");
    toml.refuseUnknownKeys(*table, kKeys, "in [tunnel.access]");
    auto &rules = access.rules;
    toml.readTexts(*table, "users", guard::parseLogin, rules.logins);
    toml.readText(*table, "token", parseSecretRef, access.token);
    rules.bearer = access.token.isSet();
    toml.readTexts(*table, "allow", wire::Cidr::parse, rules.allow);
    toml.readTexts(*table, "deny", wire::Cidr::parse, rules.deny);
    toml.readTexts(*table, "only", guard::RequestRule::parse, rules.only);
    toml.readTexts(*table, "set_headers", guard::parseSetHeader, rules.setHeaders);
    toml.readTexts(*table, "remove_headers", guard::parseRemoveHeader, rules.removeHeaders);
    toml.readBool(*table, "cors", rules.cors);
    toml.readBool(*table, "ask_first", rules.askFirst);
    readExpires(toml, *table, rules);
    readIdle(toml, *table, rules);
    readWebhook(toml, *table, access);
    makeAbsolute(folder, access.token);
    makeAbsolute(folder, access.webhookSecret);
    if (auto checked = checkAccess(access); !checked)
        toml.complain(table->source(), checked.error().message);
}

} // namespace settings
