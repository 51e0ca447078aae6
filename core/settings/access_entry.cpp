#include "settings/access_entry.h"

#include <algorithm>

namespace settings {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kKeychain = "keychain:";
constexpr std::string_view kFile = "file:";

bool isName(std::string_view text) noexcept
{
    const auto isNameByte = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    };
    return !text.empty() && text.size() <= wire::kMaxLoginNameBytes && std::ranges::all_of(text, isNameByte);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

Result<SecretRef> parseSecretRef(std::string_view text)
{
    if (text.starts_with(kKeychain) && isName(text.substr(kKeychain.size())))
        return SecretRef{SecretPlace::Keychain, toQString(text.substr(kKeychain.size()))};
    if (text.starts_with(kFile) && text.size() > kFile.size())
        return SecretRef{SecretPlace::File, toQString(text.substr(kFile.size()))};
    return fail(Code::InvalidRequest,
                "write where the secret is, \"keychain:NAME\" or \"file:PATH\": the secret itself "
                "does not belong into this file");
}

Result<> checkAccess(const AccessEntry &access)
{
    if (access.rules.webhook && !access.webhookSecret.isSet())
        return fail(Code::InvalidRequest, "webhook needs a webhook_secret: where the secret is that it is signed with");
    if (!access.rules.webhook && access.webhookSecret.isSet())
        return fail(Code::InvalidRequest, "webhook_secret needs a webhook: github, stripe, slack or shopify");
    return guard::checkRules(access.rules);
}

} // namespace settings
