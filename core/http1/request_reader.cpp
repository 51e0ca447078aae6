#include "http1/request_reader.h"

#include "http1/beast_parser.h"
#include "http1/head_scan.h"

#include <algorithm>
#include <charconv>

namespace http1 {

namespace {

using wire::Code;
using wire::fail;

wire::Result<std::uint64_t> parseLength(std::string_view text)
{
    std::uint64_t value = 0;
    const auto *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || text.empty())
        return fail(Code::InvalidRequest, "Content-Length is not a number");
    return value;
}

// "http://host/path" (RFC 9112 3.2.2): a proxy-style target; its authority replaces Host.
wire::Result<> takeAbsoluteForm(wire::RequestHead &head)
{
    const std::string_view uri = head.uri;
    const auto scheme = uri.find("://");
    if (scheme == std::string_view::npos ||
        !(wire::sameFieldName(uri.substr(0, scheme), "http") || wire::sameFieldName(uri.substr(0, scheme), "https")))
        return fail(Code::InvalidRequest, "the request target is neither a path nor an http URL");
    const auto authority = uri.substr(scheme + 3);
    const auto path = std::min(authority.find_first_of("/?"), authority.size());
    if (path == 0 || authority.substr(0, path).find('@') != std::string_view::npos)
        return fail(Code::InvalidRequest, "the request target has no plain host");
    wire::setHeader(head.headers, "Host", std::string(authority.substr(0, path)));
    std::string target(authority.substr(path));
    if (!target.starts_with('/'))
        target.insert(0, "/");
    head.uri = std::move(target);
    return {};
}

wire::Result<> checkTarget(wire::RequestHead &head)
{
    if (head.uri.starts_with('/'))
        return {};
    if (head.uri == "*" && head.method == "OPTIONS")
        return {};
    if (head.method == "CONNECT")
        return fail(Code::InvalidRequest, "CONNECT is for forward proxies");
    return takeAbsoluteForm(head);
}

} // namespace

class RequestReader::Parser final : public BeastParser<true> {
public:
    wire::Result<std::size_t> feedHead(std::string_view bytes);

    HeadScan scan;
    wire::RequestHead head;
    std::optional<std::uint64_t> length;
    bool accepted = false; // the head is complete and passed every check

protected:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         beast::error_code &) override
    {
        head.method.assign(method.data(), method.size());
        head.uri.assign(target.data(), target.size());
        head.version = static_cast<unsigned>(version);
    }
    void on_response_impl(int, beast::string_view, int, beast::error_code &) override {}

private:
    wire::HeaderList &headFields() override { return head.headers; }
    wire::Result<> checkFraming();
};

wire::Result<> RequestReader::Parser::checkFraming()
{
    unsigned hosts = 0;
    unsigned lengths = 0;
    unsigned codings = 0;
    for (const auto &[name, value] : head.headers) {
        if (wire::sameFieldName(name, "host")) {
            ++hosts;
        } else if (wire::sameFieldName(name, "content-length")) {
            ++lengths;
            auto parsed = parseLength(value);
            if (!parsed)
                return std::unexpected(std::move(parsed.error()));
            length = *parsed;
        } else if (wire::sameFieldName(name, "transfer-encoding")) {
            ++codings;
            if (!wire::sameFieldName(value, "chunked"))
                return fail(Code::InvalidRequest, "only the chunked transfer coding is known here");
        } else if (wire::sameFieldName(name, "upgrade") && head.upgrade.empty()) {
            head.upgrade = value;
        }
    }
    if (hosts > 1 || (hosts == 0 && head.version == 11))
        return fail(Code::InvalidRequest, "a request names exactly one Host");
    if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0))
        return fail(Code::InvalidRequest, "the length of the body is ambiguous");
    if (codings > 0 && head.version == 10)
        return fail(Code::InvalidRequest, "HTTP/1.0 has no transfer codings");
    const bool asked = head.version != 10 && wire::headerHasToken(head.headers, "connection", "upgrade");
    // A server may always ignore it (RFC 9110 7.8); we do where the body's end could be told only after the answer.
    if (!asked || codings > 0 || wire::upgradesToHttp(head.upgrade))
        head.upgrade.clear();
    head.body = codings > 0              ? wire::BodyKind::Unknown
                : length.value_or(0) > 0 ? wire::BodyKind::Sized
                                         : wire::BodyKind::None;
    return {};
}

wire::Result<std::size_t> RequestReader::Parser::feedHead(std::string_view bytes)
{
    auto found = scan.scan(bytes);
    if (!found)
        return std::unexpected(std::move(found.error()));
    if (!*found)
        return std::size_t{0};
    const auto [begin, end] = **found;
    auto taken = putHead(bytes.substr(begin, end - begin), Code::InvalidRequest);
    if (!taken)
        return taken;
    if (!headDone() || *taken != end - begin)
        return fail(Code::InvalidRequest, "malformed request head");
    for (auto &&checked : {checkFraming(), checkTarget(head), wire::checkHead(head)}) {
        if (!checked)
            return std::unexpected(checked.error());
    }
    accepted = true;
    return end;
}

RequestReader::RequestReader() : m_parser(std::make_unique<Parser>())
{
}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader &&) noexcept = default;
RequestReader &RequestReader::operator=(RequestReader &&) noexcept = default;

wire::Result<std::size_t> RequestReader::feed(std::string_view bytes, std::string &body)
{
    if (!m_parser->accepted)
        return m_parser->feedHead(bytes);
    return m_parser->putBody(bytes, body, Code::InvalidRequest);
}

bool RequestReader::headComplete() const noexcept
{
    return m_parser->accepted;
}

bool RequestReader::complete() const noexcept
{
    return m_parser->accepted && m_parser->finished();
}

wire::RequestHead &RequestReader::head() noexcept
{
    return m_parser->head;
}

std::optional<std::uint64_t> RequestReader::contentLength() const noexcept
{
    return m_parser->length;
}

bool RequestReader::keepAlive() const noexcept
{
    return m_parser->keep_alive();
}

wire::HeaderList &RequestReader::trailers() noexcept
{
    return m_parser->trailers;
}

} // namespace http1
