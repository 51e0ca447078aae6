// What ttf says at its start of tokens that end soon, or have ended. A value for one start.
#pragma once

#include "client/tunnel_config.h"
#include "workspace/expiry_text.h"

#include <QSet>
#include <QString>

#include <string>

namespace ttf {

class ExpiryWarnings {
public:
    explicit ExpiryWarnings(settings::TokenTime now) : m_now(now) {}

    // Empty when its token does not end soon, or that of the same host was warned of before.
    [[nodiscard]] std::string of(const client::TunnelConfig &tunnel);

private:
    settings::TokenTime m_now;
    QSet<QString> m_told;
};

} // namespace ttf
