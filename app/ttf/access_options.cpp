#include "ttf/access_options.h"

#include "guard/span_text.h"

#include <CLI/CLI.hpp>
#include <QDir>
#include <fmt/core.h>

namespace ttf {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr const char *kGroup = "Who may reach it";

template <class T>
Result<> readAll(const std::vector<std::string> &texts, Result<T> (*convert)(std::string_view), std::string_view option,
                 std::vector<T> &values)
{
    for (const std::string &text : texts) {
        auto value = convert(text);
        if (!value)
            return fail(Code::InvalidRequest, fmt::format("{}: {}", option, value.error().message));
        values.push_back(*std::move(value));
    }
    return {};
}

settings::SecretRef fileRef(const std::string &path)
{
    if (path.empty())
        return {};
    return {settings::SecretPlace::File, QDir::current().absoluteFilePath(QString::fromStdString(path))};
}

// A span of time from the start on, or a point in time.
Result<> readExpires(const std::string &text, AccessOptions &options)
{
    if (text.empty())
        return {};
    if (const auto span = guard::parseDuration(text)) {
        options.openFor = *span;
        return {};
    }
    const auto time = guard::parseTime(text);
    if (!time)
        return fail(Code::InvalidRequest,
                    fmt::format("--expires: \"{}\": write 30m, 2h or 7d, or a time as 2026-12-01T12:00:00Z", text));
    options.access.rules.expires = *time;
    return {};
}

Result<> readWebhook(const AccessWords &words, settings::AccessEntry &access)
{
    access.webhookSecret = fileRef(words.webhookSecretFile);
    if (words.webhook.empty())
        return {};
    const auto sender = guard::parseWebhookSender(words.webhook);
    if (!sender)
        return fail(Code::InvalidRequest, fmt::format("--webhook: {}", sender.error().message));
    access.rules.webhook = guard::WebhookRule{*sender, {}};
    return {};
}

} // namespace

void addAccessOptions(CLI::App &app, AccessWords &words)
{
    app.add_option("--basic-auth-file", words.loginFile,
                   "Visitors need a login of this file: a line NAME:PASSWORD each, or what `ttf hash-password` prints")
        ->type_name("FILE")
        ->group(kGroup);
    app.add_option("--access-token-file", words.tokenFile, "Or a bearer token of this file, one a line")
        ->type_name("FILE")
        ->group(kGroup);
    app.add_option("--allow-cidr", words.allow, "Only visitors from these addresses; may be repeated")
        ->type_name("CIDR")
        ->allow_extra_args(false)
        ->group(kGroup);
    app.add_option("--deny-cidr", words.deny, "No visitors from these addresses; may be repeated")
        ->type_name("CIDR")
        ->allow_extra_args(false)
        ->group(kGroup);
    app.add_option("--only", words.only, "Only these requests, for example \"POST /webhooks/*\"; may be repeated")
        ->type_name("\"METHOD /PATH\"")
        ->allow_extra_args(false)
        ->group(kGroup);
    app.add_option("--expires", words.expires, "Closed after this time (30m, 2h, 7d), or at a time (RFC 3339)")
        ->type_name("TIME")
        ->group(kGroup);
    app.add_option("--webhook", words.webhook, "Only webhooks with a valid signature of this sender")
        ->type_name("github|stripe|slack|shopify")
        ->group(kGroup);
    app.add_option("--webhook-secret-file", words.webhookSecretFile, "File with the secret they are signed with")
        ->type_name("FILE")
        ->group(kGroup);
    app.add_flag("--cors", words.cors, "Scripts of every origin may read the responses")->group(kGroup);
}

Result<AccessOptions> readAccessOptions(const AccessWords &words)
{
    AccessOptions options;
    auto &rules = options.access.rules;
    options.loginFile = QString::fromStdString(words.loginFile);
    options.access.token = fileRef(words.tokenFile);
    rules.bearer = options.access.token.isSet();
    rules.cors = words.cors;
    auto done = readAll(words.allow, wire::Cidr::parse, "--allow-cidr", rules.allow);
    if (done)
        done = readAll(words.deny, wire::Cidr::parse, "--deny-cidr", rules.deny);
    if (done)
        done = readAll(words.only, guard::RequestRule::parse, "--only", rules.only);
    if (done)
        done = readExpires(words.expires, options);
    if (done)
        done = readWebhook(words, options.access);
    if (done && words.webhook.empty() != words.webhookSecretFile.empty())
        done = fail(Code::InvalidRequest, "--webhook and --webhook-secret-file belong together");
    if (done)
        done = settings::checkAccess(options.access);
    if (!done)
        return std::unexpected(std::move(done).error());
    return options;
}

} // namespace ttf
