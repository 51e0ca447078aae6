// The encrypted file of saved secrets. First byte: 0 a whole file, up to where its key would be derived; 1 the content of
// one, which stands behind the encryption; 2 a file whose key is at hand, so that the decryption itself is reached.
#include "fuzz/fuzz.h"
#include "seal/sealed_file.h"
#include "seal/secret_map.h"
#include "wire/limits.h"

#include <string>

namespace {

constexpr std::string_view kPassphrase = "passphrase";
constexpr std::size_t kMostDerived = 64; // inputs for which a key is derived: each takes 50 ms

void demandSoundFile(std::string_view bytes)
{
    const auto file = seal::readSealedFile(bytes);
    if (!file) {
        fuzz::demand(file.error().code == wire::Code::InvalidRequest, "a refusal is InvalidRequest");
        return;
    }
    fuzz::demand(file->cost.acceptable(), "nobody makes us derive for ever");
    fuzz::demand(file->salt.size() == wire::kScryptSaltBytes, "the salt is whole");
    fuzz::demand(file->head.size() + file->nonce.size() + file->content.size() == bytes.size(), "nothing is left out");
}

void demandSoundContent(std::string_view bytes)
{
    const auto secrets = seal::decodeSecrets(bytes);
    if (!secrets)
        return;
    fuzz::demand(secrets->size() <= wire::kMaxStoredSecrets, "there is an end");
    for (const auto &[account, secret] : *secrets)
        fuzz::demand(seal::checkStorable({}, account, secret).has_value(), "what is read could be written");
    fuzz::demand(seal::decodeSecrets(seal::encodeSecrets(*secrets).view()) == secrets, "it is read as it is written");
}

void flip(char &byte, char bits)
{
    byte = static_cast<char>(byte ^ bits);
}

// The input decides which bytes of a sound file are others.
void demandDamageIsSeen(std::string_view input)
{
    static const std::string sealed = seal::seal("content", kPassphrase, {wire::kMinScryptLogN, 8, 1});
    static std::size_t derived = 0;
    std::string bytes = sealed;
    for (std::size_t i = 0; i + 1 < input.size(); i += 2)
        flip(bytes[static_cast<unsigned char>(input[i]) % bytes.size()], input[i + 1]);
    const auto file = seal::readSealedFile(bytes);
    if (!file || derived >= kMostDerived)
        return;
    ++derived;
    const auto content = seal::open(*file, kPassphrase);
    fuzz::demand(content.has_value() == (bytes == sealed), "a file that was changed does not open");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto input = fuzz::textOf(data + 1, size - 1);
    if (data[0] % 4 == 0)
        demandSoundFile(input);
    else if (data[0] % 4 == 1)
        demandSoundContent(input);
    else
        demandDamageIsSeen(input);
    return 0;
}
