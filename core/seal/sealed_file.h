// The encrypted file of saved secrets, version 1, as bytes. After a line that says what it is, everything has its place
// (docs/decisions/0017-secrets-on-the-client.md has the table); the keys come from a passphrase by scrypt, the content is
// AES-256-GCM. Salt and nonce are drawn for each file that is written. Pure but for randomness; any thread. open() and
// seal() take some 100 ms and tens of MiB, by intention.
#pragma once

#include "guard/scrypt.h"
#include "seal/wiped_bytes.h"
#include "wire/result.h"

#include <string>
#include <string_view>

namespace seal {

// The file before anything of it is decrypted; points into the bytes that were read.
struct SealedFile {
    guard::ScryptCost cost;
    std::string_view salt;
    std::string_view proof; // of the passphrase: HMAC of what stands before it
    std::string_view nonce;
    std::string_view content; // with the tag at its end
    std::string_view head; // all before the nonce, which the tag covers too
    std::string_view proven; // what the proof is of
};

// InvalidRequest: it is no such file, of a later version, or damaged where its own checksum tells.
[[nodiscard]] wire::Result<SealedFile> readSealedFile(std::string_view bytes);

// The content. Forbidden: another passphrase. InvalidRequest: the passphrase is right, and the content is damaged.
[[nodiscard]] wire::Result<WipedBytes> open(const SealedFile &file, std::string_view passphrase);

[[nodiscard]] std::string seal(std::string_view content, std::string_view passphrase,
                               const guard::ScryptCost &cost = {});

} // namespace seal
