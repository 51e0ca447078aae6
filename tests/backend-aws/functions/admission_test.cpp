#include "backend-aws/functions/memory_world.h"
#include "edge/jwt.h"
#include "functions/admission.h"

#include <gmock/gmock.h>

namespace {

using nlohmann::json;
using testing::HasSubstr;

class MemoryIssuer final : public gateway::IssuerKeys {
public:
    wire::Result<edge::JwtKeys> keys(bool renew, gateway::Time) override
    {
        asked.push_back(renew);
        return renew ? renewed : first;
    }

    wire::Result<edge::JwtKeys> first{edge::JwtKeys()};
    wire::Result<edge::JwtKeys> renewed{edge::JwtKeys()};
    std::vector<bool> asked;
};

edge::JwtKey key(char letter, const std::string &id = {})
{
    return edge::JwtKey::fromSecret(std::string(32, letter), {.id = id}).value();
}

class AdmissionTest : public testing::Test {
protected:
    AdmissionTest()
    {
        m_world.live.settings.security.requireAuthentication = true;
        m_world.live.jwtKeys.add(key('k'));
        m_claims.subject = "alice";
        m_claims.expires = std::chrono::floor<std::chrono::seconds>(m_world.clock.now) + std::chrono::hours(1);
        m_claims.tunnels = std::vector<std::string>{"alice-*"};
    }

    json ask(const std::string &authorization, gateway::IssuerKeys *issuer = nullptr)
    {
        functions::Admission admission(m_world.world, issuer);
        events::AuthorizerEvent event{.methodArn = "arn:x", .connectionId = "c", .headers = {}};
        if (!authorization.empty())
            event.headers = {{"authorization", authorization}};
        return json::parse(admission.answer(event, m_world.deadline(), m_world.live));
    }
    static std::string effect(const json &answer) { return answer["policyDocument"]["Statement"][0]["Effect"]; }
    std::string token(const edge::JwtKey &with = key('k')) const
    {
        return edge::signJwt(m_claims, with, edge::JwtAlgorithm::HS256).value();
    }

    support::MemoryWorld m_world;
    edge::JwtClaims m_claims;
};

TEST_F(AdmissionTest, GoodToken)
{
    const auto answer = ask("Bearer " + token());
    EXPECT_EQ(effect(answer), "Allow");
    EXPECT_EQ(answer["context"]["owner"], "jwt:alice");
    const auto claims = edge::readJwtClaims(json::parse(answer["context"]["claims"].get<std::string>()));
    EXPECT_EQ(claims, m_claims);
}

TEST_F(AdmissionTest, NoTokenAndBadTokens)
{
    for (const auto &given : {std::string(), "Basic " + token(), std::string("Bearer "), std::string("Bearer x.y.z"),
                              "Bearer " + token(key('o')), token()})
        EXPECT_EQ(effect(ask(given)), "Deny") << given;
    m_world.clock.now += std::chrono::hours(2);
    EXPECT_EQ(effect(ask("Bearer " + token())), "Deny");
    EXPECT_THAT(m_world.logText, HasSubstr("link_refused"));
    EXPECT_THAT(m_world.logText, testing::Not(HasSubstr("eyJ")));
}

TEST_F(AdmissionTest, WithoutKeysNobodyIsLetIn)
{
    m_world.live.jwtKeys = {};
    EXPECT_EQ(effect(ask("Bearer " + token())), "Deny");
}

TEST_F(AdmissionTest, RulesAreKept)
{
    m_world.live.jwtRules.issuer = "https://issuer.example";
    EXPECT_EQ(effect(ask("Bearer " + token())), "Deny");
    m_claims.issuer = "https://issuer.example";
    EXPECT_EQ(effect(ask("Bearer " + token())), "Allow");
}

TEST_F(AdmissionTest, OpenServerTakesAnybodyAndKnowsWhoHasAToken)
{
    m_world.live.settings.security.requireAuthentication = false;
    EXPECT_EQ(ask("")["context"]["owner"], "");
    EXPECT_EQ(ask("Bearer " + token())["context"]["owner"], "jwt:alice");
}

TEST_F(AdmissionTest, IssuerIsAskedOnlyForKeysThatAreMissing)
{
    MemoryIssuer issuer;
    EXPECT_EQ(effect(ask("Bearer " + token(), &issuer)), "Allow");
    EXPECT_TRUE(issuer.asked.empty());

    m_world.live.jwtKeys = {};
    issuer.renewed->add(key('n', "new"));
    EXPECT_EQ(effect(ask("Bearer " + token(key('n', "new")), &issuer)), "Allow");
    EXPECT_THAT(issuer.asked, testing::ElementsAre(false, true));
    issuer.first = wire::fail(wire::Code::InternalError, "down");
    EXPECT_EQ(effect(ask("Bearer " + token(key('n', "new")), &issuer)), "Deny");
}

TEST(BearerToken, OnlyThatScheme)
{
    EXPECT_EQ(functions::bearerToken("Bearer abc"), "abc");
    EXPECT_EQ(functions::bearerToken("bearer   abc"), "abc");
    EXPECT_EQ(functions::bearerToken("Bearer"), "");
    EXPECT_EQ(functions::bearerToken("Token abc"), "");
}

} // namespace
