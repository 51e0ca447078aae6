#include "http1/response_reader.h"

#include "http1/beast_parser.h"

namespace http1 {

namespace {

constexpr unsigned kSwitchingProtocols = 101;
constexpr std::size_t kBareStatusLine = std::string_view("HTTP/1.1 200").size();

// "HTTP/1.1 200" and the end of the line: many servers leave out the space that belongs before an empty reason phrase
// (RFC 9112 4), and our parser insists on it.
bool lacksReasonSpace(std::string_view bytes) noexcept
{
    return bytes.size() > kBareStatusLine && bytes.starts_with("HTTP/1.") && bytes[8] == ' ' &&
           bytes[kBareStatusLine] == '\r';
}

} // namespace

class ResponseReader::Parser final : public BeastParser<false> {
public:
    explicit Parser(bool answersHead) { skip(answersHead); }

    wire::Result<std::size_t> takeHead(std::string_view bytes);
    wire::Result<> checkHead();

    wire::ResponseHead head;

protected:
    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, beast::error_code &) override
    {
    }
    void on_response_impl(int status, beast::string_view reason, int, beast::error_code &) override
    {
        head.status = static_cast<unsigned>(status);
        head.reason.assign(reason.data(), reason.size());
    }

private:
    wire::HeaderList &headFields() override { return head.headers; }
};

// What is put in is counted off again: the status line is taken whole or not at all.
wire::Result<std::size_t> ResponseReader::Parser::takeHead(std::string_view bytes)
{
    if (!lacksReasonSpace(bytes))
        return putHead(bytes, wire::Code::InternalError);
    std::string mended(bytes);
    mended.insert(kBareStatusLine, 1, ' ');
    auto taken = putHead(mended, wire::Code::InternalError);
    if (taken && *taken > 0)
        --*taken;
    return taken;
}

wire::Result<> ResponseReader::Parser::checkHead()
{
    for (const auto &[name, value] : head.headers) {
        if (wire::sameFieldName(name, "transfer-encoding") && !wire::sameFieldName(value, "chunked"))
            return wire::fail(wire::Code::InternalError,
                              "the local service uses a transfer coding other than chunked: " + value);
        if (head.status == kSwitchingProtocols && head.upgrade.empty() && wire::sameFieldName(name, "upgrade"))
            head.upgrade = value;
    }
    head.body = is_done()                    ? wire::BodyKind::None
                : content_length_remaining() ? wire::BodyKind::Sized
                                             : wire::BodyKind::Unknown;
    auto checked = wire::checkHead(head);
    if (checked)
        checked = wire::checkContentLength(head.headers);
    if (!checked)
        return wire::fail(wire::Code::InternalError,
                          "malformed response from the local service: " + checked.error().message);
    return {};
}

ResponseReader::ResponseReader(bool answersHead) : m_parser(std::make_unique<Parser>(answersHead))
{
}
ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader &&) noexcept = default;
ResponseReader &ResponseReader::operator=(ResponseReader &&) noexcept = default;

wire::Result<std::size_t> ResponseReader::feed(std::string_view bytes, std::string &body)
{
    if (m_parser->headDone())
        return m_parser->putBody(bytes, body, wire::Code::InternalError);
    if (bytes.empty())
        return std::size_t{0};
    auto taken = m_parser->takeHead(bytes);
    if (taken && m_parser->headDone()) {
        if (auto checked = m_parser->checkHead(); !checked)
            return std::unexpected(std::move(checked.error()));
    }
    return taken;
}

wire::Result<> ResponseReader::finish()
{
    if (complete())
        return {};
    beast::error_code error = beast::http::error::partial_message;
    if (m_parser->headDone())
        m_parser->put_eof(error);
    if (error)
        return wire::fail(wire::Code::InternalError, "the local service closed the connection in the middle of a "
                                                     "response");
    return {};
}

bool ResponseReader::started() const noexcept
{
    return m_parser->got_some();
}

bool ResponseReader::headComplete() const noexcept
{
    return m_parser->headDone();
}

bool ResponseReader::complete() const noexcept
{
    return m_parser->finished();
}

wire::ResponseHead &ResponseReader::head() noexcept
{
    return m_parser->head;
}

bool ResponseReader::keepAlive() const noexcept
{
    return m_parser->keep_alive();
}

wire::HeaderList &ResponseReader::trailers() noexcept
{
    return m_parser->trailers;
}

} // namespace http1
