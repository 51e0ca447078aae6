#include "settings/access_text.h"

#include "guard/span_text.h"
#include "settings/toml_text.h"

namespace settings {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <class List, class Text>
std::string listLine(std::string_view key, const List &list, Text text)
{
    if (list.empty())
        return {};
    std::string out = std::string(key) + " = [";
    const char *separator = "";
    for (const auto &item : list) {
        out += separator + tomlString(toQString(text(item)));
        separator = ", ";
    }
    return out + "]\n";
}

template <class FileText>
std::string secretLine(std::string_view key, const SecretRef &secret, const FileText &fileText)
{
    if (!secret.isSet())
        return {};
    const bool file = secret.place == SecretPlace::File;
    return tomlLine(key,
                    file ? QStringLiteral("file:") + fileText(secret.name) : QStringLiteral("keychain:") + secret.name);
}

std::string webhookLines(const guard::WebhookRule &rule)
{
    std::string out = tomlLine("webhook", toQString(guard::webhookSenderText(rule.sender)));
    if (!rule.path.matchesAll())
        out += tomlLine("webhook_path", toQString(rule.path.text()));
    if (rule.tolerance != guard::WebhookRule{}.tolerance)
        out += tomlLine("webhook_tolerance", toQString(guard::durationText(rule.tolerance)));
    return out;
}

std::string switchLines(const guard::Rules &rules)
{
    std::string out;
    if (rules.cors)
        out += tomlLine("cors", true);
    if (rules.askFirst)
        out += tomlLine("ask_first", true);
    return out;
}

std::string timeLines(const guard::Rules &rules)
{
    std::string out;
    if (rules.expires)
        out += tomlLine("expires", toQString(guard::timeText(*rules.expires)));
    if (rules.idle)
        out += tomlLine("expires_idle", toQString(guard::durationText(*rules.idle)));
    return out;
}

} // namespace

std::string accessText(const AccessEntry &access, const std::function<QString(const QString &)> &fileText)
{
    if (access == AccessEntry{})
        return {};
    const auto &rules = access.rules;
    std::string out = "\n[tunnel.access]\n";
    out += listLine("users", rules.logins, guard::loginText);
    out += secretLine("token", access.token, fileText);
    out += listLine("allow", rules.allow, [](const wire::Cidr &range) { return range.text(); });
    out += listLine("deny", rules.deny, [](const wire::Cidr &range) { return range.text(); });
    out += listLine("only", rules.only, [](const guard::RequestRule &rule) { return rule.text(); });
    out += timeLines(rules);
    if (rules.webhook)
        out += webhookLines(*rules.webhook);
    out += secretLine("webhook_secret", access.webhookSecret, fileText);
    out += switchLines(rules);
    out += listLine("set_headers", rules.setHeaders,
                    [](const wire::Header &header) { return header.name + ": " + header.value; });
    out += listLine("remove_headers", rules.removeHeaders, [](const std::string &name) { return name; });
    return out;
}

} // namespace settings
