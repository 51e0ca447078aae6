// Boost.Beast's sans-I/O parser with our own containers: fields go into a list in the order received (Beast's own
// container groups equal names), body bytes straight into the caller's buffer. Private to this folder.
#pragma once

#include "wire/http_head.h"
#include "wire/limits.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <string>
#include <string_view>

namespace http1 {

namespace beast = boost::beast;

template <bool isRequest>
class BeastParser : public beast::http::basic_parser<isRequest> {
    using Base = beast::http::basic_parser<isRequest>;

public:
    BeastParser()
    {
        Base::header_limit(static_cast<std::uint32_t>(wire::kMaxHeadBytes));
        Base::body_limit(boost::none);
    }

    [[nodiscard]] bool headDone() const noexcept { return m_headDone; }
    [[nodiscard]] bool finished() const noexcept { return m_headDone && !m_failed && Base::is_done(); }

    wire::HeaderList trailers;

    // `code` is what a malformed message is called: a visitor's is an invalid request, the local service's our 502.
    wire::Result<std::size_t> putHead(std::string_view bytes, wire::Code code) { return put(bytes, code); }

    wire::Result<std::size_t> putBody(std::string_view bytes, std::string &body, wire::Code code)
    {
        // Beast asserts that a last chunk comes with at least five bytes; fewer cannot complete anything before the
        // first chunk either.
        if (Base::is_done() || bytes.empty() || (Base::chunked() && !m_inChunks && bytes.size() < kShortestLastChunk))
            return std::size_t{0};
        m_body = &body;
        Base::eager(true);
        auto taken = put(bytes, code);
        m_body = nullptr;
        if (!taken || !Base::chunked())
            return taken;
        const char *end = bytes.data() + *taken;
        const auto lines = Base::is_done() ? std::string_view(m_trailerSection, end) : bytes.substr(*taken);
        return checkFramingLines(lines, *taken, code);
    }

protected:
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code &error) override
    {
        auto &fields = m_headDone ? trailers : headFields();
        if (fields.size() >= wire::kMaxHeaderCount) {
            error = beast::http::error::header_limit;
            return;
        }
        fields.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
    }
    void on_header_impl(beast::error_code &) override { m_headDone = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, beast::error_code &) override {}
    std::size_t on_body_impl(beast::string_view bytes, beast::error_code &) override
    {
        m_body->append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t size, beast::string_view extension, beast::error_code &error) override
    {
        if (!wire::isFieldValue({extension.data(), extension.size()})) { // Beast takes all of it within quotes
            error = beast::http::error::bad_chunk_extension;
            return;
        }
        m_inChunks = true;
        if (size == 0)
            m_trailerSection = extension.data() + extension.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, beast::error_code &) override
    {
        m_body->append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_finish_impl(beast::error_code &) override {}

private:
    static constexpr std::size_t kShortestLastChunk = 5; // "0\r\n\r\n"

    virtual wire::HeaderList &headFields() = 0;

    wire::Result<std::size_t> put(std::string_view bytes, wire::Code code)
    {
        beast::error_code error;
        const auto taken = Base::put({bytes.data(), bytes.size()}, error);
        if (error && error != beast::http::error::need_more) {
            if (error == beast::http::error::header_limit && !m_headDone)
                return refuse(wire::Code::HeadersTooLarge, "the message head is too large");
            return refuse(code, "malformed HTTP message: " + error.message());
        }
        if (Base::is_done() && !trailers.empty()) {
            if (auto checked = wire::checkTrailers(trailers); !checked)
                return refuse(code, checked.error().message);
        }
        return taken;
    }

    // Chunk headers and trailers, whole or as far as they have come: lines as strict as those of a request head.
    wire::Result<std::size_t> checkFramingLines(std::string_view lines, std::size_t taken, wire::Code code)
    {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const char before = i > 0 ? lines[i - 1] : '\0';
            const bool bareCr = before == '\r' && lines[i] != '\n';
            const bool bareLf = before != '\r' && lines[i] == '\n';
            const bool folded = before == '\n' && (lines[i] == ' ' || lines[i] == '\t');
            if (bareCr || bareLf || folded || lines[i] == '\0')
                return refuse(code, "a bare CR, a bare LF, a NUL or a folded line between chunks or in the trailers");
        }
        if (!Base::is_done() && lines.size() > wire::kMaxTrailerBytes)
            return refuse(code, "a chunk header or the trailers are too large");
        return taken;
    }

    wire::Result<std::size_t> refuse(wire::Code code, std::string message)
    {
        m_failed = true;
        return wire::fail(code, std::move(message));
    }

    std::string *m_body = nullptr;
    const char *m_trailerSection = nullptr; // into the bytes being put
    bool m_headDone = false;
    bool m_inChunks = false;
    bool m_failed = false;
};

} // namespace http1
