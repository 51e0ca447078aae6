// Exchanges as the store has them, for tests of the replay window.
#pragma once

#include "client/tunnel_config.h"
#include "traffic/exchange.h"

#include <QDateTime>

namespace support {

inline const QByteArray kOrder = R"({"order": 1042, "items": [{"sku": "A-17", "count": 2}], "total": 39.80})";

[[nodiscard]] inline std::shared_ptr<const wire::RequestHead> requestHead(wire::HeaderList headers)
{
    wire::RequestHead head;
    head.method = "POST";
    head.uri = "/api/orders?notify=1";
    head.headers = std::move(headers);
    head.requestId = "req_00000000-0000-4000-8000-000000000000";
    return std::make_shared<const wire::RequestHead>(head);
}

[[nodiscard]] inline std::shared_ptr<const wire::ResponseHead> responseHead(unsigned status, const char *reason,
                                                                            wire::HeaderList headers = {})
{
    wire::ResponseHead head;
    head.status = status;
    head.reason = reason;
    head.headers = std::move(headers);
    return std::make_shared<const wire::ResponseHead>(head);
}

// "POST /api/orders?notify=1" with a JSON body, answered 201 with JSON.
[[nodiscard]] inline traffic::Exchange recordedOrder(quint64 key, const QString &tunnelId = QStringLiteral("t1"))
{
    traffic::Exchange exchange;
    auto &summary = exchange.summary;
    summary.key = key;
    summary.tunnelId = tunnelId;
    summary.tunnelName = QStringLiteral("shop");
    summary.method = QStringLiteral("POST");
    summary.target = QStringLiteral("/api/orders?notify=1");
    summary.started = QDateTime(QDate(2026, 11, 23), QTime(14, 3, 22), Qt::UTC);
    summary.state = client::ExchangeState::Done;
    summary.status = 201;
    summary.durationUs = 12'400;
    summary.firstByteUs = 11'900;
    summary.requestBytes = quint64(kOrder.size());
    exchange.requestBody = kOrder;
    exchange.responseBody = R"({"id": "ord_7f3a", "state": "accepted"})";
    summary.responseBytes = quint64(exchange.responseBody.size());
    exchange.request = requestHead({{"Host", "shop.example.com"},
                                    {"Content-Type", "application/json"},
                                    {"Content-Length", std::to_string(kOrder.size())},
                                    {"Authorization", "Bearer sk_live_51Hq7"},
                                    {"User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"},
                                    {"X-Forwarded-For", "203.0.113.7"}});
    exchange.response =
        responseHead(201, "Created", {{"Content-Type", "application/json"}, {"Location", "/api/orders/ord_7f3a"}});
    return exchange;
}

[[nodiscard]] inline client::LocalTarget localTarget(quint16 port = 3000)
{
    client::LocalTarget target;
    target.port = port;
    return target;
}

} // namespace support
