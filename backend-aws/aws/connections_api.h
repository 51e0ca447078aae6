// The management side of a WebSocket API: `@connections` of one stage. Owned by the stores; one thread.
#pragma once

#include "aws/signed_caller.h"

#include <string>
#include <string_view>

namespace aws {

class ConnectionsApi {
public:
    // `path` is that of the endpoint, with the stage and no slash behind it: "/prod", or "" for one without.
    ConnectionsApi(SignedCaller caller, std::string path) : m_caller(std::move(caller)), m_path(std::move(path)) {}

    // Any 2xx is fine. A status of 410 means that the connection has gone; 429 is tried again. A message of which nobody knows
    // whether it was sent is not sent again.
    [[nodiscard]] Outcome<> post(std::string_view connectionId, std::string_view text, Time deadline);
    // One that has gone already is fine.
    [[nodiscard]] Outcome<> close(std::string_view connectionId, Time deadline);

private:
    Outcome<> call(transport::Request request, Time deadline);
    [[nodiscard]] std::string target(std::string_view connectionId) const;

    SignedCaller m_caller;
    std::string m_path;
};

} // namespace aws
