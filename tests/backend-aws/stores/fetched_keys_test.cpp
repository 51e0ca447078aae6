#include "core/edge/jwt_samples.h"
#include "stores/fetched_keys.h"
#include "wire/limits.h"

#include <gmock/gmock.h>

namespace {

using transport::Answer;
using wire::Code;

class FetchedKeysTest : public testing::Test {
protected:
    static std::string setWith(const std::string &id)
    {
        return nlohmann::json{{"keys", {edge::publicJwk(samples::drawnJwk(edge::JwtAlgorithm::EdDSA, id))}}}.dump();
    }
    bool knows(const std::string &id, bool renew = false)
    {
        const auto keys = m_keys.keys(renew, m_now + std::chrono::seconds(30));
        return keys && keys->knows({edge::JwtAlgorithm::EdDSA, id});
    }

    gateway::Time m_now{std::chrono::milliseconds(1'767'323'045'000)};
    wire::Result<Answer> m_answer = Answer{200, {}, setWith("a")};
    unsigned m_fetches = 0;
    std::string m_logText;
    gateway::Log m_log{[this](std::string_view line) { m_logText += line; }, [this] { return m_now; }};
    stores::FetchedKeys m_keys{[this](const transport::Request &request, gateway::Time deadline) {
                                   ++m_fetches;
                                   EXPECT_EQ(request.target, "/keys?v=1");
                                   EXPECT_EQ(deadline, m_now + wire::kJwksFetchTimeout);
                                   return m_answer;
                               },
                               "/keys?v=1", [this] { return m_now; }, m_log};
};

TEST_F(FetchedKeysTest, FetchesWhenAskedAndWhenOld)
{
    EXPECT_TRUE(knows("a"));
    EXPECT_TRUE(knows("a"));
    EXPECT_EQ(m_fetches, 1U);
    m_answer = Answer{200, {}, setWith("b")};
    m_now += wire::kJwksRefresh;
    EXPECT_TRUE(knows("b"));
    EXPECT_EQ(m_fetches, 2U);
}

TEST_F(FetchedKeysTest, MadeUpIdsCauseFewFetches)
{
    EXPECT_TRUE(knows("a"));
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(knows("made up", true));
    EXPECT_EQ(m_fetches, 1U);
    m_now += wire::kJwksMinAge;
    m_answer = Answer{200, {}, setWith("new")};
    EXPECT_TRUE(knows("new", true));
    EXPECT_EQ(m_fetches, 2U);
}

TEST_F(FetchedKeysTest, FailureKeepsWhatThereIs)
{
    EXPECT_TRUE(knows("a"));
    m_now += wire::kJwksRefresh;
    for (const wire::Result<Answer> &answer :
         {wire::Result<Answer>(wire::fail(Code::Timeout, "late")), wire::Result<Answer>(Answer{500, {}, ""}),
          wire::Result<Answer>(Answer{200, {}, "<html>"})}) {
        m_answer = answer;
        m_now += wire::kJwksMinAge;
        EXPECT_TRUE(knows("a"));
    }
    EXPECT_EQ(m_fetches, 4U);
    EXPECT_THAT(m_logText, testing::HasSubstr("jwks_fetch_failed"));
}

TEST_F(FetchedKeysTest, WithoutAnyItFails)
{
    m_answer = wire::fail(Code::Timeout, "late");
    EXPECT_FALSE(m_keys.keys(false, m_now + std::chrono::seconds(30)));
    EXPECT_FALSE(m_keys.keys(true, m_now + std::chrono::seconds(30)));
    EXPECT_EQ(m_fetches, 1U); // not again within kJwksMinAge
}

} // namespace
