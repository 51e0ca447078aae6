#include "embedded/desktop_relay.h"

namespace embedded {

using wire::Code;
using wire::Result;

Result<> DesktopRelay::start(const QList<quint16> &ports)
{
    if (m_relay)
        return wire::fail(Code::InvalidRequest, "the embedded relay runs already");
    wire::Error last;
    for (const quint16 port : ports.isEmpty() ? QList<quint16>{0} : ports) {
        auto relay = EmbeddedRelay::start(port, m_verbose);
        if (relay) {
            m_relay = *std::move(relay);
            return {};
        }
        last = std::move(relay).error();
    }
    return std::unexpected(std::move(last));
}

QUrl DesktopRelay::url() const
{
    return m_relay ? m_relay->url() : QUrl();
}

quint16 DesktopRelay::port() const
{
    return m_relay ? m_relay->port() : quint16{0};
}

client::Token DesktopRelay::token() const
{
    return m_relay ? m_relay->token() : client::Token();
}

} // namespace embedded
