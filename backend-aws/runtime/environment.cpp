#include "runtime/environment.h"

#include <fmt/format.h>

#include <algorithm>

namespace runtime {

using wire::Code;
using wire::Result;

namespace {

constexpr std::size_t kMaxQueuePrefix = 40; // of the 80 characters of a queue's name

// Reads variables one after the other; the first problem counts.
class Variables {
public:
    explicit Variables(const ReadVariable &read) : m_read(read) {}

    [[nodiscard]] std::string optional(const char *name) const { return m_read(name); }
    [[nodiscard]] std::string required(const char *name)
    {
        auto value = m_read(name);
        if (value.empty())
            complain(name, "is not set");
        return value;
    }
    [[nodiscard]] edge::HttpUrl url(const char *name, const std::string &otherwise)
    {
        auto value = m_read(name);
        if (value.empty())
            value = otherwise;
        auto parsed = edge::parseHttpUrl(value);
        if (parsed)
            return *parsed;
        complain(name, value.empty() ? "is not set" : parsed.error().message);
        return {};
    }
    [[nodiscard]] bool flag(const char *name)
    {
        const auto value = m_read(name);
        if (!value.empty() && value != "true" && value != "false")
            complain(name, "must be true or false");
        return value == "true";
    }
    // NAME or NAME_PARAMETER.
    [[nodiscard]] SecretSource secret(const std::string &name) const
    {
        return {m_read(name.c_str()), m_read((name + "_PARAMETER").c_str())};
    }
    void complain(std::string_view name, std::string_view problem)
    {
        if (m_outcome)
            m_outcome = wire::fail(Code::InvalidRequest, fmt::format("{} {}", name, problem));
    }
    [[nodiscard]] const Result<> &outcome() const noexcept { return m_outcome; }

private:
    const ReadVariable &m_read;
    Result<> m_outcome;
};

FunctionKind functionKind(Variables &in)
{
    const auto kind = in.required("TUNNEL_FUNCTION");
    if (!kind.empty() && kind != "http" && kind != "ws")
        in.complain("TUNNEL_FUNCTION", "must be http or ws");
    return kind == "ws" ? FunctionKind::Socket : FunctionKind::Http;
}

bool isQueuePrefix(std::string_view prefix)
{
    return prefix.size() <= kMaxQueuePrefix && std::ranges::all_of(prefix, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                      c == '-';
           });
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (!part.empty())
            parts.emplace_back(part);
    }
    return parts;
}

void readLambda(Variables &in, Environment &to)
{
    to.function = functionKind(in);
    to.functionName = in.optional("AWS_LAMBDA_FUNCTION_NAME");
    to.runtimeApi = in.required("AWS_LAMBDA_RUNTIME_API");
    to.region = in.required("AWS_REGION");
    to.accessKeyId = in.required("AWS_ACCESS_KEY_ID");
    to.secretAccessKey = in.required("AWS_SECRET_ACCESS_KEY");
    to.sessionToken = in.optional("AWS_SESSION_TOKEN");
}

void readServices(Variables &in, Environment &to)
{
    const auto host = [&](std::string_view service) {
        return fmt::format("https://{}.{}.amazonaws.com", service, to.region);
    };
    to.dynamoEndpoint = in.url("AWS_ENDPOINT_URL_DYNAMODB", host("dynamodb"));
    to.sqsEndpoint = in.url("AWS_ENDPOINT_URL_SQS", host("sqs"));
    to.ssmEndpoint = in.url("AWS_ENDPOINT_URL_SSM", host("ssm"));
    to.webSocketEndpoint = in.url("TUNNEL_WEBSOCKET_ENDPOINT", {});
    while (to.webSocketEndpoint.target.ends_with('/'))
        to.webSocketEndpoint.target.pop_back();
    to.caFile = in.optional("TUNNEL_CA_FILE");
    to.connectionsTable = in.required("TUNNEL_CONNECTIONS_TABLE");
    to.reservationsTable = in.required("TUNNEL_RESERVATIONS_TABLE");
    to.rateLimitsTable = in.required("TUNNEL_RATE_LIMITS_TABLE");
    to.replyQueuePrefix = in.required("TUNNEL_REPLY_QUEUE_PREFIX");
    if (!isQueuePrefix(to.replyQueuePrefix))
        in.complain("TUNNEL_REPLY_QUEUE_PREFIX", "must have at most 40 letters, digits, '-' and '_'");
}

void readKeys(Variables &in, Environment &to)
{
    to.config = in.secret("TUNNEL_CONFIG");
    to.replyKey = in.secret("TUNNEL_REPLY_KEY");
    if (to.replyKey.value.empty() && to.replyKey.parameter.empty())
        in.complain("TUNNEL_REPLY_KEY_PARAMETER", "is not set");
    if (to.function == FunctionKind::Http)
        return;
    to.jwtSecret = in.secret("TUNNEL_JWT_SECRET");
    to.jwks = in.secret("TUNNEL_JWKS");
    to.jwtIssuer = in.optional("TUNNEL_JWT_ISSUER");
    to.jwtAudiences = listOf(in.optional("TUNNEL_JWT_AUDIENCE"));
    if (!in.optional("TUNNEL_JWKS_URL").empty()) {
        to.jwksUrl = in.url("TUNNEL_JWKS_URL", {});
        if (to.jwtAudiences.empty()) // whoever else trusts that issuer gets tokens from it, too
            in.complain("TUNNEL_JWT_AUDIENCE", "must be set when TUNNEL_JWKS_URL is");
    }
}

} // namespace

Result<Environment> readEnvironment(const ReadVariable &variable)
{
    Variables in(variable);
    Environment environment;
    readLambda(in, environment);
    readServices(in, environment);
    environment.publicUrl = in.required("TUNNEL_PUBLIC_URL");
    environment.subdomains = in.flag("TUNNEL_SUBDOMAINS");
    readKeys(in, environment);
    if (!in.outcome())
        return std::unexpected(in.outcome().error());
    return environment;
}

} // namespace runtime
