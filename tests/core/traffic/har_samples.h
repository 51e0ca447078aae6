// Small HARs as browsers and proxies write them, and exchanges as we record them.
#pragma once

#include "traffic/exchange.h"

#include <QTimeZone>

namespace samples {

inline traffic::Exchange exchange(wire::HeaderList requestHeaders = {}, wire::HeaderList responseHeaders = {},
                                  const QByteArray &requestBody = {}, const QByteArray &responseBody = {})
{
    auto request = std::make_shared<wire::RequestHead>();
    request->method = "POST";
    request->uri = "/hooks/a?livemode=false";
    request->headers = std::move(requestHeaders);
    auto response = std::make_shared<wire::ResponseHead>();
    response->status = 201;
    response->reason = "Created";
    response->headers = std::move(responseHeaders);
    traffic::Exchange made;
    made.summary.method = QStringLiteral("POST");
    made.summary.target = QStringLiteral("/hooks/a?livemode=false");
    made.summary.tunnelName = QStringLiteral("shop");
    made.summary.requestId = QStringLiteral("req_6f9619ff-8b86-4d01-b42d-00c04fc964ff");
    made.summary.remoteAddress = QStringLiteral("203.0.113.7");
    made.summary.started = QDateTime(QDate(2026, 3, 14), QTime(9, 26, 53, 589), QTimeZone::utc());
    made.summary.state = client::ExchangeState::Done;
    made.summary.status = 201;
    made.summary.durationUs = 12'345;
    made.summary.firstByteUs = 10'000;
    made.summary.requestBytes = quint64(requestBody.size());
    made.summary.responseBytes = quint64(responseBody.size());
    made.request = request;
    made.response = response;
    made.requestBody = requestBody;
    made.responseBody = responseBody;
    return made;
}

// Chromium: HTTP/2 with pseudo-headers, joined Set-Cookie, a local offset, its own fields.
inline QByteArray chromium()
{
    return R"({"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[{
  "_initiator":{"type":"other"},"_priority":"VeryHigh","_resourceType":"document","cache":{},"connection":"443",
  "request":{"method":"GET","url":"https://shop.example.com/items?page=2","httpVersion":"http/2.0","headers":[
    {"name":":authority","value":"shop.example.com"},{"name":":method","value":"GET"},{"name":":path","value":"/items?page=2"},
    {"name":":scheme","value":"https"},{"name":"accept","value":"text/html"}],
    "queryString":[{"name":"page","value":"2"}],"cookies":[],"headersSize":-1,"bodySize":0},
  "response":{"status":200,"statusText":"","httpVersion":"http/2.0","headers":[{"name":"content-encoding","value":"br"},
    {"name":"content-type","value":"text/html; charset=utf-8"},{"name":"set-cookie","value":"a=1; Path=/\nb=2"}],"cookies":[],
    "content":{"size":12,"mimeType":"text/html","compression":-2,"text":"<h1>Tür</h1>"},"redirectURL":"","headersSize":-1,
    "bodySize":-1,"_transferSize":532,"_error":null},
  "serverIPAddress":"192.0.2.10","startedDateTime":"2026-03-14T10:26:53.589+01:00","time":31.25,
  "timings":{"blocked":1.5,"dns":-1,"ssl":4,"connect":5,"send":0.5,"wait":20,"receive":4.25,"_blocked_queueing":1}}]}})";
}

// Firefox: a form, an answer in base64, a request that was blocked, no connection data.
inline QByteArray firefox()
{
    return R"({"log":{"version":"1.2","creator":{"name":"Firefox","version":"128.0"},"browser":{"name":"Firefox","version":"128.0"},
 "entries":[{"startedDateTime":"2026-03-14T10:26:53.589+01:00","request":{"bodySize":9,"method":"POST",
  "url":"http://localhost:3000/login#top","httpVersion":"HTTP/1.1","headers":[{"name":"Host","value":"localhost:3000"},
  {"name":"Content-Type","value":"application/x-www-form-urlencoded"}],"cookies":[],"queryString":[],"headersSize":80,
  "postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"user","value":"a b"},{"name":"x","value":"1"}],
  "text":"user=a+b&x=1"}},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[
  {"name":"Content-Type","value":"image/png"},{"name":"Transfer-Encoding","value":"chunked"}],"cookies":[],
  "content":{"mimeType":"image/png","size":4,"encoding":"base64","text":"iVBORw=="},"redirectURL":"","headersSize":90,
  "bodySize":94},"cache":{},"timings":{"blocked":0,"dns":0,"connect":0,"ssl":0,"send":0,"wait":7,"receive":0},"time":7},
 {"startedDateTime":"2026-03-14T10:26:54.000+01:00","request":{"method":"GET","url":"http://localhost:3000/ads",
  "httpVersion":"","headers":[]},"response":{"status":0,"statusText":"","headers":[],"content":{}},"timings":{},"time":0}]}})";
}

// mitmproxy: microseconds, an offset, timings of null.
inline QByteArray mitmproxy()
{
    return R"({"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"10.2"},"pages":[],"entries":[{
 "startedDateTime":"2026-03-14T09:26:53.589123+00:00","time":42.5,"request":{"method":"PUT","url":"http://[::1]:8080/a%20b",
 "httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"[::1]:8080"},{"name":"Content-Length","value":"2"}],
 "queryString":[],"headersSize":60,"bodySize":2,"postData":{"mimeType":"text/plain","text":"ok","params":[]}},
 "response":{"status":204,"statusText":"No Content","httpVersion":"HTTP/1.1","cookies":[],"headers":[],
 "content":{"size":0,"compression":0,"mimeType":"","text":""},"redirectURL":"","headersSize":20,"bodySize":0},"cache":{},
 "timings":{"connect":null,"ssl":null,"send":1.5,"receive":1,"wait":40},"serverIPAddress":"::1"}]}})";
}

} // namespace samples
