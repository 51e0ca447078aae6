// Requests as a developer sees them in a day, for tests and pictures of the window: summaries, heads and bodies.
#pragma once

#include "traffic/exchange_store.h"
#include "ui/text.h"

#include <QBuffer>
#include <QColor>
#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <QTimeZone>

namespace samples {

inline const QDateTime &start()
{
    static const QDateTime time(QDate(2026, 3, 14), QTime(9, 26, 53, 589), QTimeZone::utc());
    return time;
}

inline client::ExchangeSummary summary(quint64 key, const char *method = "GET", const char *target = "/",
                                       unsigned status = 200)
{
    client::ExchangeSummary exchange;
    exchange.key = key;
    exchange.tunnelId = text("t1");
    exchange.tunnelName = text("shop");
    exchange.requestId = text("req_6f9619ff-8b86-4d01-b42d-00c04fc964ff");
    exchange.started = start().addMSecs(qint64(key) * 731);
    exchange.method = text(method);
    exchange.target = text(target);
    exchange.remoteAddress = text("203.0.113.7");
    exchange.state = client::ExchangeState::Done;
    exchange.status = status;
    exchange.durationUs = qint64(1200 + key * 7919 % 90'000);
    exchange.firstByteUs = exchange.durationUs * 3 / 4;
    exchange.responseBytes = 320 + key * 104'729 % 70'000;
    return exchange;
}

inline client::ExchangeSummary pending(quint64 key, const char *method = "GET", const char *target = "/")
{
    auto exchange = summary(key, method, target, 0);
    exchange.state = client::ExchangeState::Pending;
    exchange.durationUs = 0;
    exchange.firstByteUs = 0;
    exchange.responseBytes = 0;
    return exchange;
}

inline client::ExchangeSummary aborted(quint64 key, const char *target, wire::Code code, const char *message)
{
    auto exchange = summary(key, "GET", target, 0);
    exchange.state = client::ExchangeState::Aborted;
    exchange.firstByteUs = 0;
    exchange.responseBytes = 0;
    exchange.error = {code, message};
    return exchange;
}

inline client::ExchangeSummary replayed(quint64 key, const char *method, const char *target)
{
    auto exchange = summary(key, method, target, 201);
    exchange.origin = client::ExchangeOrigin::Replay;
    exchange.replayOf = 4;
    exchange.remoteAddress.clear();
    return exchange;
}

inline client::ExchangeSummary imported(quint64 key, const char *url)
{
    auto exchange = summary(key, "GET", "/items", 200);
    exchange.origin = client::ExchangeOrigin::Import;
    exchange.importedUrl = text(url);
    exchange.tunnelId.clear();
    return exchange;
}

inline client::ExchangeSummary upgraded(quint64 key, const char *target)
{
    auto exchange = summary(key, "GET", target, 101);
    exchange.upgrade = text("websocket");
    return exchange;
}

// A morning's work: keys from 1.
inline client::ExchangeBatch morning()
{
    return {summary(1, "GET", "/", 200),
            summary(2, "GET", "/assets/index-4f1a9c2e.js", 200),
            summary(3, "GET", "/assets/index-b81d20aa.css", 304),
            summary(4, "POST", "/hooks/stripe?livemode=false", 201),
            summary(5, "GET", "/api/products?page=2&sort=-created_at&include=images,variants,reviews", 200),
            summary(6, "GET", "/old-blog/2024/10/a-very-long-slug-that-nobody-will-ever-type-by-hand", 301),
            summary(7, "GET", "/favicon.ico", 404),
            aborted(8, "/slow/report.pdf", wire::Code::Timeout, "no response head within 120 s"),
            upgraded(9, "/ws/updates"),
            replayed(10, "POST", "/hooks/stripe?livemode=false"),
            summary(11, "DELETE", "/api/cart/items/9187", 500),
            summary(12, "PUT", "/api/profile/avatar", 413),
            aborted(13, "/admin", wire::Code::LocalServiceUnavailable, "connection refused"),
            summary(14, "GET", "/images/products/enamel-mug-blue.png", 200),
            summary(15, "OPTIONS", "/api/orders", 204),
            pending(16, "GET", "/events"),
            pending(17, "POST", "/api/orders")};
}

inline QByteArray json()
{
    return R"({"id":"evt_1PqX","object":"event","livemode":false,"created":1741944413,"type":"payment_intent.succeeded",)"
           R"("data":{"object":{"amount":4200,"currency":"eur","captured":true,"customer":null,)"
           R"("metadata":{"order":"A-1093","note":"Grüße aus Köln"},"lines":[{"sku":"mug-blue","qty":2,"price":19.5},)"
           R"({"sku":"gift-wrap","qty":1,"price":3}]}},"pending_webhooks":1})";
}

inline QByteArray png(QSize size = {640, 420})
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient sky(0, 0, 0, size.height());
    sky.setColorAt(0, QColor(0x7d, 0xb9, 0xe8));
    sky.setColorAt(1, QColor(0xff, 0xe0, 0xb2));
    painter.setBrush(sky);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(QRectF(QPointF(), QSizeF(size)).adjusted(24, 24, -24, -24), 40, 40);
    painter.setBrush(QColor(0xf4, 0x51, 0x1e));
    painter.drawEllipse(QPointF(size.width() * 0.68, size.height() * 0.42), 56, 56);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

inline client::CaptureUpdate capture(quint64 key, wire::HeaderList requestHeaders, wire::HeaderList responseHeaders,
                                     const QByteArray &requestBody, const QByteArray &responseBody)
{
    auto request = std::make_shared<wire::RequestHead>();
    request->method = "POST";
    request->uri = "/hooks/stripe?livemode=false";
    request->headers = std::move(requestHeaders);
    auto response = std::make_shared<wire::ResponseHead>();
    response->status = 201;
    response->reason = "Created";
    response->headers = std::move(responseHeaders);
    client::CaptureUpdate update;
    update.key = key;
    update.request = request;
    update.response = response;
    update.requestBody = requestBody;
    update.responseBody = responseBody;
    return update;
}

inline wire::HeaderList webhookHeaders()
{
    return {
        {"Host", "shop.localhost:7000"},
        {"User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"},
        {"Accept", "*/*; q=0.5, application/xml"},
        {"Content-Type", "application/json; charset=utf-8"},
        {"Cache-Control", "no-cache"},
        {"Stripe-Signature",
         "t=1741944413,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd,v0=6ffbb59b2300aae63f27240"
         "6069a9788598b792a944a07aba816edb039989a39"},
        {"Authorization", "Bearer sk_live_51HqLyjWDarjtT1zdp7dc"},
        {"Cookie", "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark"},
        {"X-Forwarded-For", "203.0.113.7"}};
}

inline wire::HeaderList jsonAnswerHeaders()
{
    return {{"Content-Type", "application/json"},
            {"Server", "nginx/1.22.1"},
            {"Set-Cookie", "session=c81e728d9d4c2f636f067f89cc14862c; Path=/; HttpOnly; SameSite=Lax"},
            {"Date", "Sat, 14 Mar 2026 09:26:56 GMT"}};
}

// The morning with heads and bodies: 4 is a webhook with JSON both ways, 14 an image, 7 a page of HTML.
inline void fill(traffic::ExchangeStore &store, const QString &tunnelId = text("t1"),
                 const QString &name = text("shop"))
{
    auto batch = morning();
    for (auto &exchange : batch) {
        exchange.tunnelId = tunnelId;
        exchange.tunnelName = name;
    }
    batch[3].requestBytes = quint64(json().size());
    batch[3].responseBytes = 37;
    store.add(batch);
    store.addCaptures(
        {capture(4, webhookHeaders(), jsonAnswerHeaders(), json(), R"({"received":true,"order":"A-1093"})"),
         capture(
             7, {{"Host", "shop.localhost:7000"}}, {{"Content-Type", "text/html; charset=utf-8"}}, {},
             "<!doctype html>\n<html lang=\"en\">\n  <head><title>Not found</title></head>\n  <!-- nothing here -->\n"
             "  <body class=\"error\">\n    <h1>404</h1>\n  </body>\n</html>\n"),
         capture(14, {{"Host", "shop.localhost:7000"}, {"Accept", "image/avif,image/webp,image/png"}},
                 {{"Content-Type", "image/png"}, {"ETag", "\"67d3f0a1-3c1e\""}}, {}, png())});
}

} // namespace samples
