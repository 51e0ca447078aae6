#include "ttf/secrets_unlock.h"

#include "ttf/password_prompt.h"
#include "wire/limits.h"

#include <QFile>
#include <fmt/core.h>

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace ttf {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

Result<std::string> readPassphraseFile(const QString &path, int standardInput)
{
    if (path == QStringLiteral("-"))
        return readPassword(standardInput, "Passphrase: ");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(Code::InvalidRequest,
                    fmt::format("passphrase file {}: {}", path.toStdString(), file.errorString().toStdString()));
    return readPassword(file.handle(), "Passphrase: ");
}

settings::WipedBytes taken(std::string passphrase)
{
    settings::WipedBytes bytes{std::string_view(passphrase)};
    settings::wipeBytes(passphrase);
    return bytes;
}

} // namespace

SecretsUnlock::SecretsUnlock(settings::SecretVault &vault, QString passphraseFile, int terminal)
    : m_vault(vault), m_passphraseFile(std::move(passphraseFile)), m_terminal(terminal)
{
}

void SecretsUnlock::run(Done done)
{
    m_done = std::move(done);
    const bool given = !m_passphraseFile.isEmpty();
    if (!m_vault.file().exists()) {
        if (given)
            m_warnings.emplace_back("--passphrase-file is not used: there is no file with saved tokens");
        return m_done({});
    }
    if (given)
        tryIt(readPassphraseFile(m_passphraseFile, m_terminal), m_done);
    else if (::isatty(m_terminal) != 0)
        ask();
    else
        goOnWithout(fmt::format("{} with the saved tokens is locked: its passphrase comes by --passphrase-file",
                                m_vault.file().path().toStdString()));
}

// An empty line: without what is saved.
void SecretsUnlock::ask()
{
    ++m_tries;
    const std::string prompt =
        fmt::format("Passphrase of {} (Enter: without saved tokens): ", m_vault.file().path().toStdString());
    auto passphrase = readPassword(m_terminal, prompt);
    if (!passphrase && passphrase.error().code != Code::Cancelled)
        return goOnWithout({});
    tryIt(std::move(passphrase), [this](const Result<> &refused) {
        const bool wrong = !refused && refused.error().code == Code::Forbidden;
        if (!wrong)
            return m_done(refused);
        fmt::print(stderr, "Another passphrase made it.\n");
        if (m_tries < wire::kPassphraseTries)
            ask();
        else
            goOnWithout("the saved tokens are not used: their file stays locked");
    });
}

void SecretsUnlock::tryIt(Result<std::string> passphrase, const Done &onRefused)
{
    if (!passphrase)
        return onRefused(std::unexpected(passphrase.error()));
    m_vault.unlock(taken(*std::move(passphrase)), this, [this, onRefused](const Result<> &unlocked) {
        if (unlocked)
            m_done({});
        else
            onRefused(unlocked);
    });
}

void SecretsUnlock::goOnWithout(std::string warning)
{
    m_vault.file().postpone();
    if (!warning.empty())
        m_warnings.push_back(std::move(warning));
    m_done({});
}

} // namespace ttf
