// The environment variables that `bootstrap` reads (backend-aws/README.md), checked. A value; made once by main.
#pragma once

#include "edge/http_url.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace runtime {

enum class FunctionKind : std::uint8_t { Http, Socket };

struct SecretSource {
    std::string value;
    std::string parameter;
};

struct Environment {
    FunctionKind function = FunctionKind::Http;
    std::string functionName;
    std::string runtimeApi;
    std::string region;
    std::string accessKeyId;
    std::string secretAccessKey;
    std::string sessionToken;

    std::string connectionsTable;
    std::string reservationsTable;
    std::string rateLimitsTable;
    std::string replyQueuePrefix;
    edge::HttpUrl webSocketEndpoint; // its target is the stage's path
    edge::HttpUrl dynamoEndpoint;
    edge::HttpUrl sqsEndpoint;
    edge::HttpUrl ssmEndpoint;
    std::string publicUrl;
    bool subdomains = false;
    std::string caFile; // empty: the system's

    SecretSource config;
    SecretSource replyKey;
    SecretSource jwtSecret;
    SecretSource jwks;
    std::optional<edge::HttpUrl> jwksUrl;
    std::string jwtIssuer;
    std::vector<std::string> jwtAudiences;
};

// Empty for a variable that is not set.
using ReadVariable = std::function<std::string(const char *name)>;

// Errors are InvalidRequest with a sentence that names the variable and quotes no secret.
[[nodiscard]] wire::Result<Environment> readEnvironment(const ReadVariable &variable);

} // namespace runtime
