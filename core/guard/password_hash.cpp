#include "guard/password_hash.h"

#include "guard/crypto.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace guard {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kDrawnAlphabet = "abcdefghjkmnpqrstuvwxyz23456789-"; // 32: five bits each
static_assert(kDrawnAlphabet.size() == 32);
constexpr std::size_t kMinSaltBytes = 8;
constexpr std::size_t kMaxSaltBytes = 64;

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

// "ln=15" -> 15
std::optional<unsigned> parameter(std::string_view text, std::string_view name)
{
    if (!text.starts_with(name))
        return std::nullopt;
    text.remove_prefix(name.size());
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// The PHC format writes base64 without padding.
std::string bare(std::string_view bytes)
{
    auto text = wire::encodeBase64(bytes);
    text.resize(text.find_last_not_of('=') + 1);
    return text;
}

Result<std::string> fromBare(std::string_view text)
{
    std::string padded(text);
    padded.append((4 - padded.size() % 4) % 4, '=');
    return wire::decodeBase64(padded);
}

std::unexpected<wire::Error> malformed()
{
    return fail(Code::InvalidRequest, "a kept password begins with $scrypt$ln=…,r=8,p=…$ as `ttf hash-password` prints "
                                      "it; copy it again, whole");
}

} // namespace

std::string PasswordHash::derive(std::string_view password) const
{
    std::string key(m_hash.empty() ? wire::kScryptHashBytes : m_hash.size(), '\0');
    scrypt(password, m_salt, m_cost, key);
    return key;
}

PasswordHash PasswordHash::of(std::string_view password)
{
    PasswordHash made;
    made.m_salt = randomBytes(wire::kScryptSaltBytes);
    made.m_hash = made.derive(password);
    return made;
}

Result<PasswordHash> PasswordHash::parse(std::string_view text)
{
    const auto parts = split(text, '$'); // "", scrypt, parameters, salt, hash
    if (parts.size() != 5 || !parts[0].empty() || parts[1] != "scrypt")
        return malformed();
    const auto parameters = split(parts[2], ',');
    if (parameters.size() != 3)
        return malformed();
    const auto logN = parameter(parameters[0], "ln=");
    const auto blockSize = parameter(parameters[1], "r=");
    const auto parallelism = parameter(parameters[2], "p=");
    auto salt = fromBare(parts[3]);
    auto hash = fromBare(parts[4]);
    if (!logN || !blockSize || !parallelism || !salt || !hash || salt->size() < kMinSaltBytes ||
        salt->size() > kMaxSaltBytes || hash->size() != wire::kScryptHashBytes)
        return malformed();
    const ScryptCost cost{*logN, *blockSize, *parallelism};
    if (!cost.acceptable())
        return fail(
            Code::InvalidRequest,
            fmt::format("a kept password has scrypt parameters ln={} to {}, r={}, p=1 to {}: others are guessed "
                        "too fast, or stop the tunnel for too long",
                        wire::kMinScryptLogN, wire::kMaxScryptLogN, wire::kScryptBlockSize,
                        wire::kMaxScryptParallelism));
    PasswordHash parsed;
    parsed.m_cost = cost;
    parsed.m_salt = *std::move(salt);
    parsed.m_hash = *std::move(hash);
    return parsed;
}

bool PasswordHash::matches(std::string_view password) const
{
    return sameBytes(derive(password), m_hash);
}

std::string PasswordHash::text() const
{
    return fmt::format("$scrypt$ln={},r={},p={}${}${}", m_cost.logN, m_cost.blockSize, m_cost.parallelism, bare(m_salt),
                       bare(m_hash));
}

std::string drawPassword()
{
    std::string password = randomBytes(wire::kDrawnPasswordLength);
    for (char &c : password)
        c = kDrawnAlphabet[static_cast<unsigned char>(c) % kDrawnAlphabet.size()];
    return password;
}

} // namespace guard
