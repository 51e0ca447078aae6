// What the functions go by and an operator may change while they run: settings, keys and rules, as read from the Parameter Store.
// A value; replaced as a whole.
#pragma once

#include "edge/jwt_keys.h"
#include "gateway/reply_token.h"
#include "gateway/settings.h"

namespace gateway {

struct Live {
    Settings settings;
    ReplyKeys replyKeys;
    edge::JwtKeys jwtKeys; // of tunnel clients' tokens
    edge::JwtRules jwtRules;
};

} // namespace gateway
