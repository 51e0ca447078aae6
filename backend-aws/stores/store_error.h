// How a failure of a service looks to the public side. Inner part of the stores.
#pragma once

#include "aws/signed_caller.h"

namespace stores {

// A visitor is not told of our own connections to a service: their codes mean the tunnel's.
[[nodiscard]] inline std::unexpected<wire::Error> failed(const aws::ServiceError &error)
{
    auto failure = error.error;
    if (failure.code == wire::Code::ConnectionLost || failure.code == wire::Code::LocalServiceUnavailable ||
        failure.code == wire::Code::PayloadTooLarge)
        failure.code = wire::Code::InternalError;
    return std::unexpected(std::move(failure));
}

} // namespace stores
