#include "wire/result.h"

#include <algorithm>
#include <array>

namespace wire {

namespace {

struct Name {
    Code code;
    std::string_view name;
};

constexpr std::array kNames{
    Name{Code::InvalidRequest, "invalid_request"},
    Name{Code::Unauthorized, "unauthorized"},
    Name{Code::Forbidden, "forbidden"},
    Name{Code::TunnelNotFound, "tunnel_not_found"},
    Name{Code::PayloadTooLarge, "payload_too_large"},
    Name{Code::HeadersTooLarge, "headers_too_large"},
    Name{Code::RateLimited, "rate_limited"},
    Name{Code::ConnectionLost, "connection_lost"},
    Name{Code::LocalServiceUnavailable, "local_service_unavailable"},
    Name{Code::Timeout, "timeout"},
    Name{Code::NameTaken, "name_taken"},
    Name{Code::ProtocolError, "protocol_error"},
    Name{Code::Cancelled, "cancelled"},
    Name{Code::InternalError, "internal_error"},
};

} // namespace

std::string_view codeName(Code code) noexcept
{
    const auto *found = std::ranges::find(kNames, code, &Name::code);
    return found == kNames.end() ? std::string_view("internal_error") : found->name;
}

Code codeFromName(std::string_view name) noexcept
{
    const auto *found = std::ranges::find(kNames, name, &Name::name);
    return found == kNames.end() ? Code::InternalError : found->code;
}

} // namespace wire
