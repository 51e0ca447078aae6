#include "guard/crypto.h"
#include "guard/scrypt.h"

#include <gtest/gtest.h>

#include <string>

using guard::ScryptCost;

namespace {

std::string derived(std::string_view password, std::string_view salt, const ScryptCost &cost, std::size_t size = 64)
{
    std::string key(size, '\0');
    guard::scrypt(password, salt, cost, key);
    return key;
}

} // namespace

// RFC 7914 12, the third and the second vector.
TEST(Scrypt, DerivesWhatTheRfcDerives)
{
    EXPECT_EQ(derived("pleaseletmein", "SodiumChloride", {14, 8, 1}),
              guard::bytesOfHex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                                "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"));
    EXPECT_EQ(derived("password", "NaCl", {10, 8, 16}),
              guard::bytesOfHex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                                "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"));
}

TEST(Scrypt, AcceptsWhatIsNeitherWeakNorEndless)
{
    EXPECT_TRUE(ScryptCost().acceptable());
    EXPECT_TRUE((ScryptCost{wire::kMinScryptLogN, 8, 1}).acceptable());
    EXPECT_TRUE((ScryptCost{wire::kMaxScryptLogN, 8, wire::kMaxScryptParallelism}).acceptable());
    EXPECT_FALSE((ScryptCost{wire::kMinScryptLogN - 1, 8, 1}).acceptable());
    EXPECT_FALSE((ScryptCost{wire::kMaxScryptLogN + 1, 8, 1}).acceptable());
    EXPECT_FALSE((ScryptCost{15, 16, 1}).acceptable());
    EXPECT_FALSE((ScryptCost{15, 8, 0}).acceptable());
    EXPECT_FALSE((ScryptCost{15, 8, wire::kMaxScryptParallelism + 1}).acceptable());
}
