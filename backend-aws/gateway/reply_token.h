// `reply_to`: names the channel that an answer belongs into. A tunnel client echoes it and cannot read or change what it says:
// it holds for one request, one link of a client, and a short time. Pure; any thread; the clock is an argument.
#pragma once

#include "gateway/reservation.h"

#include <string>
#include <string_view>
#include <vector>

namespace gateway {

// What a token is bound to beside the channel; never written into it.
struct ReplyBinding {
    std::string_view requestId;
    std::string_view connectionId;
};

class ReplyKeys {
public:
    // A key a line, of kMinReplyKeyBytes at least; the first signs. Errors are InvalidRequest and quote nothing.
    [[nodiscard]] static wire::Result<ReplyKeys> parse(std::string_view text);

    [[nodiscard]] std::string sign(std::string_view address, const ReplyBinding &binding, Time ends) const;
    // The channel's address. Errors are Forbidden; a token that ended less than kReplyClockSkew ago is taken.
    [[nodiscard]] wire::Result<std::string> verify(std::string_view token, const ReplyBinding &binding, Time now) const;

private:
    std::vector<std::string> m_keys;
};

} // namespace gateway
