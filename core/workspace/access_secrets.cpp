#include "workspace/access_secrets.h"

#include "settings/small_file.h"

#include <fmt/core.h>

#include <string>
#include <vector>

namespace workspace {

using settings::SecretPlace;
using settings::SecretRef;
using wire::Code;
using wire::fail;
using wire::Result;

namespace {

using Lines = std::vector<std::string>;
using LinesDone = std::function<void(const Result<Lines> &)>;

Result<Lines> linesOf(const QByteArray &text, const std::string &source)
{
    Lines lines;
    for (const QByteArray &line : text.split('\n')) {
        if (const QByteArray trimmed = line.trimmed(); !trimmed.isEmpty())
            lines.push_back(trimmed.toStdString());
    }
    if (lines.empty())
        return fail(Code::InvalidRequest,
                    fmt::format("{} has no secret for this tunnel's rules: set it again", source));
    return lines;
}

Result<Lines> readFile(const QString &path)
{
    const auto text = settings::readSmallFile(path, wire::kMaxTokenBytes);
    if (!text)
        return std::unexpected(text.error());
    return linesOf(QByteArray::fromStdString(*text), path.toStdString());
}

Result<Lines> fromStore(const Result<settings::Secret> &kept, const QString &name)
{
    if (!kept)
        return fail(Code::InvalidRequest, fmt::format("the secret \"{}\" of this tunnel's rules could not be read: {}",
                                                      name.toStdString(), kept.error().message));
    return linesOf(kept->reveal(), fmt::format("the keyring's entry \"{}\"", name.toStdString()));
}

void read(const SecretRef &ref, settings::SecretStore &store, QObject *context, const LinesDone &done)
{
    switch (ref.place) {
    case SecretPlace::None: return done(Lines{});
    case SecretPlace::File: return done(readFile(ref.name));
    case SecretPlace::Keychain: break;
    }
    store.read(ref.account(), context,
               [name = ref.name, done](const Result<settings::Secret> &kept) { done(fromStore(kept, name)); });
}

} // namespace

void readAccessSecrets(const settings::AccessEntry &access, settings::SecretStore &store, QObject *context,
                       AccessSecretsDone done)
{
    read(access.token, store, context, [access, &store, context, done](const Result<Lines> &tokens) {
        if (!tokens)
            return done(std::unexpected(tokens.error()));
        read(access.webhookSecret, store, context, [tokens = *tokens, done](const Result<Lines> &webhooks) {
            if (!webhooks)
                return done(std::unexpected(webhooks.error()));
            done(guard::Secrets{tokens, *webhooks});
        });
    });
}

} // namespace workspace
