#include "seal/secret_map.h"
#include "wire/limits.h"
#include "wire/msgpack.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

using namespace seal;

namespace {

std::string pairs(std::size_t claimed, const std::vector<std::pair<std::string, std::string>> &texts)
{
    std::string out;
    wire::MsgpackWriter writer(out);
    writer.map(claimed);
    for (const auto &[account, secret] : texts) {
        writer.string(account);
        writer.string(secret);
    }
    return out;
}

} // namespace

TEST(SecretMap, IsReadAsItWasWritten)
{
    const SecretMap secrets{{"https://relay.example.com", "s3cret"},
                            {"wss://ünï.example/prod", std::string(8000, 'x')},
                            {"tunnel:shop", "two\nlines"},
                            {"empty", ""}};
    EXPECT_EQ(decodeSecrets(encodeSecrets(secrets).view()), secrets);
    EXPECT_EQ(decodeSecrets(encodeSecrets({}).view()), SecretMap());
}

TEST(SecretMap, RefusesWhatIsNotWritten)
{
    const auto fine = pairs(1, {{"account", "secret"}});
    ASSERT_TRUE(decodeSecrets(fine));
    const std::vector<std::string> wrong{"",
                                         "\xc0",
                                         fine + "x",
                                         fine.substr(0, fine.size() - 1),
                                         pairs(2, {{"account", "secret"}}),
                                         pairs(2, {{"account", "one"}, {"account", "two"}}),
                                         pairs(1, {{"", "secret"}}),
                                         pairs(1, {{std::string(wire::kMaxSecretAccountBytes + 1, 'x'), "secret"}}),
                                         pairs(1, {{"account", std::string(wire::kMaxTokenBytes + 1, 'x')}})};
    for (const auto &bytes : wrong) {
        const auto read = decodeSecrets(bytes);
        ASSERT_FALSE(read) << bytes;
        EXPECT_EQ(read.error().code, wire::Code::InvalidRequest);
    }
}

TEST(SecretMap, HasAnEnd)
{
    std::vector<std::pair<std::string, std::string>> many;
    for (std::size_t i = 0; i <= wire::kMaxStoredSecrets; ++i)
        many.emplace_back("account " + std::to_string(i), "secret");
    EXPECT_FALSE(decodeSecrets(pairs(many.size(), many)));
    many.pop_back();
    EXPECT_TRUE(decodeSecrets(pairs(many.size(), many)));
}

TEST(SecretMap, SaysWhatCanBeKept)
{
    SecretMap full;
    for (std::size_t i = 0; i < wire::kMaxStoredSecrets; ++i)
        full.emplace(std::to_string(i), "x");
    EXPECT_TRUE(checkStorable({}, "account", "x"));
    EXPECT_FALSE(checkStorable(full, "account", "x"));
    EXPECT_TRUE(checkStorable(full, "7", "another"));
    EXPECT_FALSE(checkStorable({}, "", "x"));
    EXPECT_FALSE(checkStorable({}, std::string(wire::kMaxSecretAccountBytes + 1, 'x'), "x"));
    EXPECT_FALSE(checkStorable({}, "account", std::string(wire::kMaxTokenBytes + 1, 'x')));
}
