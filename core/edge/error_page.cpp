#include "edge/error_page.h"

#include "edge/accept.h"
#include "edge/page_html.h"
#include "wire/limits.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace edge {

namespace {

using wire::Code;

struct Entry {
    Code code;
    unsigned status;
    std::string_view title;
    std::string_view sentence;
    std::string_view advice;
};

// Statuses: docs/protocol.md, "Error codes and what a visitor sees". Codes that never reach a visitor in normal running
// (name_taken, protocol_error, cancelled) have an entry too, so that every code maps.
constexpr std::array kEntries{
    Entry{Code::InvalidRequest, 400, "Bad request", "The request was malformed, so it was not passed on.",
          "If a program of yours made it, check how it writes its headers and its body's length."},
    Entry{Code::Unauthorized, 401, "Sign-in required", "This tunnel asks visitors for credentials.",
          "Ask its owner how to get in."},
    Entry{Code::Forbidden, 403, "No access", "This tunnel does not let you in.", "Ask its owner for access."},
    Entry{Code::TunnelNotFound, 404, "No tunnel here", "There is no tunnel at this address, or it is offline.",
          "Check the address for typing errors. If the tunnel is yours, start it again."},
    Entry{Code::PayloadTooLarge, 413, "Too large", "The body of this request is larger than this server lets through.",
          "Send less at once, or ask the server's operator to raise the limit."},
    Entry{Code::HeadersTooLarge, 431, "Headers too large",
          "The headers of this message are larger than this server lets through.",
          "Deleting the cookies of this site often helps."},
    Entry{Code::RateLimited, 429, "Too many requests", "There have been too many requests in a short time.",
          "Wait a little and try again."},
    Entry{Code::ConnectionLost, 502, "Connection lost",
          "The tunnel lost its connection before the answer was complete.",
          "It reconnects by itself: try again in a few seconds."},
    Entry{Code::LocalServiceUnavailable, 503, "The service is not running",
          "The tunnel is up, but nothing answers on the port behind it.",
          "If the service is yours, start it; the tunnel itself needs no restart."},
    Entry{Code::Timeout, 504, "No answer in time", "The service behind this tunnel took too long to answer.",
          "Try again. If the service is yours, see what keeps it busy."},
    Entry{Code::NameTaken, 409, "Name taken", "Another tunnel has this name already.", "Choose another name."},
    Entry{Code::ProtocolError, 502, "Something went wrong", "The tunnel gave an answer that could not be understood.",
          "Try again. If it stays so, give the request id below to the tunnel's owner."},
    Entry{Code::Cancelled, 502, "Cancelled", "The request was cancelled before it was answered.", "Try again."},
    Entry{Code::InternalError, 502, "Something went wrong", "The tunnel could not get an answer to this request.",
          "Try again. If it stays so, give the request id below to the tunnel's owner."},
};

// What the code alone would tell wrongly.
constexpr Entry kLateRequest{Code::Timeout, 408, "The request took too long", "The request did not arrive in time.",
                             "Check your connection and try again."};
constexpr Entry kReconnecting{Code::ConnectionLost, 503, "Just a moment",
                              "The tunnel is changing its connection and takes no requests right now.",
                              "Try again in a few seconds."};

constexpr std::string_view kLandingTitle = "HTTP Tunnel";
constexpr std::string_view kLandingSentence = "This server gives services on other people's machines a public address.";
constexpr std::string_view kLandingAdvice = "To see one of them you need its own address; its owner has it.";
constexpr std::string_view kExposed = "X-Tunnel-Error, X-Request-Id, Retry-After";
constexpr std::string_view kContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; "
                                                    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const Entry &entryOf(Code code) noexcept
{
    const auto *found = std::ranges::find(kEntries, code, &Entry::code);
    return found == kEntries.end() ? kEntries.back() : *found;
}

void add(Page &page, std::string_view name, std::string_view value)
{
    page.head.headers.push_back({std::string(name), std::string(value)});
}

// An answer with credentials must name its origin; `*` would be refused by the browser (Fetch, "CORS check"). These
// pages hold nothing private. Preflights are not answered with consent: that is for the service to give, and an
// attacker who can make one request fail must not be able to give it in the service's name.
void addCors(Page &page, std::string_view origin)
{
    const bool named = !origin.empty() && wire::isFieldValue(origin);
    add(page, "Access-Control-Allow-Origin", named ? origin : "*");
    if (named) {
        add(page, "Access-Control-Allow-Credentials", "true");
        add(page, "Vary", "Origin");
    }
    add(page, "Access-Control-Expose-Headers", kExposed);
}

std::string_view contentType(PageFormat format) noexcept
{
    switch (format) {
    case PageFormat::Html: return "text/html; charset=utf-8";
    case PageFormat::Json: return "application/json";
    case PageFormat::Text: break;
    }
    return "text/plain; charset=utf-8";
}

std::string dump(const nlohmann::json &json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string errorBody(PageFormat format, const Entry &entry, std::string_view sentence, std::string_view requestId)
{
    if (format == PageFormat::Html)
        return renderHtml({std::to_string(entry.status), entry.title, sentence, entry.advice, requestId});
    if (format == PageFormat::Json) {
        return dump(
            {{"error", {{"code", wire::codeName(entry.code)}, {"message", sentence}, {"request_id", requestId}}}});
    }
    return fmt::format("{} {}: {}\n{}\nRequest {}\n", entry.status, entry.title, sentence, entry.advice, requestId);
}

std::string landingBody(PageFormat format)
{
    if (format == PageFormat::Html)
        return renderHtml({"", kLandingTitle, kLandingSentence, kLandingAdvice, ""});
    if (format == PageFormat::Json)
        return dump({{"name", kLandingTitle}, {"message", kLandingSentence}});
    return fmt::format("{}\n{}\n{}\n", kLandingTitle, kLandingSentence, kLandingAdvice);
}

Page startPage(unsigned status, const PageRequest &request)
{
    Page page;
    page.head.status = status;
    page.head.reason = reasonOf(status);
    if (!request.requestId.empty())
        add(page, "X-Request-Id", request.requestId);
    add(page, "Cache-Control", "no-store");
    return page;
}

void finishPage(Page &page, PageFormat format, std::string body, const PageRequest &request)
{
    add(page, "Content-Type", contentType(format));
    add(page, "X-Content-Type-Options", "nosniff");
    if (format == PageFormat::Html)
        add(page, "Content-Security-Policy", kContentSecurityPolicy);
    add(page, "Content-Length", std::to_string(body.size()));
    if (request.method == "HEAD")
        return;
    page.head.body = wire::BodyKind::Sized;
    page.body = std::move(body);
}

Page makePage(const Entry &entry, std::string_view sentence, const PageRequest &request,
              std::chrono::seconds retryAfter = wire::kRetryAfter)
{
    auto page = startPage(entry.status, request);
    add(page, "X-Tunnel-Error", wire::codeName(entry.code));
    if (entry.status == 429 || entry.status == 503)
        add(page, "Retry-After", std::to_string(retryAfter.count()));
    addCors(page, request.origin);
    const auto format = negotiateFormat(request.accept);
    finishPage(page, format, errorBody(format, entry, sentence.empty() ? entry.sentence : sentence, request.requestId),
               request);
    return page;
}

} // namespace

PageRequest pageRequestFor(const wire::RequestHead &head) noexcept
{
    return {head.method, wire::findHeader(head.headers, "Accept").value_or(""),
            wire::findHeader(head.headers, "Origin").value_or(""), head.requestId};
}

unsigned statusOf(Code code) noexcept
{
    return entryOf(code).status;
}

std::string_view reasonOf(unsigned status) noexcept
{
    switch (status) {
    case 200: return "OK";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "";
    }
}

std::string_view defaultSentence(Code code) noexcept
{
    return entryOf(code).sentence;
}

Page makeErrorPage(Code code, std::string_view sentence, const PageRequest &request)
{
    return makePage(entryOf(code), sentence, request);
}

Page makeLateRequestPage(const PageRequest &request)
{
    return makePage(kLateRequest, {}, request);
}

Page makeRateLimitedPage(std::string_view sentence, std::chrono::nanoseconds wait, const PageRequest &request)
{
    using std::chrono::seconds;
    const auto whole = std::max(std::chrono::ceil<seconds>(wait), seconds(1));
    return makePage(entryOf(Code::RateLimited), sentence, request, whole);
}

Page makeReconnectingPage(const PageRequest &request)
{
    return makePage(kReconnecting, {}, request);
}

Page makeLandingPage(const PageRequest &request)
{
    auto page = startPage(200, request);
    const auto format = negotiateFormat(request.accept);
    finishPage(page, format, landingBody(format), request);
    return page;
}

Page makeRedirect(std::string_view location, const PageRequest &request)
{
    auto page = startPage(308, request);
    add(page, "Location", location);
    finishPage(page, PageFormat::Text, fmt::format("See {}\n", location), request);
    return page;
}

} // namespace edge
