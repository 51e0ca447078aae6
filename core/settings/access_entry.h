// Who may reach a tunnel as it is written down: rules, and where their secrets are. Plain values; any thread.
#pragma once

#include "guard/rules.h"

#include <QString>

#include <cstdint>
#include <string_view>

namespace settings {

enum class SecretPlace : std::uint8_t { None, Keychain, File };

// Where a secret is kept: "keychain:NAME" or "file:PATH". Never the secret itself.
struct SecretRef {
    SecretPlace place = SecretPlace::None;
    QString name{}; // in the keychain; or an absolute path

    [[nodiscard]] bool isSet() const { return place != SecretPlace::None; }
    // The account in the SecretStore, with Keychain.
    [[nodiscard]] QString account() const { return QStringLiteral("tunnel-access:") + name; }
    friend bool operator==(const SecretRef &, const SecretRef &) = default;
};

struct AccessEntry {
    guard::Rules rules{};
    SecretRef token{};         // with rules.bearer
    SecretRef webhookSecret{}; // with rules.webhook

    [[nodiscard]] bool usesKeychain() const
    {
        return token.place == SecretPlace::Keychain || webhookSecret.place == SecretPlace::Keychain;
    }
    friend bool operator==(const AccessEntry &, const AccessEntry &) = default;
};

// A path stays as written. The error never quotes the text: it may be the secret.
[[nodiscard]] wire::Result<SecretRef> parseSecretRef(std::string_view text);
// Rules between fields.
[[nodiscard]] wire::Result<> checkAccess(const AccessEntry &access);

} // namespace settings
