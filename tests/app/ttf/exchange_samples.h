// Engine values as the views' tests use them.
#pragma once

#include "client/tunnel_status.h"

namespace ttf_test {

inline client::ExchangeSummary doneExchange()
{
    client::ExchangeSummary exchange;
    exchange.key = 1;
    exchange.tunnelId = QStringLiteral("shop");
    exchange.tunnelName = QStringLiteral("shop");
    exchange.requestId = QStringLiteral("req_1");
    exchange.started = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    exchange.method = QStringLiteral("GET");
    exchange.target = QStringLiteral("/items?page=2");
    exchange.remoteAddress = QStringLiteral("127.0.0.1");
    exchange.state = client::ExchangeState::Done;
    exchange.status = 200;
    exchange.durationUs = 12'345;
    exchange.firstByteUs = 11'000;
    exchange.requestBytes = 7;
    exchange.responseBytes = 1234;
    return exchange;
}

inline client::TunnelStatus onlineStatus()
{
    client::TunnelStatus status;
    status.id = QStringLiteral("shop");
    status.phase = client::Phase::Online;
    status.name = QStringLiteral("shop");
    status.publicUrl = QStringLiteral("http://shop.localhost:4000/");
    status.subdomainUrl = status.publicUrl;
    status.pathBasedUrl = QStringLiteral("http://localhost:4000/shop/");
    return status;
}

inline client::TunnelStatus reconnectingStatus()
{
    client::TunnelStatus status = onlineStatus();
    status.phase = client::Phase::Reconnecting;
    status.reason = {wire::Code::ConnectionLost, "the relay went away"};
    status.attempt = 2;
    status.nextAttemptMs = 1500;
    return status;
}

inline client::TunnelStatus failedStatus()
{
    client::TunnelStatus status = onlineStatus();
    status.phase = client::Phase::Failed;
    status.reason = {wire::Code::NameTaken, "somebody else has it"};
    return status;
}

} // namespace ttf_test
