#include "core/edge/jwt_samples.h"
#include "relay/signing_keys.h"
#include "relay/text_file.h"
#include "support/temporary_folder.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace {

using namespace std::chrono_literals;
using app::SigningKeys;
using edge::JwtAlgorithm;
using samples::kNow;
using testing::HasSubstr;
using testing::Not;

class SigningKeysTest : public testing::Test {
protected:
    SigningKeys rotated(std::optional<JwtAlgorithm> algorithm, std::optional<std::chrono::seconds> keep = {},
                        edge::JwtTime now = kNow)
    {
        auto keys = SigningKeys::loadIfThere(m_file).value();
        EXPECT_TRUE(keys.rotate(algorithm, keep, now));
        EXPECT_TRUE(keys.save());
        return keys;
    }
    std::string loadError(std::string_view text) const
    {
        const auto keys = SigningKeys::load(m_folder.write("wrong", text));
        return keys ? "read" : keys.error().message;
    }
    nlohmann::json saved() const { return nlohmann::json::parse(relay::readTextFile(m_file, 100'000).value())["keys"]; }

    support::TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "keys";
};

TEST_F(SigningKeysTest, TheNewestSigns)
{
    for (const auto algorithm : {JwtAlgorithm::EdDSA, JwtAlgorithm::ES384, JwtAlgorithm::HS512}) {
        const auto id = rotated(algorithm).rotate(algorithm, {}, kNow);
        auto keys = SigningKeys::load(m_file).value();
        const auto token = keys.sign({"alice", kNow + 1h}).value();
        EXPECT_EQ(edge::readJwtHeader(token)->algorithm, algorithm);
        EXPECT_EQ(edge::readJwtHeader(token)->keyId, saved().back()["kid"]);
        EXPECT_EQ(edge::verifyJwt(token, keys.verifiers().value(), {}, kNow)->subject, "alice");
        EXPECT_NE(*id, saved().back()["kid"]) << "that one was not saved";
    }
}

TEST_F(SigningKeysTest, RemembersWhenItsLastTokenEnds)
{
    auto keys = rotated({});
    EXPECT_TRUE(keys.sign({"alice", kNow + 2h}));
    EXPECT_TRUE(keys.sign({"bob", kNow + 1h}));
    EXPECT_EQ(saved()[0]["tokens_until"], (kNow + 2h).time_since_epoch().count());
    rotated({}, {}, kNow + 1h);
    EXPECT_EQ(saved()[0]["exp"], (kNow + 2h + wire::kJwtLeeway).time_since_epoch().count());
    EXPECT_FALSE(saved()[1].contains("exp"));
    EXPECT_THAT(SigningKeys::load(m_file)->publicText(), Not(HasSubstr("tokens_until")));
}

TEST_F(SigningKeysTest, AFormerKeyIsKeptAsLongAsItIsToldTo)
{
    rotated({});
    rotated({}, 10h);
    EXPECT_EQ(saved()[0]["exp"], (kNow + 10h + wire::kJwtLeeway).time_since_epoch().count());
    rotated({}, {}, kNow + 1h); // nobody knows of its tokens: as long as one lives by default
    EXPECT_EQ(saved()[1]["exp"], (kNow + 1h + wire::kDefaultJwtLife + wire::kJwtLeeway).time_since_epoch().count());
    EXPECT_EQ(saved()[0]["exp"], (kNow + 10h + wire::kJwtLeeway).time_since_epoch().count()) << "decided before";
    rotated({}, {}, kNow + 11h);
    EXPECT_EQ(saved().size(), 3U) << "the first has ended";
}

TEST_F(SigningKeysTest, ABareSecretStaysOneUntilItIsRotated)
{
    const std::string secret = "a secret of the tests, long enough for HS256";
    m_file = m_folder.write("keys", secret + "\n");
    auto keys = SigningKeys::load(m_file).value();
    const auto token = keys.sign({"alice", kNow + 1h}).value();
    EXPECT_EQ(relay::readTextFile(m_file, 1000), secret + "\n");
    EXPECT_EQ(edge::readJwtHeader(token)->keyId, "");
    EXPECT_FALSE(keys.hasPublic());
    rotated({});
    EXPECT_EQ(saved().size(), 2U);
    EXPECT_EQ(edge::verifyJwt(token, SigningKeys::load(m_file)->verifiers().value(), {}, kNow)->subject, "alice");
}

TEST_F(SigningKeysTest, SaysWhatIsWrongWithAFile)
{
    EXPECT_THAT(loadError("short"), HasSubstr("wrong: a JWT secret has 32"));
    EXPECT_THAT(loadError("{}"), HasSubstr("no JSON Web Key Set with a key"));
    EXPECT_THAT(loadError(R"({"keys":[]})"), HasSubstr("no JSON Web Key Set with a key"));
    const auto open = nlohmann::json{{"keys", {edge::publicJwk(samples::drawnJwk(JwtAlgorithm::EdDSA))}}}.dump();
    EXPECT_THAT(loadError(open), HasSubstr("holds a key that cannot sign"));
    EXPECT_THAT(SigningKeys::load(m_file).error().message, HasSubstr("cannot be opened"));
    EXPECT_TRUE(SigningKeys::loadIfThere(m_file)->empty());
}

TEST_F(SigningKeysTest, AKeySetIsBounded)
{
    auto keys = SigningKeys::loadIfThere(m_file).value();
    for (std::size_t i = 0; i < wire::kMaxJwks; ++i)
        ASSERT_TRUE(keys.rotate(JwtAlgorithm::EdDSA, {}, kNow));
    EXPECT_THAT(keys.rotate(JwtAlgorithm::EdDSA, {}, kNow).error().message, HasSubstr("as many keys as a set may"));
}

} // namespace
