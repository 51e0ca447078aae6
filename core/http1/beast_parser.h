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

    wire::HeaderList trailers;

    // `code` is what a malformed message is called: a visitor's is an invalid request, the local service's our 502.
    wire::Result<std::size_t> putHead(std::string_view bytes, wire::Code code)
    {
        return put(bytes, code);
    }

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
        if (taken && Base::chunked() && !Base::is_done() && bytes.size() - *taken > wire::kMaxTrailerBytes)
            return wire::fail(code, "a chunk header or the trailers are too large");
        return taken;
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
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code &) override { m_inChunks = true; }
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
                return wire::fail(wire::Code::HeadersTooLarge, "the message head is too large");
            return wire::fail(code, "malformed HTTP message: " + error.message());
        }
        if (Base::is_done() && !trailers.empty()) {
            if (auto checked = wire::checkTrailers(trailers); !checked)
                return wire::fail(code, checked.error().message);
        }
        return taken;
    }

    std::string *m_body = nullptr;
    bool m_headDone = false;
    bool m_inChunks = false;
};

} // namespace http1
