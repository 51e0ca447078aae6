// Lambda's Runtime API for custom runtimes (2018-06-01): takes the next invocation, gives its answer or its error back. Owned by
// main; one thread.
#pragma once

#include "transport/http_client.h"

#include <string>
#include <string_view>

namespace runtime {

using transport::Time;

struct Invocation {
    std::string id{};
    Time deadline{}; // Lambda ends the function then
    std::string event{}; // JSON
};

class RuntimeClient {
public:
    // `api`: AWS_LAMBDA_RUNTIME_API, "127.0.0.1:9001".
    [[nodiscard]] static wire::Result<edge::HttpUrl> parseApi(std::string_view api);

    explicit RuntimeClient(edge::HttpUrl api) : m_client(std::move(api)) {}

    // Waits for it as long as it takes; Lambda freezes the program meanwhile.
    [[nodiscard]] wire::Result<Invocation> next();
    [[nodiscard]] wire::Result<> respond(const Invocation &invocation, std::string answer);
    // `type` is "Tunnel.InvalidEvent" or the like; the message stands in the function's log and metrics only.
    [[nodiscard]] wire::Result<> fail(const Invocation &invocation, std::string_view type, std::string_view message);
    // The program cannot begin.
    [[nodiscard]] wire::Result<> failStart(std::string_view type, std::string_view message);

private:
    wire::Result<> post(std::string target, std::string body, std::string_view errorType);

    transport::HttpClient m_client;
};

} // namespace runtime
