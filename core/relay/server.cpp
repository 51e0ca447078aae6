#include "relay/server.h"

#include "relay/admin_session.h"
#include "relay/context.h"
#include "relay/tls_context.h"
#include "relay/visitor_session.h"

#include <boost/asio/ip/v6_only.hpp>

#include <optional>
#include <vector>

namespace relay {

namespace {

using wire::Code;
using Tcp = asio::ip::tcp;
using std::chrono::seconds;

constexpr std::string_view kVersion = TUNNEL_VERSION;
constexpr milliseconds kAcceptPause{100}; // when no descriptor is left, accepting again at once would spin
constexpr seconds kSweepInterval = wire::kAuthFilesCheck; // names whose grace is over, tokens that have ended

wire::Result<> openListener(Acceptor &acceptor, const std::string &address, std::uint16_t port)
{
    error_code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error)
        return wire::fail(Code::InvalidRequest, "\"" + address + "\" is not an IP address to listen on");
    const Tcp::endpoint endpoint(ip, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error && ip.is_v6())
        acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        acceptor.close();
        return wire::fail(Code::InternalError,
                          "cannot listen on " + address + " port " + std::to_string(port) + ": " + error.message());
    }
    return {};
}

} // namespace

class Server::Impl {
public:
    Impl(Config config, Log &log)
        : m_config(std::move(config)),
          m_log(log),
          m_acceptor(m_io.get_executor()),
          m_adminAcceptor(m_io.get_executor()),
          m_clock(m_io.get_executor()),
          m_drainTimer(m_io.get_executor())
    {
    }

    ~Impl()
    {
        if (m_context)
            m_context->jwks.reset(); // its timers go before the io_context
    }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    wire::Result<> listen();
    void run();
    void stop() noexcept;

    std::uint16_t port = 0;
    std::uint16_t adminPort = 0;

private:
    [[nodiscard]] Task<std::optional<Socket>> acceptOne(Acceptor &acceptor);
    [[nodiscard]] Task<> acceptVisitors();
    [[nodiscard]] Task<> acceptOperators();
    void serveVisitor(Socket socket);
    [[nodiscard]] Task<> tick();
    void checkGrants();
    void keepNames();
    void checkAudit();
    void startDrain();
    void closeAll();

    // Destroyed last to first: the io_context takes the sessions still suspended in it along, and those touch Context.
    Config m_config;
    Log &m_log;
    std::optional<asio::ssl::context> m_tls;
    std::optional<Context> m_context;
    asio::io_context m_io{1};
    Acceptor m_acceptor;
    Acceptor m_adminAcceptor;
    Timer m_clock;
    Timer m_drainTimer;
    TaskGroup m_operators{m_io, m_log}; // what ends with the server, not the other way round
};

wire::Result<> Server::Impl::listen()
{
    if (auto meant = checkAuth(m_config); !meant)
        return meant;
    if (auto meant = checkAdmin(m_config); !meant)
        return meant;
    auto access = ClientAccess::load(m_config.auth);
    if (!access)
        return std::unexpected(std::move(access.error()));
    auto names = NameReservations::load(m_config.auth.namesFile);
    if (!names)
        return std::unexpected(std::move(names.error()));
    auto audit = AuditLog::open(m_config.audit);
    if (!audit)
        return std::unexpected(std::move(audit.error()));
    auto tls = makeTlsContext(m_config.tls);
    if (!tls)
        return std::unexpected(std::move(tls.error()));
    m_tls = std::move(*tls);
    if (auto opened = openListener(m_acceptor, m_config.listen.address, m_config.listen.port); !opened)
        return opened;
    port = m_acceptor.local_endpoint().port();
    if (m_config.admin.port != 0) {
        if (auto opened = openListener(m_adminAcceptor, m_config.admin.address, m_config.admin.port); !opened)
            return opened;
        adminPort = m_adminAcceptor.local_endpoint().port();
    }
    for (const auto &warning : access->warnings())
        m_log.warn("jwks_key_skipped", {{"reason", warning}});
    m_context.emplace(m_io, m_config, std::move(*access), m_log, std::move(*names));
    m_context->port = port;
    m_context->audit = std::move(*audit);
    return {};
}

// Nothing when the listener was closed.
Task<std::optional<Socket>> Server::Impl::acceptOne(Acceptor &acceptor)
{
    Timer pause(m_io.get_executor());
    for (;;) {
        Socket socket(m_io.get_executor());
        const auto [error] = co_await acceptor.async_accept(socket, kAwaitTuple);
        if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor)
            co_return std::nullopt;
        if (!error) {
            error_code ignored;
            socket.set_option(Tcp::no_delay(true), ignored);
            co_return std::move(socket);
        }
        m_log.warn("accept_failed", {{"reason", error.message()}});
        pause.expires_after(kAcceptPause);
        co_await pause.async_wait(kAwaitTuple);
    }
}

