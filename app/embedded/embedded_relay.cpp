#include "embedded/embedded_relay.h"

#include "wire/ids.h"

#include <QHostAddress>
#include <QTemporaryFile>

#include <chrono>

namespace embedded {

using wire::Code;
using wire::fail;
using wire::Result;

namespace {

constexpr std::chrono::seconds kDrain{1}; // the tunnels of this process are gone by then

relay::Config makeConfig(quint16 port, bool verbose)
{
    relay::Config config;
    config.listen.port = port;
    config.timeouts.drain = kDrain;
    config.limits.maxConnectionsPerAddress = config.limits.maxVisitorConnections; // they all come from this machine
    config.log.level = verbose ? relay::LogLevel::Debug : relay::LogLevel::Error;
    return config;
}

} // namespace

EmbeddedRelay::EmbeddedRelay(relay::Config config, client::Token token)
    : m_token(std::move(token)), m_log(config.log), m_server(std::move(config), m_log)
{
}

Result<std::unique_ptr<EmbeddedRelay>> EmbeddedRelay::start(quint16 port, bool verbose)
{
    const client::Token token(QByteArray::fromStdString(wire::drawSessionId()));
    QTemporaryFile file; // 0600; the relay reads it in listen() only
    if (!file.open() || file.write(token.reveal()) != token.reveal().size() || !file.flush())
        return fail(Code::InternalError, "cannot write a temporary file: " + file.errorString().toStdString());
    relay::Config config = makeConfig(port, verbose);
    config.auth.tokenFile = file.fileName().toStdString();
    config.auth.reload = false; // the file goes with this function; what comes in its place is not ours
    std::unique_ptr<EmbeddedRelay> relay(new EmbeddedRelay(std::move(config), token));
    if (auto listening = relay->m_server.listen(); !listening)
        return std::unexpected(std::move(listening).error());
    relay->m_thread = std::thread([server = &relay->m_server] { server->run(); });
    return relay;
}

EmbeddedRelay::~EmbeddedRelay()
{
    if (!m_thread.joinable())
        return; // it never listened
    m_server.stop();
    m_thread.join();
}

QUrl EmbeddedRelay::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QHostAddress(QHostAddress::LocalHost).toString());
    url.setPort(port());
    return url;
}

} // namespace embedded
