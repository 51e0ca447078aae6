#include "ttf/expiry_warnings.h"

#include <fmt/core.h>

namespace ttf {

std::string ExpiryWarnings::of(const client::TunnelConfig &tunnel)
{
    const auto expiry = settings::tokenExpiry(tunnel.token.reveal().toStdString());
    const QString host = tunnel.server.host();
    if (!expiry || workspace::expiryStage(*expiry, m_now) == workspace::ExpiryStage::Fine || m_told.contains(host))
        return {};
    m_told.insert(host);
    return fmt::format("the token for {} {}: ask its operator for a new one", host.toStdString(),
                       workspace::expiryText(*expiry, m_now));
}

} // namespace ttf