Task<> Server::Impl::acceptVisitors()
{
    while (!m_context->draining) {
        auto socket = co_await acceptOne(m_acceptor);
        if (!socket)
            co_return;
        serveVisitor(std::move(*socket));
    }
}

Task<> Server::Impl::acceptOperators()
{
    for (;;) {
        auto socket = co_await acceptOne(m_adminAcceptor);
        if (!socket)
            co_return;
        m_operators.spawn("operator", serveAdmin(*m_context, makeConnection(std::move(*socket)), kVersion));
    }
}

void Server::Impl::serveVisitor(Socket socket)
{
    const auto now = m_context->deadlines.now();
    if (m_context->visitors.size() + m_context->waitingLinks >= m_config.limits.maxVisitorConnections)
        return m_context->refusals.connection("all", "", now);
    auto connection = m_tls ? makeConnection(std::move(socket), *m_tls) : makeConnection(std::move(socket));
    if (!VisitorSession::enter(*m_context, *connection))
        return m_context->refusals.connection("address", connection->peerAddress(), now);
    m_context->tasks.spawn("visitor", VisitorSession::run(*m_context, std::move(connection)));
}

Task<> Server::Impl::tick()
{
    auto nextSweep = std::chrono::steady_clock::now() + kSweepInterval;
    for (;;) {
        m_clock.expires_after(Deadlines::kTick);
        const auto [error] = co_await m_clock.async_wait(kAwaitTuple);
        if (error)
            co_return;
        const auto now = std::chrono::steady_clock::now();
        m_context->deadlines.advance(now);
        if (now >= nextSweep) {
            m_context->registry.sweep(now);
            m_context->quotas.sweep(now);
            m_context->refusals.sweep(now);
            checkGrants();
            keepNames();
            checkAudit();
            nextSweep = now + kSweepInterval;
        }
    }
}

// A token that has expired, was revoked or taken off the list ends the links that were opened with it.
void Server::Impl::checkGrants()
{
    m_context->access.reload(m_log, m_context->audit);
    if (m_config.auth.grace)
        return;
    const auto now = Context::wallClock();
    for (auto *client : m_context->clients) {
        if (auto holds = m_context->access.check(client->grant(), now); !holds)
            client->evict(std::move(holds.error()));
    }
}

void Server::Impl::keepNames()
{
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto kept = m_context->names.update(today);
    if (!kept)
        m_log.error("names_not_kept", {{"reason", kept.error().message}});
}

void Server::Impl::checkAudit()
{
    const auto written = m_context->audit.check();
    if (!written)
        m_log.error("audit_not_written", {{"reason", written.error().message}});
}

void Server::Impl::run()
{
    m_context->deadlines.advance(std::chrono::steady_clock::now()); // listen() may have been long ago
    auto &tasks = m_context->tasks;
    // The operator's listener and the clock go on until the last task has ended, and with it the server.
    tasks.onEmpty = [this] { m_io.stop(); };
    tasks.spawn("accept", acceptVisitors());
    if (adminPort != 0)
        m_operators.spawn("accept admin", acceptOperators());
    m_operators.spawn("clock", tick());
    if (m_context->jwks)
        m_operators.spawn("keys", m_context->jwks->run());
    keepNames();
    m_log.info("listening", {{"address", m_config.listen.address}, {"port", port}, {"tls", m_tls.has_value()}});
    m_context->audit.record({.event = AuditEvent::Started});
    m_io.run();
    m_context->audit.record({.event = AuditEvent::Stopped});
    if (const auto kept = m_context->names.finish(); !kept)
        m_log.error("names_not_kept", {{"reason", kept.error().message}});
    m_log.info("stopped");
}

void Server::Impl::startDrain()
{
    if (m_context->draining)
        return closeAll();
    m_context->draining = true;
    m_log.info("draining", {{"visitors", m_context->visitors.size()}, {"links", m_context->clients.size()}});
    error_code ignored;
    m_acceptor.close(ignored);
    for (auto *visitor : m_context->visitors)
        visitor->drain();
    for (auto *client : m_context->clients)
        client->drain("the relay is shutting down");
    m_drainTimer.expires_after(m_config.timeouts.drain);
    m_drainTimer.async_wait([this](const error_code &error) {
        if (!error)
            closeAll();
    });
}

void Server::Impl::closeAll()
{
    for (auto *visitor : m_context->visitors)
        visitor->close();
    for (auto *client : m_context->clients)
        client->close();
}

void Server::Impl::stop() noexcept
{
    asio::post(m_io, [this] { startDrain(); });
}

Server::Server(Config config, Log &log) : m_impl(std::make_unique<Impl>(std::move(config), log))
{
}
Server::~Server() = default;

wire::Result<> Server::listen()
{
    return m_impl->listen();
}

std::uint16_t Server::port() const noexcept
{
    return m_impl->port;
}

std::uint16_t Server::adminPort() const noexcept
{
    return m_impl->adminPort;
}

void Server::run()
{
    m_impl->run();
}

void Server::stop() noexcept
{
    m_impl->stop();
}

} // namespace relay
