// Messages to tunnel clients by the WebSocket API's management side. Owned by main; one thread.
#pragma once

#include "aws/connections_api.h"
#include "gateway/ports.h"

namespace stores {

class GatewaySender final : public gateway::LinkSender {
public:
    explicit GatewaySender(aws::ConnectionsApi api) : m_api(std::move(api)) {}

    [[nodiscard]] wire::Result<> post(std::string_view connectionId, std::string_view text,
                                      gateway::Time deadline) override;
    [[nodiscard]] wire::Result<> close(std::string_view connectionId, gateway::Time deadline) override;

private:
    aws::ConnectionsApi m_api;
};

} // namespace stores
