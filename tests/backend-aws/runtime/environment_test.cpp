#include "runtime/environment.h"

#include <gmock/gmock.h>

#include <map>

namespace {

using runtime::Environment;
using testing::ElementsAre;
using testing::HasSubstr;

class EnvironmentTest : public testing::Test {
protected:
    wire::Result<Environment> read() const
    {
        return runtime::readEnvironment([this](const char *name) {
            const auto found = m_variables.find(name);
            return found == m_variables.end() ? std::string() : found->second;
        });
    }
    std::string problem() const
    {
        const auto environment = read();
        return environment ? "accepted" : environment.error().message;
    }

    std::map<std::string, std::string> m_variables{
        {"TUNNEL_FUNCTION", "ws"},
        {"TUNNEL_CONNECTIONS_TABLE", "c"},
        {"TUNNEL_RESERVATIONS_TABLE", "r"},
        {"TUNNEL_RATE_LIMITS_TABLE", "l"},
        {"TUNNEL_REPLY_QUEUE_PREFIX", "p-"},
        {"TUNNEL_WEBSOCKET_ENDPOINT", "https://id.execute-api.eu-central-1.amazonaws.com/prod/"},
        {"TUNNEL_PUBLIC_URL", "https://tunnel.example.com"},
        {"TUNNEL_REPLY_KEY_PARAMETER", "/t/reply"},
        {"AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"},
        {"AWS_REGION", "eu-central-1"},
        {"AWS_ACCESS_KEY_ID", "id"},
        {"AWS_SECRET_ACCESS_KEY", "the-secret"},
    };
};

TEST_F(EnvironmentTest, ServicesOfTheRegion)
{
    const auto environment = read().value();
    EXPECT_EQ(environment.function, runtime::FunctionKind::Socket);
    EXPECT_EQ(environment.dynamoEndpoint.authority, "dynamodb.eu-central-1.amazonaws.com");
    EXPECT_EQ(environment.sqsEndpoint.authority, "sqs.eu-central-1.amazonaws.com");
    EXPECT_EQ(environment.ssmEndpoint.authority, "ssm.eu-central-1.amazonaws.com");
    EXPECT_EQ(environment.webSocketEndpoint.target, "/prod");
    EXPECT_EQ(environment.replyKey.parameter, "/t/reply");
    EXPECT_FALSE(environment.subdomains);
}

TEST_F(EnvironmentTest, OtherEndpoints)
{
    m_variables["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:8000";
    m_variables["AWS_ENDPOINT_URL_SQS"] = "http://localhost:9324/";
    m_variables["TUNNEL_WEBSOCKET_ENDPOINT"] = "http://127.0.0.1:3001";
    m_variables["TUNNEL_SUBDOMAINS"] = "true";
    const auto environment = read().value();
    EXPECT_EQ(environment.dynamoEndpoint.port, "8000");
    EXPECT_FALSE(environment.sqsEndpoint.secure);
    EXPECT_EQ(environment.webSocketEndpoint.target, "");
    EXPECT_TRUE(environment.subdomains);
}

TEST_F(EnvironmentTest, NamesWhatIsMissing)
{
    for (const auto &[name, value] : std::map(m_variables)) {
        m_variables.erase(name);
        EXPECT_THAT(problem(), testing::AllOf(HasSubstr(name), HasSubstr("is not set")));
        m_variables[name] = value;
    }
}

TEST_F(EnvironmentTest, NamesWhatIsWrong)
{
    const auto with = [this](const std::string &name, const std::string &value) {
        const auto before = m_variables;
        m_variables[name] = value;
        auto text = problem();
        m_variables = before;
        return text;
    };
    EXPECT_THAT(with("TUNNEL_FUNCTION", "both"), HasSubstr("http or ws"));
    EXPECT_THAT(with("TUNNEL_SUBDOMAINS", "yes"), HasSubstr("true or false"));
    EXPECT_THAT(with("TUNNEL_REPLY_QUEUE_PREFIX", "a.b"), HasSubstr("TUNNEL_REPLY_QUEUE_PREFIX"));
    EXPECT_THAT(with("TUNNEL_REPLY_QUEUE_PREFIX", std::string(41, 'a')), HasSubstr("40"));
    EXPECT_THAT(with("AWS_ENDPOINT_URL_SQS", "http://sqs.example.com"), HasSubstr("AWS_ENDPOINT_URL_SQS"));
    EXPECT_THAT(with("TUNNEL_JWKS_URL", "https://id.example/jwks"), HasSubstr("TUNNEL_JWT_AUDIENCE"));
}

TEST_F(EnvironmentTest, KeysAreOfTheSocketFunctionOnly)
{
    m_variables["TUNNEL_JWT_SECRET"] = "s";
    m_variables["TUNNEL_JWKS_URL"] = "https://id.example/jwks";
    m_variables["TUNNEL_JWT_AUDIENCE"] = "a,b,";
    EXPECT_THAT(read()->jwtAudiences, ElementsAre("a", "b"));
    EXPECT_EQ(read()->jwksUrl->target, "/jwks");
    m_variables["TUNNEL_FUNCTION"] = "http";
    EXPECT_EQ(read()->jwtSecret.value, "");
    EXPECT_FALSE(read()->jwksUrl);
}

} // namespace
