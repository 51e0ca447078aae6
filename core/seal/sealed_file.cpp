#include "seal/sealed_file.h"

#include "guard/crypto.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

namespace seal {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::string_view kAnyVersion = "HTTP Tunnel secrets, version ";
constexpr std::string_view kFirstLine = "HTTP Tunnel secrets, version 1\n";
constexpr std::size_t kCostBytes = 3; // log N, r, p
constexpr std::size_t kSaltBytes = wire::kScryptSaltBytes;
constexpr std::size_t kChecksumBytes = 16; // of SHA-256: damage by accident, not by intention
constexpr std::size_t kProofBytes = 32;    // HMAC-SHA-256
constexpr std::size_t kNonceBytes = 12;    // NIST SP 800-38D 5.2.1.1
constexpr std::size_t kTagBytes = 16;      // the longest of GCM
constexpr std::size_t kKeyBytes = 32;      // AES-256; as many for the proof
constexpr std::size_t kChecked = kFirstLine.size() + kCostBytes + kSaltBytes;
constexpr std::size_t kProven = kChecked + kChecksumBytes;
constexpr std::size_t kHead = kProven + kProofBytes;
constexpr std::size_t kLeast = kHead + kNonceBytes + kTagBytes;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// OpenSSL fails here only without memory, or when we call it wrongly: never with half a result.
void demand(int done)
{
    if (done != 1)
        std::abort();
}

const unsigned char *in(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *out(std::span<char> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

std::string checksum(std::string_view bytes)
{
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    demand(EVP_Digest(bytes.data(), bytes.size(), out(digest), &size, EVP_sha256(), nullptr));
    digest.resize(kChecksumBytes);
    return digest;
}

struct Keys {
    WipedBytes both{2 * kKeyBytes};
    [[nodiscard]] std::string_view cipher() const { return both.view().substr(0, kKeyBytes); }
    [[nodiscard]] std::string_view proof() const { return both.view().substr(kKeyBytes); }
};

Keys deriveKeys(std::string_view passphrase, std::string_view salt, const guard::ScryptCost &cost)
{
    Keys keys;
    guard::scrypt(passphrase, salt, cost, keys.both.bytes());
    return keys;
}

std::string encrypted(std::string_view content, std::string_view key, std::string_view nonce, std::string_view head)
{
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    std::string sealed(content.size() + kTagBytes, '\0');
    int size = 0;
    demand(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key), in(nonce)));
    demand(EVP_EncryptUpdate(cipher.get(), nullptr, &size, in(head), static_cast<int>(head.size())));
    demand(EVP_EncryptUpdate(cipher.get(), out(sealed), &size, in(content), static_cast<int>(content.size())));
    demand(EVP_EncryptFinal_ex(cipher.get(), out(sealed) + size, &size));
    demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes),
                               out(sealed) + content.size()));
    return sealed;
}

// Nothing when the tag says that it is not what was encrypted.
Result<WipedBytes> decrypted(const SealedFile &file, std::string_view key)
{
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const auto text = file.content.substr(0, file.content.size() - kTagBytes);
    std::string tag(file.content.substr(text.size()));
    WipedBytes content(text.size());
    int size = 0;
    demand(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key), in(file.nonce)));
    demand(EVP_DecryptUpdate(cipher.get(), nullptr, &size, in(file.head), static_cast<int>(file.head.size())));
    demand(EVP_DecryptUpdate(cipher.get(), out(content.bytes()), &size, in(text), static_cast<int>(text.size())));
    demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagBytes), tag.data()));
    if (EVP_DecryptFinal_ex(cipher.get(), out(content.bytes()) + size, &size) != 1)
        return fail(Code::InvalidRequest, "is damaged: bring it back from a backup, or delete it");
    return content;
}

unsigned byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

} // namespace

Result<SealedFile> readSealedFile(std::string_view bytes)
{
    if (bytes.starts_with(kAnyVersion) && bytes.size() > kAnyVersion.size() && !bytes.starts_with(kFirstLine))
        return fail(Code::InvalidRequest, "was written by a later HTTP Tunnel: update this one");
    if (!bytes.starts_with(kFirstLine))
        return fail(Code::InvalidRequest, "is not a file of saved secrets");
    if (bytes.size() < kLeast || bytes.substr(kChecked, kChecksumBytes) != checksum(bytes.substr(0, kChecked)))
        return fail(Code::InvalidRequest, "is damaged: bring it back from a backup, or delete it");
    const std::size_t costAt = kFirstLine.size();
    SealedFile file;
    file.cost = {byteAt(bytes, costAt), byteAt(bytes, costAt + 1), byteAt(bytes, costAt + 2)};
    file.salt = bytes.substr(costAt + kCostBytes, kSaltBytes);
    file.proven = bytes.substr(0, kProven);
    file.proof = bytes.substr(kProven, kProofBytes);
    file.head = bytes.substr(0, kHead);
    file.nonce = bytes.substr(kHead, kNonceBytes);
    file.content = bytes.substr(kHead + kNonceBytes);
    if (!file.cost.acceptable())
        return fail(Code::InvalidRequest, "has scrypt parameters that this HTTP Tunnel does not use");
    return file;
}

Result<WipedBytes> open(const SealedFile &file, std::string_view passphrase)
{
    const Keys keys = deriveKeys(passphrase, file.salt, file.cost);
    if (!guard::sameBytes(guard::hmacSha256(keys.proof(), file.proven), file.proof))
        return fail(Code::Forbidden, "the passphrase is another one");
    return decrypted(file, keys.cipher());
}

std::string seal(std::string_view content, std::string_view passphrase, const guard::ScryptCost &cost)
{
    const std::string salt = guard::randomBytes(kSaltBytes);
    std::string file(kFirstLine);
    for (const unsigned number : {cost.logN, cost.blockSize, cost.parallelism})
        file += static_cast<char>(number);
    file += salt;
    file += checksum(file);
    const Keys keys = deriveKeys(passphrase, salt, cost);
    file += guard::hmacSha256(keys.proof(), file);
    const std::string nonce = guard::randomBytes(kNonceBytes);
    const std::string sealed = encrypted(content, keys.cipher(), nonce, file);
    return file + nonce + sealed;
}

} // namespace seal
