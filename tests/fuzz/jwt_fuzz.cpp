// JSON Web Tokens of tunnel clients. First byte: 0 a whole token; 1 a payload and 2 a header, rightly signed, so that what
// stands behind the signature is reached.
#include "edge/jwt.h"
#include "fuzz/fuzz.h"
#include "wire/base64.h"

#include <openssl/hmac.h>

#include <array>
#include <string>

namespace {

const std::string kSecret = "a secret of the fuzzer, long enough for HS256";
constexpr edge::JwtTime kNow{std::chrono::seconds(1'800'000'000)};

const edge::JwtKey &key()
{
    static const auto made = edge::JwtKey::fromSecret(kSecret);
    return *made;
}

std::string signedToken(std::string_view header, std::string_view payload)
{
    auto token = wire::encodeBase64Url(header) + "." + wire::encodeBase64Url(payload);
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()),
         reinterpret_cast<const unsigned char *>(token.data()), token.size(), code.data(), &size);
    return token + "." + wire::encodeBase64Url({reinterpret_cast<const char *>(code.data()), size});
}

void demandSound(const edge::JwtClaims &claims, std::string_view token)
{
    fuzz::demand(!claims.subject.empty() && claims.subject.size() <= wire::kMaxJwtSubjectBytes, "an owner is named");
    fuzz::demand(!claims.expires || *claims.expires + wire::kJwtLeeway > kNow, "it has not expired");
    fuzz::demand(!claims.notBefore || *claims.notBefore <= kNow + wire::kJwtLeeway, "it is valid already");
    fuzz::demand(edge::readUnverifiedJwt(token) == claims, "it says the same without its signature");
    const auto again = key().sign(claims);
    fuzz::demand(again && key().verify(*again, kNow) == claims, "what is accepted can be signed again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto input = fuzz::textOf(data + 1, size - 1);
    std::string token(input);
    if (data[0] % 3 == 1)
        token = signedToken(R"({"alg":"HS256"})", input);
    else if (data[0] % 3 == 2)
        token = signedToken(input, R"({"sub":"alice"})");
    const auto claims = key().verify(token, kNow);
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
