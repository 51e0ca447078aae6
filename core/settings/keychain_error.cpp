#include "settings/keychain_error.h"

#include <fmt/core.h>

namespace settings {

using wire::Code;
using wire::Error;

namespace {

#if defined(Q_OS_MACOS) || defined(Q_OS_WIN)
constexpr const char *kRemedy = "sign out of this computer and in again";
#else
constexpr const char *kRemedy = "start gnome-keyring or KWallet";
#endif

std::string inBrackets(const QString &detail)
{
    const QString text = detail.simplified();
    return text.isEmpty() ? std::string() : fmt::format(" ({})", text.toStdString());
}

} // namespace

Error keychainError(QKeychain::Error error, const QString &detail)
{
    const std::string why = inBrackets(detail);
    switch (error) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {Code::Forbidden, fmt::format("The keyring stays locked{}: unlock it and try again", why)};
    case QKeychain::CouldNotDeleteEntry:
        return {Code::InternalError, fmt::format("The keyring did not delete the token{}: delete the entry "
                                                 "\"http-tunnel\" in your password manager",
                                                 why)};
    default: return {Code::LocalServiceUnavailable, fmt::format("No keyring answers{}: {}", why, kRemedy)};
    }
}

Error lockedKeyring()
{
    return keychainError(QKeychain::AccessDeniedByUser, QStringLiteral("its question was not answered"));
}

} // namespace settings
