#include "stores/gateway_sender.h"

#include "stores/store_error.h"

namespace stores {

using wire::Code;
using wire::Result;

namespace {

constexpr unsigned kGone = 410;

// Only 410 says that the link has gone; a connection of our own that broke says nothing about it.
std::unexpected<wire::Error> told(const aws::ServiceError &error)
{
    if (error.status == kGone)
        return wire::fail(Code::ConnectionLost, error.error.message);
    return failed(error);
}

} // namespace

Result<> GatewaySender::post(std::string_view connectionId, std::string_view text, gateway::Time deadline)
{
    const auto posted = m_api.post(connectionId, text, deadline);
    return posted ? Result<>() : told(posted.error());
}

Result<> GatewaySender::close(std::string_view connectionId, gateway::Time deadline)
{
    const auto closed = m_api.close(connectionId, deadline);
    return closed ? Result<>() : told(closed.error());
}

} // namespace stores
