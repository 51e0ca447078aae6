// JSON Web Key Sets, as an issuer publishes them and as an operator keeps his secrets. First byte: 0 a public set, 1 a set
// of secrets, 2 one public key, 3 one with its private part; 4 a list of revocations.
#include "edge/jwt_keys.h"
#include "edge/revocations.h"
#include "fuzz/fuzz.h"
#include "wire/json_reader.h"
#include "wire/limits.h"

#include <nlohmann/json.hpp>

#include <string>

namespace {

constexpr edge::JwtTime kNow{std::chrono::seconds(1'800'000'000)};

constexpr edge::JwtAlgorithm kAlgorithms[] = {
    edge::JwtAlgorithm::HS256, edge::JwtAlgorithm::RS256, edge::JwtAlgorithm::PS512, edge::JwtAlgorithm::ES256,
    edge::JwtAlgorithm::ES384, edge::JwtAlgorithm::ES512, edge::JwtAlgorithm::EdDSA, edge::JwtAlgorithm::Ed448};

void demandSoundKey(const edge::JwtKey &key, edge::JwkMaterial material)
{
    const bool secret = key.kind() == edge::JwtKeyKind::Secret;
    fuzz::demand(!secret || material != edge::JwkMaterial::Public, "a public set holds no secret");
    fuzz::demand(secret || material != edge::JwkMaterial::Secret, "a set of secrets holds nothing else");
    fuzz::demand(key.use().id.size() <= wire::kMaxJwtTextBytes, "an id is bounded");
    for (const auto algorithm : kAlgorithms) {
        fuzz::demand(!key.suits(algorithm) || edge::suits(key.kind(), algorithm), "an algorithm is of the key's kind");
        fuzz::demand(!key.verify(algorithm, "text", std::string(64, '\1')), "a signature is not guessed");
        if (material == edge::JwkMaterial::Public)
            fuzz::demand(!key.sign(algorithm, "text"), "a public key signs nothing");
    }
}

void readSet(std::string_view text, edge::JwkMaterial material)
{
    const auto keys = edge::JwtKeys::parse(text, material);
    if (!keys)
        return fuzz::demand(keys.error().code == wire::Code::InvalidRequest, "a refusal is InvalidRequest");
    fuzz::demand(!keys->empty() && keys->size() <= wire::kMaxJwks, "a set is bounded");
    for (const auto algorithm : kAlgorithms) {
        if (const auto key = keys->choose({algorithm, {}}, kNow)) {
            fuzz::demand((*key)->suits(algorithm), "what is chosen suits");
            demandSoundKey(**key, material);
        }
    }
}

void readKey(std::string_view text, edge::JwkMaterial material)
{
    const auto jwk = wire::parseJsonObject(text);
    const auto key = jwk ? edge::readJwk(*jwk, material) : std::unexpected(jwk.error());
    if (key)
        demandSoundKey(*key, material);
    if (!jwk)
        return;
    const auto open = edge::publicJwk(*jwk);
    fuzz::demand(open.is_null() || !open.contains("d"), "nothing private is published");
}

void readRevocations(std::string_view text)
{
    const auto list = edge::Revocations::parse(text, "f");
    if (!list)
        return;
    const auto again = edge::Revocations::parse(list->text(), "f");
    fuzz::demand(again && again->text() == list->text(), "what is written is read again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto input = fuzz::textOf(data + 1, size - 1);
    switch (data[0] % 5) {
    case 0: readSet(input, edge::JwkMaterial::Public); break;
    case 1: readSet(input, edge::JwkMaterial::Secret); break;
    case 2: readKey(input, edge::JwkMaterial::Public); break;
    case 3: readKey(input, edge::JwkMaterial::Signing); break;
    default: readRevocations(input);
    }
    return 0;
}
