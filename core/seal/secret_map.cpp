#include "seal/secret_map.h"

#include "wire/limits.h"
#include "wire/msgpack.h"

#include <fmt/core.h>

namespace seal {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::size_t kTextHeadBytes = 5; // the longest that MessagePack puts before a text, and before a map

void readPair(wire::MsgpackReader &reader, SecretMap &secrets)
{
    const std::string_view account = reader.string();
    const std::string_view secret = reader.string();
    if (!reader.ok())
        return;
    if (account.empty() || account.size() > wire::kMaxSecretAccountBytes)
        reader.fail("an account has no text, or too long a one");
    else if (secret.size() > wire::kMaxTokenBytes)
        reader.fail("a secret is too long");
    else if (!secrets.emplace(account, secret).second)
        reader.fail("an account is there twice");
}

} // namespace

WipedBytes encodeSecrets(const SecretMap &secrets)
{
    std::size_t room = kTextHeadBytes;
    for (const auto &[account, secret] : secrets)
        room += account.size() + secret.size() + 2 * kTextHeadBytes;
    std::string out;
    out.reserve(room); // so that no shorter copy is left behind
    wire::MsgpackWriter writer(out);
    writer.map(secrets.size());
    for (const auto &[account, secret] : secrets) {
        writer.string(account);
        writer.string(secret);
    }
    WipedBytes bytes{std::string_view(out)};
    wipeBytes(out);
    return bytes;
}

Result<SecretMap> decodeSecrets(std::string_view bytes)
{
    wire::MsgpackReader reader(bytes);
    SecretMap secrets;
    const std::size_t count = reader.map();
    if (count > wire::kMaxStoredSecrets)
        reader.fail("too many secrets");
    for (std::size_t i = 0; i < count && reader.ok(); ++i)
        readPair(reader, secrets);
    if (auto finished = reader.finish("saved secrets"); !finished)
        return fail(Code::InvalidRequest, std::move(finished).error().message);
    return secrets;
}

Result<> checkStorable(const SecretMap &secrets, std::string_view account, std::string_view secret)
{
    if (account.empty() || account.size() > wire::kMaxSecretAccountBytes)
        return fail(Code::InvalidRequest,
                    fmt::format("the address of a server has at most {} characters", wire::kMaxSecretAccountBytes));
    if (secret.size() > wire::kMaxTokenBytes)
        return fail(Code::InvalidRequest, fmt::format("a secret has at most {} bytes", wire::kMaxTokenBytes));
    if (!secrets.contains(account) && secrets.size() >= wire::kMaxStoredSecrets)
        return fail(Code::InvalidRequest,
                    fmt::format("{} secrets are saved already: remove one first", wire::kMaxStoredSecrets));
    return {};
}

} // namespace seal
