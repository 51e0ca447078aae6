// JSON Web Tokens of tunnel clients. First byte: 0 a whole token; 1 a payload and 2 a header, rightly signed, so that what
// stands behind the signature is reached; 3 a signature, for each kind of key.
#include "edge/jwt.h"
#include "fuzz/fuzz.h"
#include "fuzz/jwt_keys.h"
#include "wire/base64.h"
#include "wire/limits.h"

#include <string>

namespace {

constexpr edge::JwtTime kNow{std::chrono::seconds(1'800'000'000)};

std::string signedToken(std::string_view header, std::string_view payload)
{
    auto token = wire::encodeBase64Url(header) + "." + wire::encodeBase64Url(payload);
    return token + "." + wire::encodeBase64Url(fuzz::secretKey().sign(edge::JwtAlgorithm::HS256, token).value());
}

void demandSound(const edge::JwtClaims &claims, std::string_view token)
{
    fuzz::demand(!claims.subject.empty() && claims.subject.size() <= wire::kMaxJwtSubjectBytes, "an owner is named");
    fuzz::demand(!claims.expires || *claims.expires + wire::kJwtLeeway > kNow, "it has not expired");
    fuzz::demand(!claims.notBefore || *claims.notBefore <= kNow + wire::kJwtLeeway, "it is valid already");
    fuzz::demand(claims.audience.empty(), "it is for nobody else");
    fuzz::demand(edge::readUnverifiedJwt(token) == claims, "it says the same without its signature");
    const auto again = edge::signJwt(claims, fuzz::secretKey(), edge::JwtAlgorithm::HS256);
    fuzz::demand(!again || edge::readUnverifiedJwt(*again) == claims, "what is accepted can be written again");
}

// A signature drawn by a fuzzer is none: only one of ours could be.
void demandForged(std::string_view signature)
{
    for (const auto &[algorithm, key] : fuzz::openKeys())
        fuzz::demand(!key.verify(algorithm, "text", signature), "a signature is not guessed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const edge::JwtKeys keys = fuzz::allKeys();
    if (size == 0)
        return 0;
    const auto input = fuzz::textOf(data + 1, size - 1);
    if (data[0] % 4 == 3) {
        demandForged(input);
        return 0;
    }
    std::string token(input);
    if (data[0] % 4 == 1)
        token = signedToken(R"({"alg":"HS256"})", input);
    else if (data[0] % 4 == 2)
        token = signedToken(input, R"({"sub":"alice"})");
    const auto claims = edge::verifyJwt(token, keys, {}, kNow);
    if (!claims)
        fuzz::demand(claims.error().code == wire::Code::Unauthorized, "a refusal is Unauthorized");
    else
        demandSound(*claims, token);
    for (const auto &time : {claims ? claims->expires : std::nullopt, claims ? claims->issued : std::nullopt}) {
        if (time)
            fuzz::demand(!edge::jwtTimeText(*time).empty(), "a time can be told");
    }
    return 0;
}
