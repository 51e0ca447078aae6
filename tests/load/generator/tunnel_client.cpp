#include "tunnel_client.h"

#include "wire/ids.h"

namespace load {

namespace {

namespace websocket = boost::beast::websocket;
using relay::error_code;
using relay::kAwaitTuple;
using relay::Task;
using Tcp = boost::asio::ip::tcp;

} // namespace

TunnelClient::TunnelClient(relay::Executor executor, FleetState &fleet, std::string name)
    : m_executor(executor), m_fleet(fleet), m_retry(executor)
{
    m_ready.name = std::move(name);
    m_ready.session = wire::drawSessionId();
    m_ready.clientVersion = "load";
    m_ready.clientOs = "linux";
}

Task<> TunnelClient::run(std::shared_ptr<TunnelClient> self, SteadyTime due)
{
    unsigned attempt = 0;
    while (!self->m_stopped) {
        auto failure = co_await self->establish();
        if (failure.empty()) {
            const auto now = std::chrono::steady_clock::now();
            self->m_fleet.establishment.record(now - due);
            self->m_fleet.lastEstablished = now;
            self->m_online = true;
            ++self->m_fleet.online;
            attempt = 0;
            error_code error;
            while (!error)
                error = co_await self->exchange();
            self->m_online = false;
            --self->m_fleet.online;
            ++self->m_fleet.lost;
        } else if (!self->m_stopped) {
            self->m_fleet.failures.count(failure);
        }
        if (self->m_stopped)
            break;
        self->m_retry.expires_after(self->m_fleet.retryDelay(++attempt));
        co_await self->m_retry.async_wait(kAwaitTuple);
        due = std::chrono::steady_clock::now();
    }
}

Task<std::string> TunnelClient::establish()
{
    m_socket.emplace(m_executor);
    m_answers.emplace(m_fleet.bodyBytes);
    m_input.clear();
    auto &tcp = m_socket->next_layer();
    const auto [error] = co_await tcp.async_connect(m_fleet.relay, kAwaitTuple);
    if (error)
        co_return "connect: " + error.message();
    error_code ignored;
    tcp.set_option(Tcp::no_delay(true), ignored);
    const auto refused = co_await handshake();
    if (refused)
        co_return "handshake: " + refused.message();
    m_answers->sayReady(m_ready);
    auto failure = co_await awaitAnswer();
    co_return failure;
}

Task<error_code> TunnelClient::handshake()
{
    using websocket::stream_base;
    m_socket->set_option(stream_base::timeout{wire::kHandshakeTimeout, stream_base::none(), false});
    m_socket->set_option(stream_base::decorator([](websocket::request_type &request) {
        request.set(boost::beast::http::field::sec_websocket_protocol, wire::kSubprotocolV2);
    }));
    m_socket->binary(true);
    m_socket->auto_fragment(false);
    m_socket->read_message_max(wire::kMaxMessageBytes);
    const auto prefix = m_fleet.byName ? m_ready.name + "." : std::string();
    const auto host = prefix + "localhost:" + std::to_string(m_fleet.relay.port());
    const std::string target(wire::kConnectPath);
    const auto [error] = co_await m_socket->async_handshake(host, target, kAwaitTuple);
    co_return error;
}

Task<std::string> TunnelClient::awaitAnswer()
{
    auto error = co_await flush();
    while (!error && !m_answers->established() && m_answers->refusal().empty())
        error = co_await exchange();
    if (!m_answers->refusal().empty())
        co_return "refused: " + m_answers->refusal();
    co_return error ? "ready: " + error.message() : std::string();
}

Task<error_code> TunnelClient::exchange()
{
    auto [error, count] = co_await m_socket->async_read(m_input, kAwaitTuple);
    if (error)
        co_return error;
    const auto bytes = m_input.cdata();
    const auto taken = m_answers->take({static_cast<const char *>(bytes.data()), bytes.size()});
    m_input.clear();
    if (!taken) {
        m_fleet.failures.count("protocol: " + taken.error().message);
        co_return boost::asio::error::invalid_argument;
    }
    auto written = co_await flush();
    co_return written;
}

Task<error_code> TunnelClient::flush()
{
    error_code failed;
    while (!failed && m_answers->hasMessage()) {
        const auto message = m_answers->takeMessage();
        const auto buffer = boost::asio::buffer(message);
        auto [error, count] = co_await m_socket->async_write(buffer, kAwaitTuple);
        failed = error;
    }
    co_return failed;
}

void TunnelClient::ping(const std::shared_ptr<TunnelClient> &self)
{
    if (!self->m_online || self->m_pinging)
        return;
    self->m_pinging = true;
    self->m_socket->async_ping({}, [self](const error_code &) { self->m_pinging = false; });
}

void TunnelClient::drop() noexcept
{
    error_code ignored;
    if (m_socket)
        m_socket->next_layer().close(ignored);
}

void TunnelClient::close() noexcept
{
    m_stopped = true;
    m_retry.cancel();
    drop();
}

} // namespace load
