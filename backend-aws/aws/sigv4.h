// AWS Signature Version 4 in the Authorization field, as AWS's documentation "Signing requests" has it. Our own because
// libcurl 7.88 signs `/@connections/ID%3D` wrongly: AWS takes the path as it went over the wire and encodes it once more.
// Pure; any thread; the clock is an argument.
#pragma once

#include "transport/http_client.h"

#include <string>
#include <string_view>

namespace aws {

using transport::Time;

struct Credentials {
    std::string accessKeyId;
    std::string secretAccessKey;
    std::string sessionToken; // empty for those that last
};

struct Scope {
    std::string region;
    std::string service; // "dynamodb", "execute-api"
};

// Adds X-Amz-Date, X-Amz-Security-Token and Authorization. `host` is the Host field that the request will have.
void sign(transport::Request &request, std::string_view host, const Credentials &credentials, const Scope &scope,
          Time now);

} // namespace aws
