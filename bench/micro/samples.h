// The messages that every micro-benchmark takes: a browser's request and an application's answer, as they are in
// everyday use. Built once a benchmark, outside what is timed.
#pragma once

#include "wire/http_head.h"

#include <string>

namespace micro {

inline wire::RequestHead browserRequest()
{
    wire::RequestHead head;
    head.method = "GET";
    head.uri = "/api/orders?page=3&sort=created_at&filter=open";
    head.headers = {{"Host", "shop.tunnel.example.com"},
                    {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"},
                    {"Accept", "application/json, text/plain, */*"},
                    {"Accept-Language", "en-US,en;q=0.5"},
                    {"Accept-Encoding", "gzip, deflate, br, zstd"},
                    {"Referer", "https://shop.tunnel.example.com/orders"},
                    {"Cookie", "session=9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d; theme=dark"},
                    {"Sec-Fetch-Dest", "empty"},
                    {"Sec-Fetch-Mode", "cors"},
                    {"Sec-Fetch-Site", "same-origin"},
                    {"Cache-Control", "no-cache"}};
    head.remoteAddress = "203.0.113.77";
    head.requestId = "req_6f1f9a1e-8f8d-4a39-9f0a-3f8f4b0e2f11";
    return head;
}

inline wire::ResponseHead applicationAnswer()
{
    wire::ResponseHead head;
    head.status = 200;
    head.reason = "OK";
    head.headers = {{"Date", "Mon, 23 Nov 2026 04:38:00 GMT"},
                    {"Content-Type", "application/json; charset=utf-8"},
                    {"Content-Length", "1024"},
                    {"ETag", "\"5f3c-6a1b2c3d4e5f\""},
                    {"Cache-Control", "private, max-age=0, must-revalidate"},
                    {"Vary", "Accept-Encoding, Cookie"},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Strict-Transport-Security", "max-age=63072000; includeSubDomains"}};
    head.body = wire::BodyKind::Sized;
    return head;
}

inline std::string body(std::size_t bytes)
{
    return std::string(bytes, 'x');
}

} // namespace micro
