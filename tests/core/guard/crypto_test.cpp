#include "guard/crypto.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <thread>

namespace {

TEST(Crypto, HmacOfRfc4231)
{
    EXPECT_EQ(guard::hmacSha256("Jefe", "what do ya want for nothing?"),
              guard::bytesOfHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    const std::string longKey(131, '\xaa'); // longer than a block of the hash
    EXPECT_EQ(guard::hmacSha256(longKey, "Test Using Larger Than Block-Size Key - Hash Key First"),
              guard::bytesOfHex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

TEST(Crypto, ComparesWholeTexts)
{
    EXPECT_TRUE(guard::sameBytes("secret", "secret"));
    EXPECT_TRUE(guard::sameBytes("", ""));
    EXPECT_FALSE(guard::sameBytes("secret", "Secret"));
    EXPECT_FALSE(guard::sameBytes("secret", "secret2"));
    EXPECT_FALSE(guard::sameBytes("", "s"));
}

TEST(Crypto, DrawsDifferentBytes)
{
    EXPECT_EQ(guard::randomBytes(32).size(), 32U);
    EXPECT_NE(guard::randomBytes(32), guard::randomBytes(32));
}

TEST(Crypto, HexOfWholeBytesOnly)
{
    EXPECT_EQ(guard::bytesOfHex("00fFAa"), std::string("\0\xff\xaa", 3));
    for (const char *text : {"", "a", "abc", "0x12", "g0", "-1", " 1", "1 "})
        EXPECT_EQ(guard::bytesOfHex(text), "") << text;
}

TEST(Crypto, APooledThreadKeepsNothingOfOpenSsl)
{
    std::jthread([] {
        {
            const guard::PooledCrypto scope;
            ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR); // into the queue that each thread has
            EXPECT_NE(ERR_peek_error(), 0U);
        }
        EXPECT_EQ(ERR_peek_error(), 0U);
    });
}

} // namespace
