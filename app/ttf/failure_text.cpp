#include "ttf/failure_text.h"

#include "ttf/line_text.h"

#include <fmt/core.h>

#include <string_view>

namespace ttf {

namespace {

std::string_view title(wire::Code code)
{
    switch (code) {
    case wire::Code::Unauthorized: return "Unauthorized";
    case wire::Code::Forbidden: return "Forbidden";
    case wire::Code::NameTaken: return "Name taken";
    case wire::Code::InvalidRequest: return "Invalid request";
    case wire::Code::ProtocolError: return "Protocol error";
    default: return "The tunnel failed";
    }
}

std::string_view remedy(wire::Code code, bool tokenGiven)
{
    switch (code) {
    case wire::Code::Unauthorized:
        return tokenGiven
                   ? "The server does not accept this token. Ask its operator for a valid one."
                   : "Give a token by --token-file FILE or in the environment as TUNNEL_TOKEN, or save it in the "
                     "settings of HTTP Tunnel.";
    case wire::Code::Forbidden:
        return "This token may not use this name: choose another by --name, or use another token.";
    case wire::Code::NameTaken: return "Choose another name by --name, or take it over by --takeover if it is yours.";
    case wire::Code::ProtocolError:
        return "Check that the address is a tunnel relay's and that both sides are up to date.";
    default: return {};
    }
}

} // namespace

std::string failureText(const client::TunnelStatus &status, bool tokenGiven)
{
    std::string out = fmt::format("ERROR: {}\n", title(status.reason.code));
    const std::string reason = printable(QString::fromStdString(status.reason.message));
    out += fmt::format("{}: {}\n", printable(status.id), reason);
    if (const auto what = remedy(status.reason.code, tokenGiven); !what.empty())
        out += fmt::format("{}\n", what);
    return out;
}

} // namespace ttf
