// What Lambda answers with, as the JSON that API Gateway understands. Pure; any thread.
#pragma once

#include "wire/http_head.h"

#include <string>
#include <string_view>

namespace events {

// Payload format 2.0: each Set-Cookie stays one of its own, other repeated fields are joined (RFC 9110 5.3), a body that is no
// text is base64. PayloadTooLarge when it is over what Lambda may answer. `answersHead`: the request was HEAD.
[[nodiscard]] wire::Result<std::string> httpAnswer(const wire::ResponseHead &head, std::string_view body,
                                                   bool answersHead);

// Of the authorizer: what `owner` and `claims` say comes back with every event of the connection (SocketEvent).
[[nodiscard]] std::string allowConnection(std::string_view methodArn, std::string_view owner, std::string_view claims);
[[nodiscard]] std::string denyConnection(std::string_view methodArn);

// Of $connect, with the subprotocol chosen, if any; and of the other routes.
[[nodiscard]] std::string socketAnswer(unsigned status, std::string_view subprotocol = {});

} // namespace events
