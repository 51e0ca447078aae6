// LinkSocket over any transport. Private to this folder: connection.cpp instantiates it twice.
#pragma once

#include "relay/link_socket.h"
#include "wire/limits.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <charconv>
#include <memory>
#include <string>

namespace relay {

namespace beast = boost::beast;

template <class Transport>
class BasicLinkSocket final : public LinkSocket {
public:
    explicit BasicLinkSocket(Transport transport) : m_stream(std::move(transport)) {}

    Task<error_code> accept(const wire::RequestHead &request, std::string_view subprotocol,
                            std::chrono::milliseconds idle) override
    {
        beast::http::request<beast::http::empty_body> upgrade(beast::http::verb::get, request.uri, request.version);
        for (const auto &[name, value] : request.headers)
            upgrade.insert(name, value);
        configure(subprotocol, idle);
        auto [error] = co_await m_stream.async_accept(upgrade, kAwaitTuple);
        co_return error;
    }

    Task<error_code> read(beast::flat_buffer &into) override
    {
        auto [error, count] = co_await m_stream.async_read(into, stoppable(m_stops->read));
        if (!error && !m_stream.got_binary())
            error = beast::websocket::error::bad_opcode;
        co_return error;
    }

    Task<error_code> write(std::string_view message) override
    {
        auto [error, count] = co_await m_stream.async_write(asio::buffer(message), kAwaitTuple);
        co_return error;
    }

    Task<error_code> ping() override
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        const auto text = std::to_string(now);
        auto [error] = co_await m_stream.async_ping(beast::websocket::ping_data(text), kAwaitTuple);
        co_return error;
    }

    Task<> finish(std::uint16_t code, std::string_view reason) override
    {
        beast::websocket::close_reason why(code);
        why.reason.assign(reason.data(), std::min(reason.size(), why.reason.max_size()));
        co_await m_stream.async_close(why, stoppable(m_stops->finish));
    }

    void close() noexcept override
    {
        error_code ignored;
        beast::get_lowest_layer(m_stream).close(ignored);
        stopSoon(&Stops::read);
        stopSoon(&Stops::finish);
    }

private:
    // A read that fails (a frame against the rules) and a close frame on its way wait for each other in Beast 1.81, with
    // nothing left to do on the socket: closing that ends neither.
    struct Stops {
        asio::cancellation_signal read;
        asio::cancellation_signal finish;
    };
    static auto stoppable(asio::cancellation_signal &stop)
    {
        return asio::bind_cancellation_slot(stop.slot(), kAwaitTuple);
    }
    // In a turn of its own: what waits goes on inside emit(), and may be the last to need this socket.
    void stopSoon(asio::cancellation_signal Stops::*stop)
    {
        asio::post(m_stream.get_executor(), [weak = std::weak_ptr(m_stops), stop] {
            if (const auto stops = weak.lock()) // and m_stream with them, which they point into
                (stops.get()->*stop).emit(asio::cancellation_type::terminal);
        });
    }

    void configure(std::string_view subprotocol, std::chrono::milliseconds idle)
    {
        using beast::websocket::stream_base;
        m_stream.set_option(stream_base::timeout{wire::kHandshakeTimeout, idle, true});
        m_stream.set_option(stream_base::decorator([protocol = std::string(subprotocol)](auto &response) {
            response.set(beast::http::field::server, "tunnel-relay");
            if (!protocol.empty())
                response.set(beast::http::field::sec_websocket_protocol, protocol);
        }));
        m_stream.read_message_max(wire::kMaxMessageBytes);
        m_stream.auto_fragment(false);
        m_stream.binary(true);
        m_stream.control_callback([this](beast::websocket::frame_type kind, beast::string_view payload) {
            if (kind == beast::websocket::frame_type::pong)
                takePong({payload.data(), payload.size()});
        });
    }

    void takePong(std::string_view payload) noexcept
    {
        std::chrono::steady_clock::rep sent = 0;
        const auto end = payload.data() + payload.size();
        if (std::from_chars(payload.data(), end, sent).ptr != end || payload.empty())
            return;
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        const auto took = now - std::chrono::steady_clock::duration(sent);
        if (took.count() > 0 && took < wire::kPingInterval)
            m_roundTrip = took;
    }

    static constexpr bool kDeflate = false; // QWebSocket does not speak it, and its state is most of an idle link
    beast::websocket::stream<Transport, kDeflate> m_stream;
    std::shared_ptr<Stops> m_stops = std::make_shared<Stops>();
};

} // namespace relay
