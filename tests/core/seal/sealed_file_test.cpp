#include "guard/crypto.h"
#include "seal/sealed_file.h"

#include <gtest/gtest.h>

#include <string>

using namespace seal;
using wire::Code;

namespace {

constexpr std::string_view kContent = "what nobody shall read";
constexpr std::string_view kPassphrase = "correct horse battery";
const guard::ScryptCost kCheap{.logN = wire::kMinScryptLogN, .parallelism = 1};
constexpr std::size_t kLineBytes = 31;
constexpr std::size_t kChecksumAt = kLineBytes + 3 + 16;
constexpr std::size_t kProofAt = kChecksumAt + 16;
constexpr std::size_t kNonceAt = kProofAt + 32;
constexpr std::size_t kContentAt = kNonceAt + 12;

wire::Result<std::string> opened(std::string_view bytes, std::string_view passphrase = kPassphrase)
{
    const auto file = readSealedFile(bytes);
    if (!file)
        return std::unexpected(file.error());
    const auto content = open(*file, passphrase);
    if (!content)
        return std::unexpected(content.error());
    return std::string(content->view());
}

std::string withFlippedBit(std::string bytes, std::size_t at)
{
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
}

} // namespace

TEST(SealedFile, IsOpenedByItsPassphrase)
{
    const auto bytes = seal::seal(kContent, kPassphrase);
    EXPECT_EQ(opened(bytes), std::string(kContent));
    EXPECT_EQ(readSealedFile(bytes)->cost, guard::ScryptCost());
    EXPECT_TRUE(bytes.starts_with("HTTP Tunnel secrets, version 1\n"));
    EXPECT_TRUE(bytes.find(kContent) == std::string::npos);
    EXPECT_EQ(opened(seal::seal({}, kPassphrase, kCheap)), std::string());
}

TEST(SealedFile, AnotherPassphraseIsToldFromDamage)
{
    const auto bytes = seal::seal(kContent, kPassphrase, kCheap);
    EXPECT_EQ(opened(bytes, "correct horse batterz").error().code, Code::Forbidden);
    EXPECT_EQ(opened(bytes, "").error().code, Code::Forbidden);
    EXPECT_EQ(opened(withFlippedBit(bytes, kContentAt)).error().code, Code::InvalidRequest);
}

TEST(SealedFile, DamageIsFoundWhereverItIs)
{
    const auto bytes = seal::seal(kContent, kPassphrase, kCheap);
    EXPECT_EQ(bytes.size(), kContentAt + kContent.size() + 16);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto read = opened(withFlippedBit(bytes, at));
        ASSERT_FALSE(read) << at;
        // A changed proof looks as if another passphrase had made it.
        const bool proof = at >= kProofAt && at < kNonceAt;
        EXPECT_EQ(read.error().code, proof ? Code::Forbidden : Code::InvalidRequest);
    }
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(opened(bytes.substr(0, size))) << size;
    EXPECT_FALSE(opened(bytes + "x"));
}

TEST(SealedFile, WhatItIsNotIsSaid)
{
    const auto later = readSealedFile("HTTP Tunnel secrets, version 2\nwhatever");
    EXPECT_TRUE(later.error().message.find("later") != std::string::npos);
    const auto other = readSealedFile("[[server]]\nurl = \"https://relay.example.com\"\n");
    EXPECT_TRUE(other.error().message.find("not a file of saved secrets") != std::string::npos);
    const auto cut = readSealedFile("HTTP Tunnel secrets, version 1\n");
    EXPECT_TRUE(cut.error().message.find("damaged") != std::string::npos);
}

TEST(SealedFile, EachIsSealedAnew)
{
    const auto one = seal::seal(kContent, kPassphrase, kCheap);
    const auto other = seal::seal(kContent, kPassphrase, kCheap);
    EXPECT_TRUE(readSealedFile(one)->salt != readSealedFile(other)->salt);
    EXPECT_TRUE(readSealedFile(one)->nonce != readSealedFile(other)->nonce);
    EXPECT_TRUE(readSealedFile(one)->content != readSealedFile(other)->content);
}

// A file that another implementation wrote (Python's hashlib and cryptography), by the table in the documents.
TEST(SealedFile, ItsKeysAreTheOnesThatAreDocumented)
{
    const auto bytes = guard::bytesOfHex(
        "485454502054756e6e656c20736563726574732c2076657273696f6e20310a0d0801000102030405060708090a0b0c0d"
        "0e0f3f4064a3750f63379c6815b4f2e7572c7d4044cd42d53a89b6814c9aff9e4b2b361daa050464a683e995ab3750bc"
        "af6c6465666768696a6b6c6d6e6fbcc2bca0dd76bbaf36dc7b57f83b8a07c8bcccc5e2d5131e76f8c2fb05592b17ce");
    EXPECT_EQ(opened(bytes), std::string("written by Python"));
}
